"""How each kind of value is written in clear: formats, character sets, reversals.

Sources: separators of GB/T 15834 and common forms; country code 86 (ITU-T E.164); GBK and UTF-16
as Chinese back ends still send them.  Deliberate disguises are in `disguising`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingdai.audit.detecting.identity import Kind, Planted, national_mobile
from mingdai.audit.detecting.needles import Edge, Needle, literal

_SEPARATORS = (" ", "-", ".", "_", "/", "+", "·", "\u00a0", "\u2009", "\u3000", "－", "—", "–", "‑")
_GROUPS = {
    Kind.MOBILE: ((3, 4, 4), (4, 4, 3), (3, 3, 5), (3, 2, 2, 2, 2), (3, 8), (4, 3, 4), (5, 6)),
    Kind.ID_NUMBER: ((6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4), (6, 4, 2, 2, 4), (4, 4, 4, 4, 2)),
}
_ADMIN = re.compile(
    r"^(?:中国)?(?:[^省市区县]{2,6}?(?:省|自治区|特别行政区))?"
    r"(?:[^省市区县]{2,8}?(?:市|自治州|地区|盟))?(?:[^市区县路街号]{1,8}?(?:区|县|旗|市))?"
)
_TO_NUMBER = re.compile(r"^.*?\d+(?:[-－之]\d+)?(?:号|弄|幢|栋|楼|室)?")
EDGES = {
    Kind.MOBILE: Edge.MOBILE,
    Kind.ID_NUMBER: Edge.DIGITS,
    Kind.DIGITS: Edge.DIGITS,
    Kind.EMAIL: Edge.EMAIL,
    Kind.NAME: Edge.HAN,
    Kind.ADDRESS: Edge.ADDRESS,
    Kind.TEXT: Edge.WORD,
}
_TOO_SHORT = {Kind.DIGITS: 6, Kind.TEXT: 4}
_SHORT = 5
"""A value of so few bytes is searched for in hexadecimal too: such short tokens are not opened."""


def core_of(planted: Planted) -> str:
    """The part of a value that gives the person away, "" where the value is too common to search.

    A mobile without its country code; an address from its street to its number.
    """
    value = planted.value
    if planted.kind is Kind.MOBILE:
        return national_mobile(value)
    if planted.kind is Kind.ADDRESS:
        return street_of(value)
    if planted.kind is Kind.TEXT and not value.isascii():
        return value if len(value) >= 3 else ""
    return value if len(value) >= _TOO_SHORT.get(planted.kind, 0) else ""


def street_of(address: str) -> str:
    """The street-and-number part: without province, city and district, up to the first number."""
    compact = re.sub(r"\s+", "" if not address.isascii() else " ", address)
    rest = _ADMIN.sub("", compact, count=1)
    rest = rest if len(rest) >= 3 else compact
    found = _TO_NUMBER.match(rest)
    return found[0] if found and len(found[0]) >= 3 else rest


def clear_needles(planted: Planted) -> Iterator[Needle]:
    """Every clear spelling of one value, in every character set it may travel in."""
    core = core_of(planted)
    if not core:
        return
    edge = EDGES[planted.kind]
    yield from _in_charsets(planted, core, "plain", edge)
    for text, form in _formats(planted, core):
        wanted = Edge.GROUPS if planted.kind in _GROUPS else edge
        yield from _in_charsets(planted, text, form, wanted)
    if planted.kind is Kind.MOBILE:
        yield from _in_charsets(planted, core[:8], "first8", Edge.DIGITS)


def _formats(planted: Planted, core: str) -> Iterator[tuple[str, str]]:
    for groups in _GROUPS.get(planted.kind, ()):
        cut = [core[sum(groups[:i]) : sum(groups[: i + 1])] for i in range(len(groups))]
        common = groups in ((3, 4, 4), (6, 8, 4))
        for separator in _SEPARATORS if common else _SEPARATORS[:3]:
            yield separator.join(cut), "formatted"
    if planted.kind is Kind.ADDRESS:
        spaced = re.sub(r"(\d+)", r" \1 ", core).strip()
        for text in (spaced, re.sub(r" (?=\D)", "", spaced), re.sub(r"(?<=\D) ", "", spaced)):
            if text != core:
                yield text, "formatted"
                yield text.replace(" ", "+"), "formatted"
    if planted.kind is Kind.NAME and "·" in core:
        for dot in ("•", "・", ".", " ", "．"):
            yield core.replace("·", dot), "formatted"
    if planted.kind in (Kind.TEXT, Kind.NAME) and " " in core:
        yield core.replace(" ", "+"), "formatted"


def _in_charsets(planted: Planted, text: str, form: str, edge: Edge) -> Iterator[Needle]:
    key = (planted.field, planted.value)
    for charset in ("utf-8", "gbk", "utf-16-le", "utf-16-be", "big5"):
        if charset in ("gbk", "big5") and (text.isascii() or len(text) < 2 + (charset == "big5")):
            continue
        try:
            data = text.encode(charset)
        except UnicodeEncodeError:
            continue
        steps = () if charset == "utf-8" else (charset.replace("-16-", "-16"),)
        yield literal(key, data, form, edge, steps=steps, charset=charset)
        if len(data) <= _SHORT:
            yield literal(key, data.hex().encode(), form, Edge.CODE, steps=("hex", *steps))
        yield from _turned(planted, text, form, edge, charset)


def _turned(planted: Planted, text: str, form: str, edge: Edge, charset: str) -> Iterator[Needle]:
    """The value written backwards, by character and (where that differs) by byte."""
    key = (planted.field, planted.value)
    if charset == "big5":
        return
    turned = text[::-1].encode(charset)
    by_byte = text.encode(charset)[::-1]
    steps = ("reverse",) if charset == "utf-8" else ("reverse", charset.replace("-16-", "-16"))
    wide = not text.isascii()
    if turned != text.encode(charset):
        turned_edge = Edge.TURNED_NAME if wide and planted.kind is Kind.NAME else edge
        yield literal(key, turned, form, turned_edge, steps=steps, charset=charset, turned=True)
    if by_byte != turned and len(by_byte) >= 6:
        swapped = {"utf-16-le": "utf-16-be", "utf-16-be": "utf-16-le"}.get(charset, "bytes")
        yield literal(key, by_byte, form, edge, steps=steps, charset=swapped, turned=True)
