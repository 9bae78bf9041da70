"""Whether what stands beside a hit lets it be the value, checked after decoding.

A digit run that goes on is another number; +86, 86- and 0086 are the country code; an e-mail needs
non-address characters on both sides.  In a binary frame the neighbours are lengths and tags, so a
length prefix that says exactly the value's length closes both sides.
"""

from __future__ import annotations

import re

from mingdai.audit.detecting.needles import Edge, Needle

_REACH = 24
_PRINTABLE = 0x20
_STRING_TAGS = b'"*2:BJRZ'
"""Protocol Buffers tags of length-delimited fields 4 to 11, which are printable characters."""

_COUNTRY = {"", "86", "0086"}
_FRACTION = re.compile(r"\.\d{1,8}(?![0-9A-Za-z])")
_WHOLE = re.compile(r"(?<![0-9A-Za-z])\d{1,8}\.$")
"""Eight digits beside a decimal point are an amount."""

_MASK_CHARACTERS = "*＊•●xX#○"
_WIDE_DIGITS = {ord("０") + n: str(n) for n in range(10)}


def stands_alone(data: bytes, start: int, end: int, needle: Needle) -> bool:
    """True where the bytes `data[start:end]` are the needle's value and not part of another."""
    check = _CHECKS[needle.edge]
    if end - start >= 4 and needle.edge in _FRAMEABLE and is_framed(data, start, end):
        return True
    if needle.charset in ("gbk", "big5") and not _on_character(data, start, end):
        return False
    if needle.charset.startswith("utf-16") and not _among_text(data, start, end, needle.charset):
        return False
    before, after = _neighbours(data, start, end, needle.charset)
    if needle.turned:
        before, after = after[::-1], before[::-1]
    hit = data[start:end]
    return check(before, after, hit, needle)


def is_framed(data: bytes, start: int, end: int) -> bool:
    """Whether a length of exactly `end - start` stands right before `start`."""
    size = end - start
    if size < 128 and data[start - 1 : start] == bytes([size]):
        tag = data[start - 2] if start >= 2 else 0
        if size < _PRINTABLE or tag < _PRINTABLE or tag in _STRING_TAGS:
            return True
    return any(
        start >= width and data[start - width : start] == size.to_bytes(width, order)
        for width in (2, 4)
        for order in ("big", "little")
    )


def _neighbours(data: bytes, start: int, end: int, charset: str) -> tuple[str, str]:
    if charset.startswith("utf-16"):
        left = data[max(0, start - 2 * _REACH) : start]
        after = data[end : end + 2 * _REACH]
        # A lone byte at either end is half of a character that was read at the wrong place.
        left = left if len(left) % 2 == 0 else b"\0" + left if charset[-2:] == "be" else left[1:]
        after = after if len(after) % 2 == 0 or charset[-2:] == "be" else after + b"\0"
        return left.decode(charset, "replace"), after.decode(charset, "replace")
    left, right = data[max(0, start - _REACH) : start], data[end : end + _REACH]
    if charset == "gbk":
        return left.decode("gbk", "replace"), right.decode("gbk", "replace")
    if charset == "utf-8" and not (left[-1:] + right[:1]).isascii():
        return left.decode("utf-8", "replace"), right.decode("utf-8", "replace")
    return left.decode("latin-1"), right.decode("latin-1")


def _run_before(text: str) -> str:
    text = text.translate(_WIDE_DIGITS)
    count = len(text) - len(text.rstrip("0123456789"))
    return text[len(text) - count :] if count else ""


def _starts_digit(text: str) -> bool:
    first = text[:1].translate(_WIDE_DIGITS)
    return first.isascii() and first.isdigit()


def _digits(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    del hit
    if needle.form == "first8" and (_FRACTION.match(after) or _WHOLE.search(before)):
        return False
    return not _starts_digit(after) and not _starts_digit(before[-1:])


def _mobile(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    del hit, needle
    return not _starts_digit(after) and _run_before(before) in _COUNTRY


def _groups(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    """A number written in groups: the same separator may not go on to further digits."""
    text = hit.decode(needle.charset or "latin-1", "replace")
    separators = [each for each in text if not each.isalnum()]
    separator = separators[0] if separators else " "
    if _starts_digit(after) or _run_before(before) not in _COUNTRY:
        return False
    if after[:1] == separator and _starts_digit(after[1:]):
        return False
    return before[-1:] != separator or _run_before(before[:-1]) in _COUNTRY


def _email(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    del hit, needle
    if re.search(r"[A-Za-z0-9._%+\-@]$", before):
        return False
    return not re.match(r"[A-Za-z0-9_\-@]|\.[A-Za-z0-9]", after)


def _word(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    del hit
    value = needle.value
    left = value[:1].isascii() and value[:1].isalnum() and re.search(r"[A-Za-z0-9]$", before)
    right = value[-1:].isascii() and value[-1:].isalnum() and re.match(r"[A-Za-z0-9]", after)
    return not left and not right


def _code(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    """A short code is a whole word of its own."""
    del hit, needle
    return not re.search(r"[A-Za-z0-9+/]$", before) and not re.match(r"[A-Za-z0-9+/=]", after)


def _any(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    del before, after, hit, needle
    return True


def _turned_name(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    """Reversed Chinese text stands alone: the same characters in running text are other words."""
    if _is_han(before[-1:]) or _is_han(after[:1]):
        return False
    return len(needle.value) >= 3 or (not before.strip() and not after.strip())


def _address(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    """The street of another district is another street; a number that goes on is another."""
    if re.match(r"[0-9]", after) and hit[-1:].isdigit():
        return False
    if before[-1:] not in ("区", "县", "市", "旗"):
        return True
    place = needle.value.find(before[-1:])
    return before[-2:] in needle.value if place >= 0 else False


def _name_mask(before: str, after: str, hit: bytes, needle: Needle) -> bool:
    del hit, needle
    shown = set(_MASK_CHARACTERS)
    return before[-1:] not in shown and after[:1] not in shown


def _is_han(text: str) -> bool:
    return bool(re.match(r"[\u3400-\u9fff]", text))


def _on_character(data: bytes, start: int, end: int) -> bool:
    """Whether a double-byte hit starts on a character, among bytes that read as text."""
    back = start
    while back > 0 and start - back < 64 and data[back - 1] >= 0x81:
        back -= 1
    if (start - back) % 2:
        return False
    return end - start > 6 or _reads_as_text(data, start, end, "gbk")


def _among_text(data: bytes, start: int, end: int, charset: str) -> bool:
    return end - start > 6 or _reads_as_text(data, start, end, charset)


def _reads_as_text(data: bytes, start: int, end: int, charset: str) -> bool:
    """Whether the twelve bytes around a very short hit are text too, or the data ends there."""
    reach = 12
    left = data[max(0, start - reach) : start]
    right = data[end : end + reach]
    if charset == "gbk":
        return _plain_share(left) >= 0.9 and _plain_share(right) >= 0.9
    left = left[len(left) % 2 :]
    text = left.decode(charset, "replace") + right[: len(right) // 2 * 2].decode(charset, "replace")
    return not text or sum(map(_plausible, text)) >= 0.9 * len(text)


def _plain_share(data: bytes) -> float:
    text = data.decode("gbk", "ignore")
    plain = sum(len(each.encode("gbk", "ignore")) for each in text if _plausible(each))
    return (plain + (len(data) < 2)) / max(len(data), 1) if data else 1.0


def _plausible(character: str) -> bool:
    return (
        character in "\t\r\n\0"
        or " " <= character <= "~"
        or ("\u4e00" <= character <= "\u9fa5" or character in "，。：；、！？（）·“”《》")
    )


_CHECKS = {
    Edge.ANY: _any,
    Edge.DIGITS: _digits,
    Edge.MOBILE: _mobile,
    Edge.GROUPS: _groups,
    Edge.EMAIL: _email,
    Edge.WORD: _word,
    Edge.CODE: _code,
    Edge.HAN: _any,
    Edge.TURNED_NAME: _turned_name,
    Edge.ADDRESS: _address,
    Edge.EMAIL_MASK: _any,
    Edge.NAME_MASK: _name_mask,
    Edge.SPLIT: _groups,
}
_FRAMEABLE = {Edge.DIGITS, Edge.MOBILE, Edge.EMAIL, Edge.WORD, Edge.HAN, Edge.ADDRESS}
