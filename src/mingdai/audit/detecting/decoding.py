"""One decoder per step name: a slice of bytes in, the bytes it stood for out.

Search and replay use the same table, so a finding's steps decode again exactly.  Decoders are
lenient, as a collecting server is: missing padding, either alphabet, stray line breaks.
"""

from __future__ import annotations

import binascii
import html
import re
from collections.abc import Callable

from mingdai.audit.detecting.unpacking import UNPACKERS

URL_SAFE = bytes.maketrans(b"-_", b"+/")
_BASE32 = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcdefghijklmnopqrstuvwxyz",
    b"0123456789abcdefghijklmnopqrstuv0123456789abcdefghijklmnop",
)
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
_NOT_BASE64 = bytes(set(range(256)) - set(_LETTERS))
_NOT_HEX = bytes(set(range(256)) - set(b"0123456789abcdefABCDEF"))
_ESCAPE = re.compile(
    rb"\\(?:u\{([0-9a-fA-F]{1,6})\}|((?:u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*))|x([0-9a-fA-F]{2})"
    rb"|([0-3][0-7]{2})|(.))",
    re.DOTALL,
)
_SIMPLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PERCENT_U = re.compile(rb"%u([0-9a-fA-F]{4})")
_PERCENT_RUN = re.compile(rb"(?:%[0-9a-fA-F]{2})+")
_PERCENT_BARE = re.compile(rb"%(?![0-9a-fA-F]{2})")
_ENTITY = re.compile(rb"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,30};)")
_NUMBER = re.compile(rb"\d{2,5}")


def unbase64(data: bytes) -> bytes:
    """Either alphabet, padding or none, line breaks anywhere; a last lone character is dropped."""
    bare = data.translate(URL_SAFE, _NOT_BASE64)
    if len(bare) % 4 == 1:
        bare = bare[:-1]
    return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))


def unbase32(data: bytes) -> bytes:
    """RFC 4648 §6, letters in either case, padding or none."""
    bare = data.rstrip(b"=").translate(_BASE32)
    bits = len(bare) * 5
    return (int(bare or b"0", 32) >> bits % 8).to_bytes(bits // 8, "big")


def unhex(data: bytes) -> bytes:
    """Hexadecimal in either case, separators between bytes allowed."""
    bare = re.sub(rb"0x|\\x", b"", data).translate(None, _NOT_HEX)
    return binascii.unhexlify(bare[: len(bare) // 2 * 2])


def unpercent(data: bytes) -> bytes:
    """RFC 3986 §2.1 and the %uXXXX of JavaScript's escape(); `+` stays."""
    # Where each % has its two digits, the C code for quoted-printable does the same at once.
    if b"%u" in data:
        data = _PERCENT_U.sub(lambda found: _character(int(found[1], 16)), data)
    if _PERCENT_BARE.search(data):
        return _PERCENT_RUN.sub(_unpercent_run, data)
    return binascii.a2b_qp(data.replace(b"=", b"=3D").replace(b"%", b"="))


def _unpercent_run(found: re.Match[bytes]) -> bytes:
    return binascii.unhexlify(found[0].replace(b"%", b""))


def unescape(data: bytes) -> bytes:
    r"""The escapes of JSON and JavaScript: \uXXXX with surrogates, \u{…}, \xXX, \n, \/."""
    return _ESCAPE.sub(_escaped, data)


def unentity(data: bytes) -> bytes:
    """HTML character references, numeric and named, as UTF-8."""
    return _ENTITY.sub(
        lambda found: html.unescape(found[0].decode("ascii")).encode("utf-8", "replace"), data
    )


def unquote_printable(data: bytes) -> bytes:
    """RFC 2045 §6.7, soft line breaks included."""
    return binascii.a2b_qp(data)


def uncode(data: bytes) -> bytes:
    """Character codes written as decimal numbers: 49,51,56."""
    return b"".join(_character(int(each)) for each in _NUMBER.findall(data))


def unturn(data: bytes) -> bytes:
    """Text written backwards."""
    return data[::-1]


def unwide_le(data: bytes) -> bytes:
    """UTF-16, little end first, as UTF-8."""
    return data[: len(data) // 2 * 2].decode("utf-16-le", "replace").encode()


def unwide_be(data: bytes) -> bytes:
    """UTF-16, big end first, as UTF-8."""
    return data[: len(data) // 2 * 2].decode("utf-16-be", "replace").encode()


def cut(data: bytes) -> bytes:
    """A frame's or part's content: the slice itself."""
    return data


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": unbase64,
    "base64url": unbase64,
    "jwt": unbase64,
    "base32": unbase32,
    "hex": unhex,
    "percent": unpercent,
    "json": unescape,
    "html-entity": unentity,
    "quoted-printable": unquote_printable,
    "char-codes": uncode,
    "reverse": unturn,
    "utf-16le": unwide_le,
    "utf-16be": unwide_be,
    "frame": cut,
}


def decode(name: str, data: bytes, limit: int) -> bytes | None:
    """Undo one step; None where the bytes are not that code.  `limit`: most bytes to unpack."""
    unpack = UNPACKERS.get(name)
    if unpack is not None:
        return unpack(data, limit)
    try:
        return DECODERS[name](data)
    except (binascii.Error, ValueError):
        return None


def _character(code: int) -> bytes:
    return chr(code).encode("utf-8", "replace") if code < 0x110000 else b""


def _escaped(found: re.Match[bytes]) -> bytes:
    braced, units, byte, octal, other = found.groups()
    if units:
        raw = binascii.unhexlify(units.replace(b"\\", b"").replace(b"u", b""))
        return raw.decode("utf-16-be", "replace").encode()
    if braced:
        return _character(int(braced, 16))
    if byte or octal:
        return bytes([int(byte, 16) if byte else int(octal, 8)])
    return _SIMPLE.get(other, other)
