"""Masked values: 138****1234 gives the person away where enough is shown and all of it agrees.

At least 7 digits of a mobile, 8 of an identity number, 2 characters of a name, the first 2 of an
e-mail's local part with its domain.  A mask of the full length must agree place by place; a shorter
one must agree from both ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from mingdai.audit.detecting.identity import Kind, Planted
from mingdai.audit.detecting.needles import Edge, Needle, quoted
from mingdai.audit.detecting.spelling import core_of

SHOWN_AT_LEAST = {Kind.MOBILE: 7, Kind.ID_NUMBER: 8, Kind.DIGITS: 10}
"""Digits that must be shown for a mask to count; those of a general number are our policy."""

MASKS = (
    "*",
    "＊",
    "•",
    "●",
    "x",
    "X",
    "#",
    "×",
    "∗",
    "○",
    "?",
    "_",
    "■",
    "█",
    "☆",
    "★",
    "·",
    "…",
    "某",
)
_WIDE = re.compile("|".join(map(re.escape, (each for each in MASKS if not each.isascii()))))
_NAME_MASKS = ("*", "＊", "•", "●", "x", "X", "#", "×", "○", "_", "?", "·", "■", "☆")
_REACH = 48
_TOKENS = {
    symbol: re.compile(
        rf"[Xx]?[0-9{re.escape(symbol)}]+(?:[ -][0-9{re.escape(symbol)}]+){{0,4}}[Xx]?"
    )
    for symbol in "*xX#?_"
}

_COMMON = ("x", "X", "#", "?", "_")
"""Mask characters that stand beside digits in any code: they count after three digits."""

MaskToken = tuple[int, int, str, str]


def mask_trigger() -> bytes:
    """A regular expression that ends inside every mask of digits."""
    plain = _twice([each for each in MASKS if each not in _COMMON])
    common = _twice([each for each in _COMMON if each != "_"])
    run = _twice([each for each in MASKS if each != "_"])
    return rb"\d[ -]?" + plain + rb"|\d{3}[ -]?" + common + rb"|" + run + rb"[ -]?\d{4}"


def _twice(symbols: Sequence[str]) -> bytes:
    return b"(?:" + b"|".join(quoted(each.encode()) for each in symbols) + b"){2}"


def mask_tokens(data: bytes, at: int) -> list[MaskToken]:
    """The masks of digits near `at`: start, end, the mask's character, and the token itself."""
    begin = max(0, at - _REACH)
    plain, back = _narrow(data[begin : at + _REACH])
    return [
        (begin + back[found.start()], begin + back[found.end()], symbol, found[0])
        for symbol, pattern in _TOKENS.items()
        if symbol in plain
        for found in pattern.finditer(plain)
        if symbol in found[0]
    ]


def masked_digits(tokens: list[MaskToken], planted: Planted) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of hidden digits of each token that is a mask of the value."""
    core = core_of(planted)
    for start, end, symbol, token in tokens:
        hidden = _hidden(token, symbol, core, SHOWN_AT_LEAST[planted.kind])
        if hidden is not None:
            yield start, end, hidden


def _narrow(raw: bytes) -> tuple[str, Sequence[int]]:
    """The window with every wide mask character as `*`, and where each character began."""
    if raw.isascii():
        return raw.decode("ascii"), range(len(raw) + 1)
    text = raw.decode("utf-8", "surrogateescape")
    back, position = [], 0
    for each in text:
        back.append(position)
        position += len(each.encode("utf-8", "surrogateescape"))
    return _WIDE.sub("*", text), [*back, position]


def _hidden(token: str, symbol: str, core: str, least: int) -> int | None:
    """How many characters the token hides of `core`; None where it is not its mask."""
    bare = re.sub(r"[ -]", "", token)
    readings = [bare, bare[::-1], bare.lstrip("Xx")]
    readings += [bare.removeprefix(code) for code in ("86", "0086") if bare.startswith(code)]
    for rest in dict.fromkeys(readings):
        hidden = _agreement(rest, symbol, core.upper()) if symbol in rest else None
        if hidden and len(core) - hidden >= least:
            return hidden
    return None


def _agreement(token: str, symbol: str, core: str) -> int | None:
    for text in (token, token[:-1] if token[-1:] in "Xx" and symbol not in "Xx" else token):
        if len(text) == len(core):
            pairs = list(zip(text, core, strict=True))
            if all(shown.upper() == true or shown == symbol for shown, true in pairs):
                return sum(
                    shown == symbol and (symbol not in "xX" or true != "X") for shown, true in pairs
                )
        run = re.fullmatch(rf"(\d*){re.escape(symbol)}{{2,}}(\d*[Xx]?)", text)
        if run is None or len(text) >= len(core):
            continue
        hidden = len(core) - len(run[1]) - len(run[2])
        if hidden > 0 and core.startswith(run[1]) and core.endswith(run[2].upper()):
            return hidden
    return None


def mask_needles(planted: Planted) -> Iterator[Needle]:
    """Regular expressions for the masks of a name or an e-mail."""
    if planted.kind is Kind.NAME:
        yield from _name_masks(planted)
    if planted.kind is Kind.EMAIL:
        local, _, domain = planted.value.partition("@")
        if len(local) > 2:
            symbols = b"(?:" + b"|".join(quoted(m.encode()) for m in MASKS) + b")"
            near = rb"[A-Za-z0-9._%+\-]{0,40}"
            pattern = symbols + near + quoted(b"@" + domain.encode())
            yield Needle(planted.field, planted.value, pattern, 0, "mask", Edge.EMAIL_MASK)
            back = quoted(f"@{domain}"[::-1].encode()) + near + symbols
            turned = ("reverse",)
            yield Needle(
                planted.field, planted.value, back, 0, "mask", Edge.EMAIL_MASK, turned, turned=True
            )


def masked_email(data: bytes, end: int, value: str) -> int | None:
    """Where a masked e-mail that ends at `end` starts, if all it shows agrees with `value`."""
    begin = max(0, end - 200)
    text = data[begin:end].decode("utf-8", "replace")
    after = data[end : end + 2].decode("latin-1")
    local, _, domain = value.partition("@")
    symbols = "".join(map(re.escape, MASKS))
    found = re.search(
        rf"(?<![A-Za-z0-9._%+\-])([A-Za-z0-9._%+\-]{{2,}}?)([{symbols}]+)([A-Za-z0-9._%+\-]*)@"
        + re.escape(domain)
        + "$",
        text,
        re.IGNORECASE,
    )
    if not found or re.match(r"[A-Za-z0-9_-]|\.[A-Za-z0-9]", after):
        return None
    head, tail, whole = found[1].lower(), found[3].lower(), local.lower()
    agrees = whole.startswith(head) and whole.endswith(tail) and len(head) + len(tail) < len(whole)
    return end - len(text[found.start() :].encode()) if agrees else None


def turned_email(data: bytes, end: int, value: str) -> tuple[int, int] | None:
    """Start and end of a masked e-mail written backwards, of which a mask ends at `end`."""
    low = max(0, end - 200)
    piece = data[low : end + _REACH][::-1]
    domain = b"@" + value.partition("@")[2].lower().encode()
    at = piece.lower().find(domain)
    begin = masked_email(piece, at + len(domain), value) if at >= 0 else None
    if begin is None:
        return None
    high = low + len(piece)
    return high - at - len(domain), high - begin


def _name_masks(planted: Planted) -> Iterator[Needle]:
    name = planted.value
    if not 3 <= len(name) <= 5:
        return
    for hidden in range(1, len(name) - 1):
        for places in combinations(range(len(name)), hidden):
            for charset in ("utf-8", "gbk", "utf-16-le", "utf-16-be"):
                pattern = b"".join(
                    _symbols(charset) if i in places else quoted(each.encode(charset))
                    for i, each in enumerate(name)
                )
                steps = () if charset == "utf-8" else (charset,)
                yield Needle(
                    planted.field, name, pattern, 0, "mask", Edge.NAME_MASK, steps, charset
                )
            back = b"".join(
                _symbols("utf-8") if i in places else quoted(name[i].encode())
                for i in reversed(range(len(name)))
            )
            turned = ("reverse",)
            yield Needle(
                planted.field, name, back, 0, "mask", Edge.NAME_MASK, turned, "utf-8", turned=True
            )


def _symbols(charset: str) -> bytes:
    encoded = (each.encode(charset, "ignore") for each in _NAME_MASKS)
    return b"(?:" + b"|".join(quoted(each) for each in encoded if each) + b")"
