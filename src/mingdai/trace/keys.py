"""Normalise spellings to keys, as Ibis expressions: one code path for DuckDB, Spark and ClickHouse.

Each function takes a text column and gives the columns that matching joins on.  A value that cannot
be read gives NULL, never a guess: 1.99E+10, which lost its digits in a spreadsheet, is no number.
Spellings: docs/trace.md#reading-a-list.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
from ibis.expr.types import IntegerValue, NumericValue, StringValue, Table

WIDE = "０１２３４５６７８９＊－＋（）：／．　\u00a0ＸｘＡＢＣＤＥＦａｂｃｄｅｆ，￥"
NARROW = "0123456789*-+():/.  XxABCDEFabcdef,¥"
_UNSEEN = "[\u200b-\u200f\u2028-\u202e\ufeff]+"
_SCIENTIFIC = r"^(\d)\.(\d+)[eE]\+?(\d{1,2})$"
_DIGEST = r"^([0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})$"

_MASKS = r"[*×•●■□＃#?？]+"
_HAN = r"㐀-䶿一-鿿·"
_TITLES = r"(先生|女士|小姐|某某|某)"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which columns (from 0) hold what; `order` of kinds is the order of reading."""

    mobile: tuple[int, ...] = ()
    id_no: tuple[int, ...] = ()
    name: tuple[int, ...] = ()
    city: tuple[int, ...] = ()
    amount: tuple[int, ...] = ()
    time: tuple[int, ...] = ()
    address: tuple[int, ...] = ()


def normalised(rows: Table, mapping: Mapping) -> Table:
    """`row` and all key columns; those that no column holds are NULL."""
    columns: dict[str, object] = {"row": rows["row"]}
    columns |= _first(rows, mapping.mobile, mobile_keys, _MOBILE)
    columns |= _first(rows, mapping.id_no, id_keys, _ID)
    columns |= _first(rows, mapping.name, name_keys, _NAME)
    columns |= _first(rows, mapping.city or mapping.address, city_key, _CITY)
    columns |= _first(rows, mapping.amount, amount_keys, _AMOUNT)
    columns |= _first(rows, mapping.time, time_keys, _TIME)
    return rows.select(**columns)


_MOBILE = {"mobile": "int64", "head": "string", "tail": "string", "digest": "string"}
_ID = {"id_no": "string", "id_head": "string", "id_tail": "string", "id_digest": "string"}
_NAME = {"name": "string", "surname": "string", "given": "string"}
_CITY = {"city": "string"}
_AMOUNT = {"amount": "float64", "slack": "float64"}
_TIME = {"at": "int64", "step": "int64"}


def _first(
    rows: Table, places: tuple[int, ...], read: object, kinds: dict[str, str]
) -> dict[str, object]:
    """The first readable value of the columns of one kind."""
    if not places:
        return {name: ibis.null(kind) for name, kind in kinds.items()}
    each = [read(rows[f"c{place}"]) for place in places]  # type: ignore[operator]
    return {name: ibis.coalesce(*(one[name] for one in each)).cast(kind)
            for name, kind in kinds.items()}  # fmt: skip


def plain(text: StringValue) -> StringValue:
    """Full-width signs as ASCII, outer space and signs no eye sees gone."""
    return text.translate(WIDE, NARROW).re_replace(_UNSEEN, "").strip()


def unfolded(text: StringValue) -> StringValue:
    """The digits behind a spreadsheet's 1.9900001234E+10, or "" where they are lost.

    Of a number of 18 digits a spreadsheet keeps 15, the last of them rounded: 14 are read.
    """
    digits = text.re_extract(_SCIENTIFIC, 1) + text.re_extract(_SCIENTIFIC, 2)
    places = text.re_extract(_SCIENTIFIC, 3).nullif("").cast("int64") + 1
    read = ibis.cases(
        ((places == 18) & (digits.length() >= 15), digits.substr(0, 14) + "*"),
        (places == digits.length(), digits),
        else_="",
    )
    return text.re_search(_SCIENTIFIC).ifelse(read, text)


def mobile_keys(text: StringValue) -> dict[str, ibis.Value]:
    """Whole number, or its head and tail around a mask, or a digest in hexadecimal."""
    bare = unfolded(plain(text)).re_replace(_MASKS, "*").re_replace(r"[xX]{3,}", "*")
    among = bare.re_extract(r"(?:^|[^0-9A-Za-z*])(1[3-9]\d{9})(?:[^0-9A-Za-z*]|$)", 1).nullif("")
    bare = bare.re_replace(r"\.0+$", "").re_replace(r"^[A-Za-z]+[\s:：.]+", "")
    bare = bare.re_replace(r"^[^0-9*A-Fa-f+]*[:：]?", "")
    bare = bare.re_replace(r"[\s()\-./'\"]+", "")
    whole = bare.re_extract(r"^(?:\+|00)?(?:86)?(1[3-9]\d{9})$", 1).nullif("")
    masked = r"^(?:\+|00)?(?:86)?(1[3-9]\d{1,6})\*(\d{0,6})$"
    tail = bare.re_extract(r"^\**(\d{4})$|^\*(\d{5,8})$", 0).re_replace(r"\*", "").nullif("")
    return {
        "mobile": ibis.coalesce(whole, among).cast("int64"),
        "head": bare.re_extract(masked, 1).nullif(""),
        "tail": ibis.coalesce(bare.re_extract(masked, 2).nullif(""), tail),
        "digest": bare.lower().re_extract(_DIGEST, 1).nullif(""),
    }


def id_keys(text: StringValue) -> dict[str, ibis.Value]:
    """Whole ID number, or head and tail around a mask, or a digest; 15 digits are a head of 17."""
    bare = unfolded(plain(text)).upper().re_replace(_MASKS, "*").re_replace(r"X{2,}", "*")
    bare = bare.re_replace(r"[\s\-']+", "")
    old = bare.re_extract(r"^(\d{6})\d{9}$", 1) + "19" + bare.re_extract(r"^\d{6}(\d{9})$", 1)
    masked = r"^(\d{0,17})\*+(\d{0,6}[\dX]|)$"
    return {
        "id_no": bare.re_extract(r"^(\d{17}[\dX])$", 1).nullif(""),
        "id_head": ibis.coalesce(bare.re_extract(masked, 1).nullif(""), old.nullif("19")),
        "id_tail": bare.re_extract(masked, 2).nullif(""),
        "id_digest": bare.lower().re_extract(_DIGEST, 1).nullif(""),
    }


def name_keys(text: StringValue) -> dict[str, ibis.Value]:
    """Whole name; or the signs before a mask or a title (`surname`) and after a mask (`given`)."""
    bare = text.translate(WIDE, NARROW).re_replace(r"\s+", "")
    bare = bare.re_replace(_TITLES, "*").re_replace(_MASKS, "*").re_replace(r"[xX_]+", "*")
    bare = bare.re_replace(r"\*+", "*")
    return {
        "name": bare.re_extract(rf"^([{_HAN}]{{2,12}})$", 1).nullif(""),
        "surname": bare.re_extract(rf"^([{_HAN}]{{1,3}})\*", 1).nullif(""),
        "given": bare.re_extract(rf"\*([{_HAN}]{{1,3}})$", 1).nullif(""),
    }


def city_key(text: StringValue) -> dict[str, ibis.Value]:
    """City without its province and without 市."""
    bare = text.translate(WIDE, NARROW).re_replace(r"\s+", "").re_replace(r"^.*(省|自治区)", "")
    return {"city": bare.re_replace(r"市.*$", "").nullif("")}


def amount_keys(text: StringValue) -> dict[str, ibis.Value]:
    """Yuan, and how far a rounded spelling (1.2万) may be from the truth."""
    bare = plain(text).upper().re_replace(r"(RMB|CNY|人民币|[¥￥$,，\s元圆整块])", "")
    form = r"^(\d+(?:\.\d+)?)(万|W|K|千)?$"
    number = bare.re_extract(form, 1).nullif("").cast("float64")
    unit = bare.re_extract(form, 2)
    ten = ibis.cases((unit.isin(["万", "W"]), 1e4), (unit.isin(["K", "千"]), 1e3), else_=1.0)
    digits = bare.re_extract(r"\.(\d+)", 1).length()
    fine = ibis.cases((digits >= 3, 1e-3), (digits == 2, 1e-2), (digits == 1, 0.1), else_=1.0)
    return {"amount": number * ten, "slack": ibis.greatest(ten * fine * 0.51, 1.0)}


def time_keys(text: StringValue) -> dict[str, ibis.Value]:
    """Seconds since 1970 as written (no zone), and how many seconds one written step spans."""
    bare = plain(text)
    form = (
        r"^(20\d{2})\D{0,2}?(\d{1,2})\D{0,2}?(\d{1,2})\D{0,3}?"
        r"(?:(\d{1,2})\D?(\d{2})(?:\D?(\d{2}))?)?(?:\.\d+)?\D{0,3}$"
    )
    year, month, day, hour, minute, second = (_whole(bare, form, group) for group in range(1, 7))
    epoch = _whole(bare, r"^(1[4-9]\d{8})(?:\d{3})?$", 1)
    day_at = _days(year, month, day) * 86_400
    clock = hour.fill_null(0) * 3600 + minute.fill_null(0) * 60 + second.fill_null(0)
    step = ibis.cases((second.notnull() | epoch.notnull(), 1), (minute.notnull(), 60), else_=86_400)
    at = ibis.coalesce(epoch, day_at + clock)
    return {"at": at, "step": at.notnull().ifelse(step, ibis.null("int64"))}


def _whole(text: StringValue, form: str, group: int) -> IntegerValue:
    return text.re_extract(form, group).nullif("").cast("int64")


def _days(year: IntegerValue, month: IntegerValue, day: IntegerValue) -> NumericValue:
    """Days since 1970 of a civil date (Hinnant's formula), by whole numbers only."""
    past = (month <= 2).ifelse(year - 1, year)
    turned = (month + 9) % 12
    of_year = (153 * turned + 2) // 5 + day - 1
    era = past // 400
    of_era = past - era * 400
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468
