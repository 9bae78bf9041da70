import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from mingdai_client.api import PlatformApi
from mingdai_proofs.webhooks import verify_webhook
from mingdai_sandbox.calling import MAX_ATTEMPTS, Caller, keep_calling
from mingdai_sandbox.clocks import read_clock
from mingdai_sandbox.databases import Database
from mingdai_sandbox.queueing import TABLES, Outbox, Outgoing, queue

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
SECRET = b"a webhook secret of these tests"


def event(number: int, disclosure: str = "d-1") -> Outgoing:
    body = json.dumps({"kind": f"kind-{number}"}).encode()
    return Outgoing(f"e-{disclosure}-{number}", disclosure, f"kind-{number}", body, 0.0)


@pytest.fixture
def outbox(tmp_path):
    database = Database(tmp_path / "lender.sqlite3", tables=TABLES)
    with database.writing() as db:
        queue(db, [event(1), event(2)])
    return Outbox(database)


@pytest.fixture
def caller(outbox, receiver):
    with PlatformApi(receiver.url, api_key="mk_a_b", attempts=1) as api:
        yield Caller(outbox, api=api, secret=SECRET)


def test_events_leave_in_order_signed_over_their_bytes(caller, receiver):
    caller.send_due(NOON)
    caller.send_due(NOON)

    assert receiver.kinds() == ["kind-1", "kind-2"]
    path, headers, body = receiver.calls[0]
    now_s = int(read_clock().timestamp())
    header = headers["Mingdai-Signature"]
    assert path == "/api/events"
    assert headers["Authorization"] == "Bearer mk_a_b"
    assert verify_webhook([SECRET], header=header, body=body, now_s=now_s) == "e-d-1-1"


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503])
def test_an_answer_that_means_later_is_tried_again_later(caller, outbox, receiver, status):
    receiver.answers = [status]

    caller.send_due(NOON)
    tried_again_at_once = caller.send_due(NOON)
    caller.send_due(NOON + timedelta(seconds=2))

    assert tried_again_at_once == 0
    assert receiver.kinds() == ["kind-1", "kind-1"]
    assert receiver.calls[0][2] == receiver.calls[1][2]
    assert outbox.list_events("d-1")[0] == ("kind-1", "http.200", 2)


@pytest.mark.parametrize("status", [400, 409, 422])
def test_an_answer_that_means_never_ends_the_event(caller, outbox, receiver, status):
    receiver.answers = [status]

    caller.send_due(NOON)
    caller.send_due(NOON)

    assert receiver.kinds() == ["kind-1", "kind-2"]
    assert outbox.list_events("d-1")[0] == ("kind-1", f"http.{status}", 1)


def test_an_event_is_given_up_in_the_end(caller, outbox, receiver):
    receiver.answers, at = [503] * MAX_ATTEMPTS, NOON
    for _ in range(MAX_ATTEMPTS):
        caller.send_due(at)
        at += timedelta(hours=1)

    assert outbox.list_events("d-1")[0] == ("kind-1", "given up: http.503", MAX_ATTEMPTS)


def test_a_platform_that_is_not_there_is_waited_for(outbox):
    with PlatformApi("http://127.0.0.1:9", api_key="k", attempts=1) as api:
        Caller(outbox, api=api, secret=SECRET).send_due(NOON)

    assert outbox.list_events("d-1")[0] == ("kind-1", "unreachable", 1)


def test_calling_goes_on_until_it_is_stopped(caller, receiver):
    stop = threading.Event()
    arguments = {"clock": read_clock, "stop": stop}
    thread = threading.Thread(target=keep_calling, args=([caller],), kwargs=arguments)
    thread.start()

    kinds = receiver.wait_for(2)
    stop.set()
    thread.join(timeout=5)

    assert kinds == ["kind-1", "kind-2"]
    assert not thread.is_alive()
