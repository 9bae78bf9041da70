import http.client
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from mingdai_proofs.notes import open_note
from mingdai_proofs.serving import WitnessServer
from mingdai_proofs.witnessing import Witness, origin_hash
from tests.proofs.test_witnessing import FORKED, note, request
from tests.proofs.worlds import AT_S, LOG, ORIGIN, OTHER_LOG, WITNESS, WITNESS_PQ


@pytest.fixture
def port(tmp_path):
    witness = Witness(tmp_path, [WITNESS, WITNESS_PQ], [LOG.verifier])
    with WitnessServer(("127.0.0.1", 0), witness, lambda: AT_S) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()
    witness.close()


def exchange(port, method, path, body=None, headers=None):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, answer.getheader("Content-Type"), answer.read()
    finally:
        line.close()


def post(port, body):
    return exchange(port, "POST", "/add-checkpoint", body)


def test_every_status_of_the_standard_is_answered_over_http(port):
    assert post(port, request(0, 5))[0] == 200
    assert post(port, b"nonsense")[0] == 400
    assert post(port, request(5, 9, signed=note(9, signer=OTHER_LOG)))[0] == 403
    assert post(port, request(5, 9, signed=note(9, origin="other.example/log")))[0] == 404
    assert post(port, request(0, 9)) == (409, "text/x.tlog.size", b"5\n")
    assert post(port, request(5, 9, path=[]))[0] == 422


def test_the_answer_is_signature_lines_for_the_checkpoint(port):
    _, content_type, lines = post(port, request(0, 5))

    opened = open_note(note(5) + lines, [WITNESS.verifier, WITNESS_PQ.verifier])

    assert content_type == "text/plain; charset=utf-8"
    assert len(opened.verified) == 2


def test_one_connection_serves_many_requests(port):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    statuses = []
    for old in range(5):
        line.request("POST", "/add-checkpoint", request(old, old + 1))
        answer = line.getresponse()
        answer.read()
        statuses.append(answer.status)
    line.close()

    assert statuses == [200] * 5


def test_of_requests_at_once_from_one_size_one_history_wins(port):
    post(port, request(0, 5))
    bodies = [request(5, size) for size in range(6, 30)]
    bodies += [request(0, size, signed=note(size, leaves=FORKED)) for size in range(6, 12)]

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda body: post(port, body)[0], bodies))

    assert statuses.count(200) == 1
    assert set(statuses) == {200, 409}
    assert statuses.index(200) < 24


def test_the_last_checkpoint_and_the_keys_are_published(port):
    post(port, request(0, 5))

    status, _, body = exchange(port, "GET", f"/{origin_hash(ORIGIN)}/checkpoint")

    assert status == 200
    assert body.startswith(note(5).split(b"\n\n")[0])
    assert exchange(port, "GET", "/")[2].decode().splitlines() == [
        WITNESS.verifier.vkey,
        WITNESS_PQ.verifier.vkey,
    ]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/nothing", {}, 404),
        ("POST", "/nothing", {"Content-Length": "0"}, 404),
        ("POST", "/add-checkpoint", {"Content-Length": "x"}, 411),
        ("POST", "/add-checkpoint", {"Content-Length": "9999999999"}, 413),
        ("DELETE", "/", {}, 501),
    ],
)
def test_anything_else_is_refused(port, method, path, headers, status):
    assert exchange(port, method, path, headers=headers)[0] == status
