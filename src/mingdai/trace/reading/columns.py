"""Which column holds what, from its cells, its title and the cities and surnames we know.

A person can correct it: `--columns mobile=2,name=1,none=3` counts from 1.  A column may mix whole,
masked and hashed numbers: each cell is read by its own form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from mingdai.errors import Invalid
from mingdai.trace.keys import Mapping
from mingdai.trace.reading.kinds import Kind, kind_of

NOTHING = "none"
MOST_COLUMNS = 200
ROLES = ("mobile", "id_no", "name", "city", "amount", "time", "address")

_TITLES = (
    ("mobile", r"手机|电话|联系方式|号码|尾号|mobile|phone|tel|cell|msisdn|sjh"),
    ("id_no", r"身份证|证件|id_?(no|card|number)?$|identity|sfz|idcard"),
    ("name", r"姓名|名字|客户|借款人|name|xm"),
    ("city", r"城市|所在地|地区|city|region|area"),
    ("address", r"地址|住址|address|addr"),
    ("amount", r"金额|额度|贷款|借款|amount|money|loan|quota|sum"),
    ("time", r"时间|日期|time|date|created|apply|_at$"),
)
_ROLE_OF = {
    Kind.MOBILE: "mobile", Kind.MASKED: "mobile", Kind.DIGEST: "mobile", Kind.TAIL: "mobile",
    Kind.ID: "id_no", Kind.ID_MASKED: "id_no", Kind.NAME: "name", Kind.NAME_MASKED: "name",
    Kind.ADDRESS: "address", Kind.AMOUNT: "amount", Kind.NUMBER: "amount", Kind.TIME: "time",
}  # fmt: skip
_SHARE = 0.3
_AGES = range(16, 100)


def understand(
    rows: Sequence[Sequence[str]], titles: Sequence[str], cities: Collection[str]
) -> Mapping:
    """The mapping of a sample; `titles` is empty where the list has no header."""
    width = max((len(row) for row in rows), default=0)
    found: dict[str, list[int]] = {role: [] for role in ROLES}
    for place in range(width):
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        title = titles[place] if place < len(titles) else ""
        role = _role(cells, title, cities)
        if role:
            found[role].append(place)
    _settle_digests(rows, titles, found)
    return Mapping(**{role: tuple(places) for role, places in found.items()})


def correct(mapping: Mapping, wish: str) -> Mapping:
    """`mobile=2,name=1`: those roles are taken from those columns alone, counted from 1.

    A role named twice is read from both columns, `none=3` reads column 3 as nothing.
    """
    wishes = [_wish(part) for part in wish.split(",") if part.strip()]
    roles, taken = {role for role, _ in wishes}, {place for _, place in wishes}
    changed = {}
    for role in ROLES:
        kept = () if role in roles else tuple(set(getattr(mapping, role)) - taken)
        changed[role] = (*sorted(kept), *(place for mine, place in wishes if mine == role))
    return Mapping(**changed)


def _wish(part: str) -> tuple[str, int]:
    role, _, place = (each.strip() for each in part.partition("="))
    known = role in (*ROLES, NOTHING) and place.isdecimal()
    if not known or not 1 <= int(place) <= MOST_COLUMNS:
        raise Invalid(
            code="list.columns",
            reason=f"columns are corrected as ROLE=NUMBER, from 1 to {MOST_COLUMNS}",
            field="columns",
            remedy=f"roles: {', '.join((*ROLES, NOTHING))}",
        )
    return role, int(place) - 1


def refuse_no_key(mapping: Mapping) -> None:
    """Raises `Invalid` where no column could single a person out."""
    where = mapping.city or mapping.address or mapping.amount
    if not (mapping.mobile or mapping.id_no or (mapping.name and where)):
        raise Invalid(
            code="list.no_key",
            reason="no column holds numbers, digests or IDs, nor names with a place or amount",
            field="file",
            remedy="say which column is what: --columns mobile=2,name=1",
        )


def titled(title: str) -> str:
    """The role a column's title speaks of, or ""."""
    plain = title.strip().lower()
    return next((role for role, form in _TITLES if re.search(form, plain)), "")


def _role(cells: list[str], title: str, cities: Collection[str]) -> str:
    if not cells:
        return ""
    named = titled(title)
    if _share(_city(cell) in cities for cell in cells) > 0.5:
        return "city"
    kinds = Counter(kind_of(cell) for cell in cells)
    votes: Counter[str] = Counter()
    for kind, often in kinds.items():
        votes[_ROLE_OF.get(kind, "")] += often
    del votes[""]
    if not votes or votes.most_common(1)[0][1] < _SHARE * len(cells):
        return named if named in ("mobile", "id_no", "name", "address", "time") else ""
    role = votes.most_common(1)[0][0]
    if kinds[Kind.TAIL] + kinds[Kind.NUMBER] > 0.5 * len(cells):
        return _bare_number(cells, named)
    if kinds[Kind.DIGEST] > 0.5 * len(cells) and named == "id_no":
        return "id_no"
    return role


def _bare_number(cells: list[str], named: str) -> str:
    """Four digits are a tail if few are round; else an amount, an age or a count."""
    digits = [cell.strip("*'尾号:： ") for cell in cells]
    if named in ("mobile", "amount"):
        return named
    if named == "id_no":
        return "id_no"
    four = _share(bool(re.fullmatch(r"\d{4}", cell)) for cell in digits)
    round_ = _share(cell.endswith("00") for cell in digits)
    if four > 0.9 and round_ < 0.3:
        return "mobile"
    small = _share(cell.isdigit() and int(cell) in _AGES for cell in digits)
    counting = len(set(digits)) == len(digits) and round_ < 0.05
    return "" if small > 0.9 or counting else "amount"


def _settle_digests(
    rows: Sequence[Sequence[str]], titles: Sequence[str], found: dict[str, list[int]]
) -> None:
    """A digest column beside another phone column, untitled, may be of the ID: read it as both."""
    digests = [
        place
        for place in found["mobile"]
        if _share(place < len(row) and kind_of(row[place]) is Kind.DIGEST for row in rows) > 0.5
        and not (place < len(titles) and titled(titles[place]))
    ]
    found["id_no"] += [place for place in digests if place not in found["id_no"]]


def _city(cell: str) -> str:
    return re.sub(r"市.*$", "", re.sub(r"^.*(省|自治区)", "", cell))


def _share(truths: object) -> float:
    seen = [bool(each) for each in truths]  # type: ignore[attr-defined]
    return sum(seen) / max(1, len(seen))
