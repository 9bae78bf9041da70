from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mingdai_sandbox import queueing, storing
from mingdai_sandbox.databases import Database
from mingdai_sandbox.queueing import CANCELLED, Outbox, Outgoing
from mingdai_sandbox.storing import Deletion, LenderStore, Received

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
RECEIVED = Received(
    disclosure_id="d-1",
    application_id="a-1",
    product_id="p-1",
    amount_fen=1_000_000,
    term=12,
    term_unit="month",
    digest="00",
    leaf_hash="11",
    countersignature="sig",
    codes=("name", "mobile"),
    magic="approve",
    received_at=NOON,
)
VALUES = {"name": "示例甲乙丙", "mobile": "19900012345"}
EVENTS = [Outgoing("e-1", "d-1", "received", b"{}", 0.0)]


@pytest.fixture
def database(tmp_path):
    return Database(tmp_path / "lender.sqlite3", tables=storing.TABLES + queueing.TABLES)


@pytest.fixture
def store(database):
    return LenderStore(database)


def deletion(notice: str, acknowledgement: str) -> Deletion:
    return Deletion(notice, "d-1", "withdrawn", acknowledgement, NOON)


def test_what_was_taken_in_is_found_as_it_was(store):
    store.take_in(RECEIVED, values=VALUES, events=EVENTS)

    assert store.find("d-1") == RECEIVED
    assert store.values_of("d-1") == VALUES
    assert store.list_received() == [RECEIVED]


def test_the_same_disclosure_is_taken_in_once(store, database):
    first = store.take_in(RECEIVED, values=VALUES, events=EVENTS)

    again = store.take_in(replace(RECEIVED, amount_fen=5), values={"name": "x"}, events=EVENTS)

    assert (first, again) == (True, False)
    assert store.find("d-1") == RECEIVED
    assert len(Outbox(database).list_events("d-1")) == 1


def test_deliveries_are_counted(store):
    counts = [store.count_attempt("d-1") for _ in range(3)]

    assert counts == [1, 2, 3]
    assert (store.deliveries_of("d-1"), store.deliveries_of("d-2")) == (3, 0)


def test_after_a_notice_the_values_are_in_no_file(store, tmp_path):
    store.take_in(RECEIVED, values=VALUES, events=EVENTS)

    store.delete_values(deletion("n-1", "ack"))

    files = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert store.values_of("d-1") == {}
    assert b"19900012345" not in files
    assert "示例甲乙丙".encode() not in files
    assert store.find("d-1") == replace(RECEIVED, deleted_at=NOON)


def test_after_a_notice_nothing_more_is_sent(store, database):
    store.take_in(RECEIVED, values=VALUES, events=EVENTS)

    store.delete_values(deletion("n-1", "ack"))

    assert Outbox(database).list_events("d-1") == [("received", CANCELLED, 0)]


def test_a_repeated_notice_is_answered_as_the_first_time(store):
    first = store.delete_values(deletion("n-1", "ack"))
    again = store.delete_values(deletion("n-1", "another"))

    assert (first, again) == ("ack", "ack")
    assert store.is_withdrawn("d-1")
    assert not store.is_withdrawn("d-2")
