from io import BytesIO

import pytest

from mingdai.audit.captures.mitm import read_flows
from mingdai.errors import Invalid


def dump(value):
    """A tnetstring, as mitmproxy writes it."""
    if isinstance(value, bool):
        raw, kind = (b"true" if value else b"false"), b"!"
    elif isinstance(value, bytes):
        raw, kind = value, b","
    elif isinstance(value, str):
        raw, kind = value.encode(), b";"
    elif isinstance(value, int):
        raw, kind = str(value).encode(), b"#"
    elif isinstance(value, float):
        raw, kind = repr(value).encode(), b"^"
    elif value is None:
        raw, kind = b"", b"~"
    elif isinstance(value, dict):
        raw, kind = b"".join(dump(k) + dump(v) for k, v in value.items()), b"}"
    else:
        raw, kind = b"".join(map(dump, value)), b"]"
    return b"%d:%s%s" % (len(raw), raw, kind)


FLOW = {
    "id": "f1",
    "type": "http",
    "request": {
        "method": b"POST",
        "scheme": b"https",
        "host": "10.0.0.1",
        "port": 443,
        "authority": b"",
        "path": b"/p?q=1",
        "headers": [[b"Host", b"t.test"], [b"X-A", b"v"]],
        "content": b"\x00body",
        "timestamp_start": 1.7e9,
    },
    "websocket": {"messages": [[1, True, b"out", 1.7e9, False], [1, False, b"in", 1.7e9, False]]},
}


def test_a_flow_is_a_request_and_the_frames_its_client_sent():
    request, frame = read_flows(BytesIO(dump(FLOW)))

    assert (request.request_id, request.url) == ("f1", "https://t.test/p?q=1")
    assert (request.body, request.ts) == (b"\x00body", 1.7e9)
    assert (frame.kind, frame.body) == ("ws_frame", b"out")


def test_flows_follow_each_other_and_others_are_passed_over():
    rows = dump(FLOW) + dump({"type": "tcp", "id": "x"}) + dump(FLOW)

    assert len(list(read_flows(BytesIO(rows)))) == 4


@pytest.mark.parametrize("data", [b"12:abc", b"x:1,", dump(FLOW)[:-9], b"5", b"3:abc?"])
def test_a_broken_file_is_refused(data):
    with pytest.raises(Invalid, match=r"capture\.flow"):
        list(read_flows(BytesIO(data)))
