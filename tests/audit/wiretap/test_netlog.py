import base64
import json

from mingdai.audit.wiretap.netlog import read_netlog

CONSTANTS = {
    "logEventTypes": {
        "SOCKET_BYTES_SENT": 1,
        "SSL_SOCKET_BYTES_SENT": 2,
        "URL_REQUEST_START_JOB": 3,
        "UDP_BYTES_SENT": 4,
    },
    "timeTickOffset": 1_000_000,
}


def _write(tmp_path, *events, end="]}"):
    lines = [json.dumps({"constants": CONSTANTS})[:-1] + ",", '"events": [']
    lines += [json.dumps(each) + "," for each in events]
    path = tmp_path / "netlog.json"
    path.write_text("\n".join([*lines, end]), encoding="utf-8")
    return path


def _bytes(kind, at, socket, data):
    params = {"bytes": base64.b64encode(data).decode(), "byte_count": len(data)}
    return {"type": kind, "time": str(at), "source": {"id": socket}, "params": params}


GET = b"GET /x?a=1 HTTP/1.1\r\nHost: a.test:81\r\n\r\n"


def test_a_request_is_read_from_the_bytes_of_its_socket(tmp_path):
    (wire,) = read_netlog(_write(tmp_path, _bytes(1, 500, 7, GET))).wires

    assert (wire.at, wire.method, wire.url) == (1000.5, "GET", "http://a.test:81/x?a=1")


def test_inside_tls_only_what_was_encrypted_counts(tmp_path):
    events = (_bytes(1, 1, 7, b"\x16\x03hello"), _bytes(2, 2, 7, GET), _bytes(1, 3, 7, b"\x17\x03"))

    log = read_netlog(_write(tmp_path, *events))

    assert [wire.url for wire in log.wires] == ["https://a.test:81/x?a=1"]


def test_a_log_cut_short_is_read_up_to_the_cut(tmp_path):
    path = _write(tmp_path, _bytes(1, 500, 7, GET), end='{"type": 1, "ti')

    assert len(read_netlog(path).wires) == 1


def test_started_requests_and_udp_are_counted(tmp_path):
    started = {
        "type": 3,
        "time": "5",
        "source": {"id": 1},
        "params": {"url": "http://a.test/", "method": "GET", "initiator": "not an origin"},
    }
    log = read_netlog(_write(tmp_path, started, _bytes(4, 6, 9, b"stun")))

    assert ([each.initiator for each in log.started], log.udp_bytes) == (["browser"], 4)


def test_no_log_is_no_traffic(tmp_path):
    assert read_netlog(tmp_path / "missing.json").wires == []
