import base64
import json
from io import BytesIO

import pytest

from mingdai.audit.captures.har import read_har
from mingdai.errors import Invalid


def har(*entries):
    return BytesIO(json.dumps({"log": {"version": "1.2", "entries": entries}}).encode())


def entry(post=None, **more):
    request = {"method": "POST", "url": "https://t.test/?a=1", "headers": [], **more}
    if post is not None:
        request["postData"] = post
    return {"startedDateTime": "2023-11-14T22:13:20.000Z", "request": request, "response": {}}


def test_an_entry_is_a_request_with_its_index_as_id():
    first, second = read_har(har(entry({"text": "x"}), entry({"text": "y"})))

    assert (first.request_id, second.request_id) == ("0", "1")
    assert (first.ts, first.body) == (1.7e9, b"x")


@pytest.mark.parametrize(
    ("post", "body"),
    [
        ({"text": "王"}, "王".encode()),
        ({"text": base64.b64encode(b"\x00\xff").decode(), "encoding": "base64"}, b"\x00\xff"),
        ({"text": "\x1f\x8b\x08\x00"}, b"\x1f\x8b\x08\x00"),
        ({"params": [{"name": "a", "value": "1"}, {"name": "b", "value": "2"}]}, b"a=1&b=2"),
        (None, b""),
    ],
)
def test_a_body_is_read_as_it_was_sent(post, body):
    assert next(read_har(har(entry(post)))).body == body


def test_cookies_and_sent_frames_are_read():
    row = entry(cookies=[{"name": "c", "value": "1"}])
    row["_webSocketMessages"] = [
        {"type": "send", "opcode": 1, "data": "hello", "time": 1_700_000_001},
        {"type": "receive", "opcode": 1, "data": "no"},
        {"type": "send", "opcode": 2, "data": base64.b64encode(b"\x01").decode()},
    ]

    request, first, second = read_har(har(row))

    assert ("Cookie", "c=1") in request.headers
    assert (first.kind, first.body, first.ts) == ("ws_frame", b"hello", 1_700_000_001.0)
    assert second.body == b"\x01"


def test_a_har_cut_short_is_refused():
    whole = har(entry(), entry()).getvalue()

    with pytest.raises(Invalid, match=r"capture\.har"):
        list(read_har(BytesIO(whole[:-40])))
