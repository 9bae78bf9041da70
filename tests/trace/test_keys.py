"""Spellings to keys, on DuckDB; and the same expressions as SQL for two other engines."""

from __future__ import annotations

from functools import cache

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.config import Config

from mingdai.trace.digesting import digests_of
from mingdai.trace.keys import (
    Mapping,
    amount_keys,
    city_key,
    id_keys,
    mobile_keys,
    name_keys,
    normalised,
    time_keys,
)
from mingdai.trace.matching import exact_weights, joined, typo_pairs
from mingdai.trace.unmasking import masked_pairs, parted
from tests.trace.small import COLUMNS

CON = ibis.duckdb.connect()
TEXTS = ibis.table({"i": "int64", "t": "string"}, name="texts")


@cache
def question(keys) -> str:
    return ibis.to_sql(TEXTS.select("i", **keys(TEXTS["t"])).order_by("i"), dialect="duckdb")


def read(keys, *texts: str) -> list[dict[str, object]]:
    """What `keys` reads from each text; NULL is left out."""
    arrow = pa.table({"i": pa.array(range(len(texts)), pa.int64()), "t": pa.array(texts)})
    CON.con.register("texts", arrow)
    rows = CON.con.sql(question(keys)).to_arrow_table().to_pylist()
    return [{name: x for name, x in row.items() if name != "i" and x is not None} for row in rows]


@pytest.mark.parametrize(
    "spelling",
    ["19900001234", "199-0000-1234", "199 0000 1234", "+8619900001234", "+86 199 0000 1234",
     "86-19900001234", "(86)19900001234", "（86）199-0000-1234", "008619900001234",
     "１９９００００１２３４", "＋８６１９９００００１２３４", " 19900001234\t", "'19900001234",
     "\u200b19900001234\ufeff", "199\u00a00000\u00a01234", "19900001234.0", "1.9900001234E+10",
     "手机:19900001234", "手机号：199 0000 1234", "tel: 199.0000.1234", "19900001234(本人)",
     "19900001234/19900005678"],
)  # fmt: skip
def test_a_whole_number_is_read_in_any_spelling(spelling):
    assert read(mobile_keys, spelling) == [{"mobile": 19900001234}]


@pytest.mark.parametrize(
    ("spelling", "keys"),
    [
        ("199****1234", {"head": "199", "tail": "1234"}),
        ("199xxxx1234", {"head": "199", "tail": "1234"}),
        ("199●●●●1234", {"head": "199", "tail": "1234"}),
        ("199＊＊＊＊1234", {"head": "199", "tail": "1234"}),
        ("+86 199****1234", {"head": "199", "tail": "1234"}),
        ("1990000****", {"head": "1990000"}),
        ("*******1234", {"tail": "1234"}),
        ("尾号1234", {"tail": "1234"}),
        ("1234", {"tail": "1234"}),
        ("***00001234", {"tail": "00001234"}),
    ],
)
def test_a_mask_leaves_what_is_around_it(spelling, keys):
    assert read(mobile_keys, spelling) == [keys]


@pytest.mark.parametrize("length", [32, 40, 64])
def test_a_digest_is_read_in_both_cases(length):
    digest = ("0123456789abcdef" * 4)[:length]

    assert read(mobile_keys, digest, digest.upper()) == [{"digest": digest}] * 2
    assert read(id_keys, digest, digest.upper()) == [{"id_digest": digest}] * 2


@pytest.mark.parametrize(
    "text", ["", "-", "1.99E+10", "199000012345", "12900001234", "12345", "无", "N/A", "0"]
)
def test_what_is_no_number_is_not_guessed(text):
    assert read(mobile_keys, text) == [{}]


@pytest.mark.parametrize(
    ("spelling", "keys"),
    [
        ("99999919900101123X", {"id_no": "99999919900101123X"}),
        ("99999919900101123x", {"id_no": "99999919900101123X"}),
        ("999999 19900101 1234", {"id_no": "999999199001011234"}),
        ("９９９９９９１９９００１０１１２３４", {"id_no": "999999199001011234"}),
        ("999999********123X", {"id_head": "999999", "id_tail": "123X"}),
        ("999999XXXXXXXX1234", {"id_head": "999999", "id_tail": "1234"}),
        ("9****************X", {"id_head": "9", "id_tail": "X"}),
        ("**************1234", {"id_tail": "1234"}),
        ("99999919900101****", {"id_head": "99999919900101"}),
        ("999999199001011***", {"id_head": "999999199001011"}),
        ("9.99999199001011E+17", {"id_head": "99999919900101"}),
        ("999999900101123", {"id_head": "99999919900101123"}),
        ("9.99999E+17", {}),
        ("9999991990010112345", {}),
    ],
)
def test_an_id_is_read_whole_masked_or_cut_by_a_spreadsheet(spelling, keys):
    assert read(id_keys, spelling) == [keys]


@pytest.mark.parametrize(
    ("spelling", "keys"),
    [
        ("王伟强", {"name": "王伟强"}),
        (" 王 伟 强 ", {"name": "王伟强"}),
        ("王*强", {"surname": "王", "given": "强"}),
        ("王**", {"surname": "王"}),
        ("王先生", {"surname": "王"}),
        ("李某某", {"surname": "李"}),
        ("**强", {"given": "强"}),
        ("欧阳*", {"surname": "欧阳"}),
        ("王xx", {"surname": "王"}),
        ("Wang Wei", {}),
    ],
)
def test_a_name_is_read_whole_or_around_its_mask(spelling, keys):
    assert read(name_keys, spelling) == [keys]


@pytest.mark.parametrize(
    "spelling", ["广州", "广州市", "广东省广州市", "广东省广州市天河区示例路1号"]
)
def test_a_city_is_read_without_its_province(spelling):
    assert read(city_key, spelling) == [{"city": "广州"}]


@pytest.mark.parametrize(
    ("spelling", "yuan"),
    [("12000", 12000), ("12,000", 12000), ("¥12,000.00", 12000), ("1.2万", 12000),
     ("12k", 12000), ("12000元", 12000), ("1.2W元", 12000), ("人民币 12000 元整", 12000),
     ("１２０００", 12000)],
)  # fmt: skip
def test_an_amount_is_read_in_yuan(spelling, yuan):
    (found,) = read(amount_keys, spelling)

    assert found["amount"] == pytest.approx(yuan)
    assert found["slack"] >= 1


@pytest.mark.parametrize(
    ("spelling", "step"),
    [("2023-05-06 07:08:09", 1), ("2023/5/6 7:08:09", 1), ("2023年05月06日 07:08", 60),
     ("2023-05-06T07:08:09.123", 1), ("1683356889", 1), ("1683356889000", 1),
     ("2023-05-06", 86_400), ("2023年5月6日", 86_400), ("20230506", 86_400)],
)  # fmt: skip
def test_a_time_is_read_with_how_exact_it_is(spelling, step):
    (found,) = read(time_keys, spelling)

    assert found["step"] == step
    assert 1683331200 <= found["at"] <= 1683356889


def test_the_first_readable_column_of_a_kind_wins():
    rows = ibis.memtable(
        {"row": [0, 1], "c0": ["无", "19900001234"], "c1": ["19900005678", "19900009999"]}
    )

    table = CON.to_pyarrow(normalised(rows, Mapping(mobile=(0, 1))).order_by("row")).to_pylist()

    assert [row["mobile"] for row in table] == [19900005678, 19900001234]


NUMBERS = st.integers(0, 9999).map(lambda tail: f"1990000{tail:04d}")


@settings(deadline=None, max_examples=12)
@given(st.lists(st.text(max_size=24), min_size=1, max_size=20))
def test_reading_what_was_read_changes_nothing_and_nothing_is_too_odd_to_read(texts):
    texts = [text.replace("\0", "").encode("utf-8", "ignore").decode() for text in texts]
    for keys, name in ((mobile_keys, "mobile"), (id_keys, "id_no"), (name_keys, "name")):
        once = [row[name] for row in read(keys, *texts) if name in row]
        if once:
            assert read(keys, *(str(each) for each in once)) == [{name: each} for each in once]


@settings(deadline=None, max_examples=12)
@given(st.lists(NUMBERS, min_size=1, max_size=20), st.integers(3, 7), st.integers(0, 4))
def test_a_masked_number_shows_no_more_than_the_number(numbers, head, tail):
    masked = [each[:head] + "*" * (11 - head - tail) + each[11 - tail :] for each in numbers]

    for number, keys in zip(numbers, read(mobile_keys, *masked), strict=True):
        assert number.startswith(str(keys.get("head", "")))
        assert number.endswith(str(keys.get("tail", "")))
        assert "mobile" not in keys


KEYS = ibis.table(
    {"borrower_id": "int64", "version": "int8", "mobile": "int64", "digits": "string",
     "head3": "string", "tail4": "string", "id_no": "string", "id6": "string", "id4": "string",
     "name": "string", "surname": "string", "city": "string", "amount": "float64"},
    name="keys",
)  # fmt: skip
ROWS = ibis.table({"row": "int64"} | {f"c{place}": "string" for place in range(6)}, name="rows")


class SparkOptions(Config):
    """As Ibis has them where pyspark is installed; compiling asks for them."""

    treat_nan_as_null: bool = False


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark", "clickhouse"])
def test_the_same_expressions_are_sql_for_other_engines(dialect, monkeypatch):
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    listed = normalised(ROWS, COLUMNS)
    kept = ibis.table(listed.schema(), name="listed")
    exact = joined(kept, KEYS, "mobile", "mobile")

    questions = [
        listed, exact, exact_weights(KEYS, kept, exact), masked_pairs(KEYS, parted(kept)),
        typo_pairs(KEYS, kept), digests_of(KEYS, "md5", dialect),
        digests_of(KEYS, "sha256", dialect),
    ]  # fmt: skip
    for each in questions:
        assert "SELECT" in ibis.to_sql(each, dialect=dialect)
