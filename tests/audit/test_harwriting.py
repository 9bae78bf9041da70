import json

from mingdai.audit.captures.reading import read_capture
from mingdai.audit.harwriting import har_of, jsonl_lines
from tests.audit.visit_of import exchange, visit

BODY = "姓名=王小明".encode("gbk")
SENT = exchange(1, 2.0, "http://b.test/?a=1#f", method="POST", body=BODY)
SOCKET = exchange(2, 3.0, "ws://b.test/s", resource="websocket")
FRAME = exchange(3, 4.0, "ws://b.test/s", resource="websocket", kind="ws_frame", body=b"\x01hi")
HELD = exchange(4, 5.0, "http://c.test/", sent=False)


def test_the_har_reads_back_with_bodies_and_frames_byte_for_byte(tmp_path):
    path = tmp_path / "capture.har"
    path.write_text(json.dumps(har_of(visit(SENT, SOCKET, FRAME, HELD)), indent=1))

    rows = list(read_capture(path))

    assert [(row.kind, row.body) for row in rows] == [
        ("http", BODY),
        ("http", b""),
        ("ws_frame", b"\x01hi"),
    ]
    assert rows[0].url == "http://b.test/?a=1"


def test_the_lines_hold_what_left_under_the_visits_own_ids(tmp_path):
    path = tmp_path / "capture.jsonl"
    path.write_text("\n".join(jsonl_lines((SENT, FRAME, HELD))))

    assert [(row.request_id, row.body) for row in read_capture(path)] == [
        ("r1", BODY),
        ("r3", b"\x01hi"),
    ]
