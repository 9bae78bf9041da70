import pytest

from mingdai_sandbox.databases import Database
from mingdai_sandbox.queueing import CANCELLED, TABLES, Outbox, Outgoing, cancel, queue


def event(disclosure: str, kind: str, due_at: float) -> Outgoing:
    return Outgoing(f"{disclosure}-{kind}", disclosure, kind, b"{}", due_at)


@pytest.fixture
def database(tmp_path):
    return Database(tmp_path / "lender.sqlite3", tables=TABLES)


@pytest.fixture
def outbox(database):
    with database.writing() as db:
        queue(db, [event("a", "received", 10), event("a", "approved", 11), event("b", "x", 99)])
    return Outbox(database)


def test_only_the_first_open_event_of_an_application_is_due(outbox):
    due = outbox.next_due(50)

    assert [(each.disclosure_id, each.kind) for each in due] == [("a", "received")]


def test_an_event_waits_for_the_one_before_it(outbox):
    first = outbox.next_due(50)[0]
    outbox.postpone(first.seq, due_at=60, answer="http.500")
    assert outbox.next_due(50) == []

    outbox.finish(outbox.next_due(61)[0].seq, at_s=61, answer="200")

    assert [each.kind for each in outbox.next_due(61)] == ["approved"]
    assert outbox.list_events("a") == [("received", "200", 2), ("approved", "", 0)]


def test_cancelled_events_are_not_sent(database, outbox):
    with database.writing() as db:
        cancel(db, "a", at_s=5)

    assert outbox.next_due(50) == []
    assert {answer for _, answer, _ in outbox.list_events("a")} == {CANCELLED}


def test_a_finished_event_stays_finished(outbox):
    seq = outbox.next_due(50)[0].seq
    outbox.finish(seq, at_s=50, answer="200")

    outbox.postpone(seq, due_at=60, answer="http.500")

    assert outbox.list_events("a")[0] == ("received", "200", 1)
