"""Deliberate disguises of a value that no decoder undoes: shifted, spelled out, padded, split.

Each is a byte string computed beforehand, so that searching costs nothing more.  Only values long
enough not to occur by chance are disguised.  Not covered: a disguise with an unknown long key.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from mingdai.audit.detecting.coding import coded
from mingdai.audit.detecting.identity import Kind, Planted
from mingdai.audit.detecting.needles import Edge, Needle, literal, quoted
from mingdai.audit.detecting.spelling import core_of

_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
_FILLERS = (*_INVISIBLE, *" -.,_|/:;+~\t\u00a0\u3000·、")
_SPOKEN = (
    "零一二三四五六七八九",
    "〇一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "零幺二三四五六七八九",
    "〇幺二三四五六七八九",
    "○一二三四五六七八九",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫",
    "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "₀₁₂₃₄₅₆₇₈₉",
)
_GAP = rb"(?:[^0-9\n]|[^0-9\n][^\n]{0,30}[^0-9\n])"
_ONE_EACH = rb"[^0-9\n]"
_KEYCAP = "\ufe0f\u20e3"
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIGITS = {Kind.MOBILE, Kind.ID_NUMBER, Kind.DIGITS}


def disguised_needles(planted: Planted) -> Iterator[Needle]:
    """Every disguise of one value; nothing for a value too short to disguise safely."""
    core = core_of(planted)
    if len(core.encode()) < 6:
        return
    key = (planted.field, planted.value)
    for text, step in _texts(planted, core):
        edge = Edge.DIGITS if text[:1].isdigit() and text[-1:].isdigit() else Edge.ANY
        for charset in ("utf-8", "gbk"):
            if charset == "gbk" and text.isascii():
                continue
            try:
                data = text.encode(charset)
            except UnicodeEncodeError:
                continue
            yield literal(key, data, "disguised", edge, steps=(step,), charset=charset)
            if text.isascii() and len(text) >= 8:
                yield literal(key, data[::-1], "disguised", edge, steps=("reverse", step))
    for code in coded(planted, core):
        edge = Edge.CODE if code.stands_alone else Edge.ANY
        more = {"steps": (code.step,), "exact": code.exact}
        yield literal(key, code.data, "disguised", edge, **more)
    if planted.kind in (Kind.MOBILE, Kind.ID_NUMBER):
        yield from _split_needles(planted, core)


def _texts(planted: Planted, core: str) -> Iterator[tuple[str, str]]:
    fillers = _FILLERS if planted.kind in _DIGITS else (*_INVISIBLE, *" -|_*/")
    for filler in fillers:
        if len(core) >= 3 or filler in _INVISIBLE:
            yield filler.join(core), "spaced"
    if core.isascii():
        yield core.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}), "full-width"
    if planted.kind in _DIGITS:
        yield from _spelled(core)
    if planted.kind is Kind.EMAIL:
        yield from _obfuscated(core)
    if any(each.isalpha() and each.isascii() for each in core) and planted.kind not in _DIGITS:
        yield codecs.encode(core, "rot13"), "rot13"
        yield _atbash(core), "atbash"
        for shift in range(1, 26):
            if shift != 13:
                yield _caesar(core, shift), f"caesar+{shift}"
    if not core.isascii():
        for joint in (",", ", ", " ", "-", ";"):
            yield joint.join(str(ord(each)) for each in core), "char-codes"
            yield joint.join(f"{ord(each):x}" for each in core), "char-codes"
    if core.isascii():
        yield "".join(_rot47(each) for each in core), "rot47"


def _spelled(core: str) -> Iterator[tuple[str, str]]:
    for alphabet in _SPOKEN:
        yield "".join(alphabet[int(each)] if each.isdigit() else each for each in core), "spoken"
    for joint in ("", " ", "-", ","):
        yield joint.join(_WORDS[int(e)] if e.isdigit() else e for e in core), "spoken"
    if not core.isdigit():
        return
    for shift in range(1, 10):
        yield "".join(str((int(each) + shift) % 10) for each in core), f"digits+{shift}"
    yield "".join(str(9 - int(each)) for each in core), "nines complement"
    for first in ("a", "A", "k"):
        yield "".join(chr(ord(first) + int(each)) for each in core), "letters for digits"
    yield "".join(each + _KEYCAP for each in core), "keycaps"
    if len(core) >= 11:
        yield f"0x{int(core):x}", "integer"
        yield f"{int(core):b}", "binary"


def _obfuscated(core: str) -> Iterator[tuple[str, str]]:
    local, _, domain = core.partition("@")
    for at in (
        "(at)",
        "[at]",
        " at ",
        " (at) ",
        " [at] ",
        "＠",
        "#",
        "{at}",
        "_at_",
        "-at-",
        "$",
        "!",
    ):
        yield f"{local}{at}{domain}", "at"
        for dot in (" dot ", "(dot)", "[dot]", " (dot) ", " [dot] ", "_dot_", "-dot-", "{dot}"):
            yield f"{local}{at}{domain}".replace(".", dot), "at"


def _split_needles(planted: Planted, core: str) -> Iterator[Needle]:
    """A long number cut in two or three, the parts within a few bytes: a=1990001&b=2345.

    Or with a character of its own behind each digit: 1x9y9z.
    """
    raw = core.encode()
    cuts: list[tuple[int, ...]] = [(cut,) for cut in range(3, len(raw) - 2)]
    third = len(raw) // 3
    cuts += [(3, 7), (4, 7), (4, 8), (3, 6)] if len(raw) < 15 else [(6, 14), (6, 10)]
    cuts.append((third, 2 * third))
    for places in dict.fromkeys(cuts):
        parts = [raw[a:b] for a, b in zip((0, *places), (*places, len(raw)), strict=True)]
        pattern = _GAP.join(map(quoted, parts))
        yield Needle(planted.field, planted.value, pattern, 0, "disguised", Edge.SPLIT, ("split",))
    loose = _ONE_EACH.join(quoted(bytes([each])) for each in raw)
    yield Needle(planted.field, planted.value, loose, 0, "disguised", Edge.GROUPS, ("spaced",))


def _rot47(character: str) -> str:
    code = ord(character)
    return chr(33 + (code - 33 + 47) % 94) if 33 <= code <= 126 else character


def _caesar(text: str, shift: int) -> str:
    def turn(each: str) -> str:
        if not (each.isascii() and each.isalpha()):
            return each
        base = ord("a") if each.islower() else ord("A")
        return chr(base + (ord(each) - base + shift) % 26)

    return "".join(map(turn, text))


def _atbash(text: str) -> str:
    def turn(each: str) -> str:
        if not (each.isascii() and each.isalpha()):
            return each
        return chr((ord("a") if each.islower() else ord("A")) * 2 + 25 - ord(each))

    return "".join(map(turn, text))
