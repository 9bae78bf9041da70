"""Worlds of other shapes than the one that wrote the format."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from mingdai.errors import Invalid
from mingdai.trace.reading.worlds import connect, open_world, thinned
from mingdai.trace.working import working_folder
from tests.trace.small import person, sent, small_world, write_small

PEOPLE = [person(number) for number in range(1, 21)]
LOG = [*(sent(number, "甲") for number in range(1, 11)), *(sent(n, "乙") for n in range(5, 15))]


def reopened(folder, borrowers=lambda table: table, ledger=lambda table: table):
    """The small world with its tables changed."""
    one, two = write_small(folder, PEOPLE, LOG)
    pq.write_table(borrowers(pq.read_table(one)), one)
    pq.write_table(ledger(pq.read_table(two)), two)
    return open_world(connect(), one, two)


def rows(world):
    return world.con.to_pyarrow(world.ledger).to_pylist()


def test_a_world_is_opened_with_its_recipients_and_people(tmp_path):
    world = small_world(tmp_path, PEOPLE, LOG)

    assert world.partners == ("乙", "甲")
    assert (world.people, world.thin, world.cities) == (20, 1, frozenset({"广州"}))
    assert len(rows(world)) == 20
    assert {row["at"] for row in rows(world)} == {1673395200}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("ts", pa.timestamp("ns")), ("ts", pa.timestamp("us", tz="Asia/Shanghai")),
     ("randomised", pa.bool_()), ("decoy", pa.bool_()), ("version", pa.int64()),
     ("fields", pa.int64()), ("propensity", pa.float32()), ("borrower_id", pa.int32())],
)  # fmt: skip
def test_a_column_may_be_of_a_kindred_type(tmp_path, name, kind):
    def changed(table):
        return table.set_column(table.column_names.index(name), name, table[name].cast(kind))

    world = reopened(tmp_path, ledger=changed)

    assert len(rows(world)) == 20
    assert {row["at"] for row in rows(world)} == {1673395200}


def test_numbers_may_be_whole_numbers_or_spelled(tmp_path):
    def whole(table):
        return table.set_column(4, "mobile", table["mobile"].cast(pa.int64()))

    def spelled(table):
        return table.set_column(
            4, "mobile", pc.binary_join_element_wise("+86", table["mobile"], "")
        )

    for number, change in enumerate((whole, spelled)):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = reopened(folder, borrowers=change)
        numbers = found.con.to_pyarrow(found.keys)["mobile"].to_pylist()
        assert sorted(numbers)[0] == 19900000001


def test_other_columns_and_their_order_do_not_matter(tmp_path):
    def changed(table):
        more = table.append_column("channel", pa.nulls(len(table), pa.string()))
        return more.select(more.column_names[::-1])

    assert len(rows(reopened(tmp_path, changed, changed))) == 20


def test_a_world_may_be_a_folder_of_parts(tmp_path):
    borrowers, ledger = write_small(tmp_path, PEOPLE, LOG)
    parts = tmp_path / "ledger"
    parts.mkdir()
    table = pq.read_table(ledger)
    pq.write_table(table.slice(0, 7), parts / "part-0.parquet")
    pq.write_table(table.slice(7), parts / "part-1.parquet")

    assert len(rows(open_world(connect(), borrowers, parts))) == 20


def test_people_without_values_are_people(tmp_path):
    blank = dict.fromkeys(("name", "mobile", "id_no", "address", "city", "age", "amount", "joined"))
    world = small_world(tmp_path, [person(1, **blank), person(2)], LOG)

    assert world.people == 2
    assert len(world.con.to_pyarrow(world.kinds)) == 2


def test_a_disclosure_to_nobody_known_is_left_out(tmp_path):
    world = small_world(tmp_path, PEOPLE, [*LOG, sent(1, None)])

    assert world.partners == ("乙", "甲")
    assert len(rows(world)) == 20


def test_an_empty_ledger_is_a_world_without_recipients(tmp_path):
    assert small_world(tmp_path, PEOPLE, []).partners == ()


@pytest.mark.parametrize(("file", "column"), [("borrowers", "mobile"), ("ledger", "propensity")])
def test_a_missing_column_is_named(tmp_path, file, column):
    with pytest.raises(Invalid, match=column) as refused:
        reopened(tmp_path, **{file: lambda table: table.drop([column])})

    assert refused.value.code == "world.columns"


def test_a_missing_or_other_file_is_refused(tmp_path):
    borrowers, ledger = write_small(tmp_path, PEOPLE, LOG)
    other = tmp_path / "other.parquet"
    other.write_text("no parquet")

    for one, code in ((tmp_path / "absent", "world.missing"), (other, "world.form")):
        with pytest.raises(Invalid) as refused:
            open_world(connect(), one, ledger)
        assert refused.value.code == code
    assert open_world(connect(), borrowers, ledger).people == 20


def test_thinning_takes_the_same_people_in_every_table(tmp_path):
    many = range(1, 2001)
    world = small_world(tmp_path, [person(n) for n in many], [sent(n, "甲") for n in many])

    def kept_of(table):
        kept = table.filter(thinned(table["borrower_id"], 10))
        return set(world.con.to_pyarrow(kept)["borrower_id"].to_pylist())

    assert kept_of(world.keys) == kept_of(world.ledger)
    assert 120 < len(kept_of(world.keys)) < 280


SPILLING = "CREATE TEMP TABLE t AS SELECT repeat('x', 200) || i AS v FROM range(600000) r(i)"


def test_without_a_folder_nothing_is_ever_on_a_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(duckdb.OutOfMemoryException):
        connect(memory="60MB").raw_sql(SPILLING)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_memory_takes_what_does_not_fit():
    with working_folder(Path("/dev/shm")) as folder:  # noqa: S108
        con = connect(folder, memory="60MB")
        con.raw_sql(SPILLING)

        assert any((folder / "spill").iterdir())
        con.disconnect()


def encrypts() -> bool:
    """DuckDB's httpfs, with its OpenSSL, is installed here."""
    try:
        duckdb.connect().execute("LOAD httpfs")
    except duckdb.Error:
        return False
    return True


def test_on_a_disk_nothing_is_written_in_clear(tmp_path):
    if encrypts():
        setting = connect(tmp_path).raw_sql("SELECT current_setting('temp_file_encryption')")
        assert setting.fetchall() == [(True,)]
        return

    with pytest.raises(Invalid, match="working.plain"):
        connect(tmp_path)


def draws(count: int, propensity):
    """Each is with one of four recipients from day 1 or 90, and drawn to another on day 50."""
    log = []
    for n in range(1, count + 1):
        natural, day = n % 4, 1 if n % 2 else 90
        log.append(sent(n, f"P{natural}", day))
        log.append(sent(n, f"P{(natural + 1) % 4}", 50, randomised=1, propensity=propensity(day)))
    return log


@pytest.mark.parametrize(
    ("propensity", "always"),
    [(lambda day: 1 / 3, True), (lambda day: 1 / 3 if day < 50 else 1 / 4, False)],
)
def test_whether_later_holders_could_be_drawn_is_read_from_the_propensities(
    tmp_path, propensity, always
):
    world = small_world(tmp_path, [person(n) for n in range(1, 201)], draws(200, propensity))

    assert world.barred_always is always
