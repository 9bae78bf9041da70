import gzip
import json
import tracemalloc

import pytest

from mingdai.audit.captures.reading import read_capture
from mingdai.errors import Invalid
from tests.audit.captures.test_mitm import FLOW, dump

LINE = (
    json.dumps({"request_id": "a", "url": "https://t.test/log", "note": '"log"'}).encode() + b"\n"
)
ENTRY = {"request": {"url": "https://t.test/", "method": "GET"}}
HAR = json.dumps({"log": {"version": "1.2", "entries": [ENTRY]}}).encode()


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (LINE * 3, 3),
        (HAR, 1),
        (b"\xef\xbb\xbf" + HAR, 1),
        (json.dumps({"log": {"entries": [ENTRY]}}, indent=2).encode(), 1),
        (dump(FLOW), 2),
        (gzip.compress(LINE, mtime=0), 1),
        (b"", 0),
    ],
)
def test_the_format_is_told_by_the_first_bytes(tmp_path, data, count):
    path = tmp_path / "capture"
    path.write_bytes(data)

    assert len(list(read_capture(path))) == count


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "capture"
    path.write_bytes(b"%PDF-1.7")

    with pytest.raises(Invalid, match=r"capture\.format"):
        list(read_capture(path))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Invalid, match=r"capture\.missing"):
        list(read_capture(tmp_path / "none"))


def test_a_large_har_is_streamed(tmp_path):
    path = tmp_path / "large.har"
    entry = json.dumps({**ENTRY, "response": {"content": {"text": "x" * 50_000}}})
    path.write_text('{"log":{"entries":[' + ",".join([entry] * 400) + "]}}")

    tracemalloc.start()
    count = sum(1 for _ in read_capture(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 400
    assert peak < 5_000_000
