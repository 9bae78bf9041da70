import csv
import io
from datetime import UTC, datetime

from mingdai_demo.leaking.passing import TITLES, as_list, copied_out, gathered
from mingdai_demo.leaking.people import strangers
from mingdai_sandbox import explaining, queueing, storing
from mingdai_sandbox.databases import Database
from mingdai_sandbox.storing import LenderStore, Received
from tests.demo.leaking.seeds import seeded


def received(number: int) -> Received:
    texts = {"application_id": "a", "product_id": "p", "term_unit": "m", "magic": "approve"}
    return Received(
        disclosure_id=f"d{number}",
        amount_fen=100,
        term=12,
        digest="",
        leaf_hash="",
        countersignature="",
        codes=("name", "mobile"),
        received_at=datetime(2026, 3, 1, tzinfo=UTC),
        **texts,
    )


def test_a_lender_s_own_database_is_copied_out(tmp_path):
    path = tmp_path / "sandbox" / "state" / "lenders" / "yunting.sqlite3"
    tables = storing.TABLES + queueing.TABLES + explaining.TABLES
    store = LenderStore(Database(path, tables=tables))
    values = {"name": "示例甲", "mobile": "19900001000", "email": "x@alias.example"}
    store.take_in(received(1), values=values, events=[])
    store.take_in(received(2), values={"name": "示例乙"}, events=[])

    assert sorted(copied_out(tmp_path, "yunting")) == [
        ("示例乙", "", ""),
        ("示例甲", "19900001000", "x@alias.example"),
    ]


def test_people_are_listed_as_anybody_would_have_them():
    [row] = gathered(strangers(1, seeded(1)))

    assert row[1:] == ("19900005000", "person5000@example.com")


def test_a_list_has_a_header_and_every_row_once():
    rows = gathered(strangers(9, seeded(1)))

    head, *body = csv.reader(io.StringIO(as_list(rows, seeded(2)).decode()))

    assert tuple(head) == TITLES
    assert sorted(map(tuple, body)) == sorted(rows)
