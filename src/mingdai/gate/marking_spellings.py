"""Ways of writing the same value: each kind has two forms that mean the same.

Pure.  A kind may have several places in a text, such as every number of an address; each is written
in either form and read back from the written text alone.  `normal` undoes every kind, and a copy
whose normal form is another is never sent.  Numbers of identity (mobile, ID, bank card) have no
kinds: other systems compare them byte by byte, and a lender's query must not fail for our marks.
Source for 有限公司 and 有限责任公司 being one: 公司法 (2023) Art. 7; others are everyday usage.
Not promised: that a recipient keeps a spelling; what is normalised away is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Found = tuple[int | None, ...]
Form = Callable[[re.Match[str]], str]

MOST_PLACES = 4
"""Places of one kind in one value that carry a bit."""

H = "[\u3400-\u4dbf\u4e00-\u9fff]"
D = "[0-9０-９]"
_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_NARROW = str.maketrans({chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)})


@dataclass(frozen=True, slots=True)
class Spelling:
    """One kind of one field: `pattern` finds its places in either form.

    `forms` write a place in form 0 and 1; where both are alike the place carries nothing.
    `read` says which form a written place has, None where neither.
    """

    kind: str
    field: str
    pattern: re.Pattern[str]
    forms: tuple[Form, Form]
    read_place: Callable[[re.Match[str]], int | None]

    def places(self, text: str) -> list[int]:
        """The places of `text`, by number, that can carry a bit."""
        found = list(self.pattern.finditer(text))[:MOST_PLACES]
        return [i for i, each in enumerate(found) if self.forms[0](each) != self.forms[1](each)]

    def write(self, text: str, bits: Mapping[int, int]) -> str:
        """`text` with the numbered places in the forms that `bits` say."""
        number = iter(range(len(text) + 1))

        def place(found: re.Match[str]) -> str:
            bit = bits.get(next(number))
            return found.group() if bit is None else self.forms[bit](found)

        return self.pattern.sub(place, text)

    def read(self, text: str) -> Found:
        """The form of every place in written `text`."""
        found = list(self.pattern.finditer(text))[:MOST_PLACES]
        return tuple(self.read_place(each) for each in found)


def narrow(text: str) -> str:
    """Full-width signs as half-width."""
    return text.translate(_NARROW)


def wide(text: str) -> str:
    """Half-width signs as full-width."""
    return text.translate(_WIDE)


def _same(found: re.Match[str]) -> str:
    return found.group()


def _width(found: re.Match[str]) -> int | None:
    text = found.group()
    if text == narrow(text):
        return 0
    return 1 if text == wide(text) else None


def _widths(kind: str, pattern: str) -> Spelling:
    """Half-width or full-width."""
    field = kind.partition(".")[0]
    forms = (lambda found: narrow(found.group()), lambda found: wide(found.group()))
    return Spelling(kind, field, re.compile(pattern), forms, _width)


def _words(kind: str, pattern: str, texts: tuple[str, str]) -> Spelling:
    """One of two texts for what the pattern finds; what is neither reads as nothing."""
    field = kind.partition(".")[0]
    forms = (lambda found: texts[0], lambda found: texts[1])

    def read(found: re.Match[str]) -> int | None:
        return texts.index(found.group()) if found.group() in texts else None

    return Spelling(kind, field, re.compile(pattern), forms, read)


def _bracket(found: re.Match[str], pair: str) -> str:
    return f"{pair[0]}{found.group()[1:-1]}{pair[1]}"


def _brackets(kind: str) -> Spelling:
    field = kind.partition(".")[0]
    forms = (lambda found: _bracket(found, "()"), lambda found: _bracket(found, "（）"))

    def read(found: re.Match[str]) -> int | None:
        return {"()": 0, "（）": 1}.get(found.group()[0] + found.group()[-1])

    return Spelling(kind, field, re.compile(r"[(（][^()（）]{1,30}[)）]"), forms, read)


def _gap(kind: str, pattern: str, space: str) -> Spelling:
    """Nothing or a space where the pattern's only group stands."""
    field = kind.partition(".")[0]

    def put(found: re.Match[str], between: str) -> str:
        at, bare = found.start(1) - found.start(), found.group()
        return bare[:at] + between + bare[at + len(found[1]) :]

    forms = (lambda found: put(found, ""), lambda found: put(found, space))
    return Spelling(kind, field, re.compile(pattern), forms, lambda found: int(bool(found[1])))


_BUILDING = re.compile(
    rf"(?<![0-9０-９A-Za-z\-])(?:({D}+)[栋幢]({D}+)单元({D}+)室|({D}+)-({D}+)-({D}+))(?![0-9０-９A-Za-z\-])"
)
_NUMBER = re.compile(rf"(?<=[路街道巷弄])(?:№({D}+)|({D}+)号)(?![0-9０-９A-Za-z\-楼院线店(（])")
_REMARK = re.compile(
    rf"^([^()（）]*号)([(（]{H}{{2,12}}[)）])?({H}*{D}[^()（）]*?)([(（]{H}{{2,12}}[)）])?$"
)
_THOUSAND = re.compile(r"(?<![0-9.,])([0-9]{1,3})(,?)([0-9]{3})(?![0-9,])")
_DAY = re.compile(r"^([0-9]{4})([-.])([0-9]{2})\2([0-9]{2})$")


def _compact(found: re.Match[str]) -> str:
    return "-".join(each for each in found.groups() if each)


def _to_end(found: re.Match[str]) -> str:
    before, remark, rest, after = found.groups()
    return f"{before}{rest}{remark}" if remark and not after else found.group()


def _remark_read(found: re.Match[str]) -> int | None:
    _, middle, _, end = found.groups()
    return None if bool(middle) == bool(end) else int(bool(end))


SPELLINGS: tuple[Spelling, ...] = (
    _gap("name.space", rf"^{H}(\s?){H}$", "\u3000"),
    _words("name.dot", "[·•]", ("·", "•")),
    Spelling(
        "id_valid_until.dot",
        "id_valid_until",
        _DAY,
        (lambda m: f"{m[1]}-{m[3]}-{m[4]}", lambda m: f"{m[1]}.{m[3]}.{m[4]}"),
        lambda m: "-.".index(m[2]),
    ),
    Spelling("address.order", "address", _REMARK, (_same, _to_end), _remark_read),
    Spelling(
        "address.building", "address", _BUILDING, (_same, _compact), lambda m: 0 if m[1] else 1
    ),
    Spelling(
        "address.number",
        "address",
        _NUMBER,
        (lambda m: f"{m[1] or m[2]}号", lambda m: f"№{m[1] or m[2]}"),
        lambda m: 1 if m[1] else 0,
    ),
    _gap("address.province", rf"^{H}{{2,7}}?(?:省|自治区)(\s?)(?={H})", " "),
    _gap("address.city", rf"^(?:{H}{{2,7}}?(?:省|自治区)\s?)?{H}{{2,6}}?市(\s?)(?={H})", " "),
    _gap(
        "address.district",
        rf"^(?:{H}{{2,7}}?(?:省|自治区)\s?)?{H}{{2,6}}?市\s?{H}{{1,5}}?[区县](\s?)(?={H}|{D})",
        " ",
    ),
    _brackets("address.bracket"),
    _widths("address.width", rf"{D}+"),
    _words("employer.company", "(?<!股份)(?:有限公司|有限责任公司)$", ("有限公司", "有限责任公司")),
    _brackets("employer.bracket"),
    _widths("employer.width", "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+"),
    Spelling(
        "monthly_income.comma",
        "monthly_income",
        _THOUSAND,
        (lambda m: f"{m[1]},{m[3]}", lambda m: f"{m[1]}{m[3]}"),
        lambda m: 0 if m[2] else 1,
    ),
    _words("monthly_income.dash", "(?<=[0-9])[–-](?=[0-9])", ("–", "-")),
    Spelling(
        "amount.cents",
        "amount",
        re.compile(r"^([0-9,]+)(\.00)?$"),
        (lambda m: f"{m[1]}.00", lambda m: m[1]),
        lambda m: 0 if m[2] else 1,
    ),
    Spelling(
        "amount.comma",
        "amount",
        re.compile(r"^([0-9]{1,3})(,?)([0-9]{3})(?![0-9,])"),
        (lambda m: f"{m[1]}{m[3]}", lambda m: f"{m[1]},{m[3]}"),
        lambda m: 1 if m[2] else 0,
    ),
)
"""Every kind, in the order of writing."""

BY_FIELD: dict[str, tuple[Spelling, ...]] = {
    name: tuple(each for each in SPELLINGS if each.field == name)
    for name in dict.fromkeys(each.field for each in SPELLINGS)
}
"""The kinds of each field that has any."""

SEND_BLOCK = "send.block"
"""The kind of the sending time, which is written by waiting (`marking.send_time`)."""

KINDS: tuple[str, ...] = (*(each.kind for each in SPELLINGS), SEND_BLOCK)
"""Every kind's name; `kind.partition(".")[0]` is its field."""
