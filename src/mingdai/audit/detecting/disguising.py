"""Deliberate disguises of a value that no decoder undoes: shifted, spelled out, padded, XORed.

Each is a byte string computed beforehand, so that searching costs nothing more.  Only values long
enough not to occur by chance are disguised.  Not covered: a disguise with an unknown long key.
"""

from __future__ import annotations

import base64
import codecs
from collections.abc import Iterator

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
)
_GAP = rb"(?:[^0-9\n]|[^0-9\n][^\n]{0,30}[^0-9\n])"
_CODED_FROM = 10
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
            data = text.encode(charset, "ignore")
            yield literal(key, data, "disguised", edge, steps=(step,), charset=charset)
            if text.isascii() and len(text) >= 8:
                yield literal(key, data[::-1], "disguised", edge, steps=("reverse", step))
    for data, step in _bytes(planted, core):
        exact = step.startswith("base64")
        yield literal(key, data, "disguised", Edge.ANY, steps=(step,), exact=exact)
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
    number = int(core)
    if len(core) >= 11:
        yield f"0x{number:x}", "integer"
        yield f"{number:b}", "binary"


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


def _bytes(planted: Planted, core: str) -> Iterator[tuple[bytes, str]]:
    raw = core.encode()
    for key in range(1, 256):
        yield bytes(each ^ key for each in raw), f"xor {key:#04x}"
    for text in (raw, raw.hex().encode()):
        for shift in range(3):
            yield from _recased(text[shift:])
    if planted.kind is Kind.MOBILE:
        number = int(core)
        yield number.to_bytes(8, "big"), "integer"
        yield number.to_bytes(8, "little"), "integer"
        yield _varint(number), "varint"


def _recased(text: bytes) -> Iterator[tuple[bytes, str]]:
    """Base64 with its letters in the other case, or turned by thirteen."""
    whole = base64.b64encode(text[: len(text) // 3 * 3])
    if len(whole) >= _CODED_FROM:
        yield whole.swapcase(), "base64 in the other case"
        yield codecs.encode(whole.decode(), "rot13").encode(), "base64 rot13"


def _split_needles(planted: Planted, core: str) -> Iterator[Needle]:
    """A long number cut in two, both parts within a few bytes: a=1990001&b=2345."""
    raw = core.encode()
    for cut in range(3, len(raw) - 2):
        pattern = quoted(raw[:cut]) + _GAP + quoted(raw[cut:])
        yield Needle(planted.field, planted.value, pattern, 0, "disguised", Edge.SPLIT, ("split",))


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


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
