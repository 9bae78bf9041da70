"""Codes that are searched for whole, because the detector undoes no such code step by step.

Base58, base85, base32 in other alphabets, uuencode, XOR with a short key, numbers in other bases.
Each is a byte string computed beforehand, so that searching costs nothing more; a value inside a
longer text in one of these codes is not seen.
"""

from __future__ import annotations

import base64
import binascii
import codecs
from collections.abc import Iterator
from typing import NamedTuple

from mingdai.audit.detecting.identity import Kind, Planted

_CODED_FROM = 10
_BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_FLICKR = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_SIXTYTWO = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
)
_THIRTYSIX = "0123456789abcdefghijklmnopqrstuvwxyz"
_RFC32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_BASE32S = {
    "base32hex": b"0123456789ABCDEFGHIJKLMNOPQRSTUV",
    "z-base-32": b"ybndrfg8ejkmcpqxot1uwisza345h769",
    "base32 of Crockford": b"0123456789ABCDEFGHJKMNPQRSTVWXYZ",
}
_RFC64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE64S = (
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/",
    b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/",
    b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_",
)


class Code(NamedTuple):
    """One coded value; `exact` where case counts, `stands_alone` where it is short."""

    data: bytes
    step: str
    exact: bool = False
    stands_alone: bool = False


def coded(planted: Planted, core: str) -> Iterator[Code]:
    """Every code of one value."""
    raw = core.encode()
    for key in range(1, 256):
        yield Code(bytes(each ^ key for each in raw), f"xor {key:#04x}")
    for text in (raw, raw.hex().encode()):
        for shift in range(3):
            yield from _base64s(text[shift:])
    if len(raw) >= _CODED_FROM:
        yield from _whole(raw)
    if planted.kind is Kind.MOBILE:
        yield from _numbers(int(core))


def _base64s(text: bytes) -> Iterator[Code]:
    """Base64 with its letters in the other case, turned by thirteen, or in another order."""
    whole = base64.b64encode(text[: len(text) // 3 * 3])
    if len(whole) >= _CODED_FROM:
        yield Code(whole.swapcase(), "base64 in the other case", exact=True)
        yield Code(codecs.encode(whole.decode(), "rot13").encode(), "base64 rot13", exact=True)
        for alphabet in _BASE64S:
            other = whole.translate(bytes.maketrans(_RFC64, alphabet))
            yield Code(other, "base64 in another alphabet", exact=True)


def _whole(raw: bytes) -> Iterator[Code]:
    """Codes in which a value looks as here only where nothing stands before it."""
    number = int.from_bytes(raw, "big")
    for alphabet, step in ((_BITCOIN, "base58"), (_FLICKR, "base58"), *_named(_SIXTYTWO, "base62")):
        yield Code(_in_base(number, alphabet), step, exact=True)
    even = raw[: len(raw) // 4 * 4]
    yield Code(base64.b85encode(even), "base85", exact=True)
    yield Code(base64.a85encode(even), "ascii85", exact=True)
    fives = base64.b32encode(raw[: len(raw) // 5 * 5])
    for step, letters in _BASE32S.items():
        yield Code(fives.translate(bytes.maketrans(_RFC32, letters)), step)
    lines = binascii.b2a_uu(raw[:45])[1:-1]
    yield Code(lines[: len(raw[:45]) // 3 * 4], "uuencode", exact=True)
    bits = [f"{each:08b}" for each in raw]
    for joint in ("", " ", ","):
        yield Code(joint.join(bits).encode(), "binary")


def _numbers(number: int) -> Iterator[Code]:
    """A number in other bases, and as it stands in binary messages."""
    yield Code(number.to_bytes(8, "big"), "integer")
    yield Code(number.to_bytes(8, "little"), "integer")
    yield Code(_varint(number), "varint")
    yield Code(_in_base(number, _THIRTYSIX), "base36", stands_alone=True)
    yield Code(f"{number:x}".encode(), "integer", stands_alone=True)
    for alphabet in _SIXTYTWO:
        yield Code(_in_base(number, alphabet), "base62", exact=True, stands_alone=True)


def _named(alphabets: tuple[str, ...], name: str) -> list[tuple[str, str]]:
    return [(each, name) for each in alphabets]


def _in_base(number: int, alphabet: str) -> bytes:
    digits = ""
    while number:
        number, digit = divmod(number, len(alphabet))
        digits = alphabet[digit] + digits
    return digits.encode()


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))
