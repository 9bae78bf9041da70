import base64
import json
from io import BytesIO

import pytest

from mingdai.audit.captures.jsonl import read_jsonl
from mingdai.errors import Invalid


def test_a_line_is_a_request():
    row = {
        "request_id": 7,
        "ts": 1_700_000_000_000,
        "method": "POST",
        "url": "wss://t.test/s",
        "headers": [["A", "b"]],
        "body_b64": base64.b64encode(b"\x00x").decode(),
        "kind": "ws_frame",
    }

    (request,) = read_jsonl(BytesIO(json.dumps(row).encode() + b"\n\n"))

    assert (request.request_id, request.ts, request.kind) == ("7", 1.7e9, "ws_frame")
    assert (request.headers, request.body) == ((("A", "b"),), b"\x00x")


def test_a_body_may_lack_its_padding():
    (request,) = read_jsonl([b'{"url": "https://t.test/", "body_b64": "YQ"}'])

    assert request.body == b"a"


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"body_b64": 7}'])
def test_a_broken_line_is_refused_by_its_number(line):
    with pytest.raises(Invalid, match="line 2"):
        list(read_jsonl(BytesIO(b'{"url": "https://t.test/"}\n' + line + b"\n")))
