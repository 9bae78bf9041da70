"""Encoders, each written from its standard and from audit practice, none from the detector."""

from __future__ import annotations

import base64
import gzip
import html
import json
import quopri
import random
import zlib
from collections.abc import Callable
from urllib.parse import quote, quote_from_bytes

import brotli
import zstandard

Encoder = Callable[[bytes, random.Random], bytes]


def percent(data: bytes, rng: random.Random) -> bytes:
    return quote_from_bytes(data, safe="").encode()


def percent_all(data: bytes, rng: random.Random) -> bytes:
    case = "%%%02x" if rng.random() < 0.5 else "%%%02X"
    return "".join(case % byte for byte in data).encode()


def percent_twice(data: bytes, rng: random.Random) -> bytes:
    return quote(quote_from_bytes(data, safe=""), safe="").encode()


def json_escape(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    if text.isascii():
        return "".join(f"\\u{ord(each):04x}" for each in text).encode()
    return json.dumps(text).encode()


def entities(data: bytes, rng: random.Random) -> bytes:
    text = data.decode()
    if rng.random() < 0.5:
        return "".join(f"&#{ord(each)};" for each in text).encode()
    return "".join(f"&#x{ord(each):x};" for each in text).encode()


def b64(data: bytes, rng: random.Random) -> bytes:
    coded = base64.b64encode(data)
    return coded if rng.random() < 0.6 else coded.rstrip(b"=")


def b64url(data: bytes, rng: random.Random) -> bytes:
    coded = base64.urlsafe_b64encode(data)
    return coded if rng.random() < 0.4 else coded.rstrip(b"=")


def b64lines(data: bytes, rng: random.Random) -> bytes:
    coded = base64.b64encode(
        b'{"pad":"' + bytes(rng.choices(b"abcdefgh ", k=60)) + b'","v":"' + data + b'"}'
    )
    return b"\r\n".join(coded[i : i + 76] for i in range(0, len(coded), 76))


def b32(data: bytes, rng: random.Random) -> bytes:
    coded = base64.b32encode(data)
    coded = coded if rng.random() < 0.5 else coded.rstrip(b"=")
    return coded if rng.random() < 0.6 else coded.lower()


def hexed(data: bytes, rng: random.Random) -> bytes:
    return data.hex().encode() if rng.random() < 0.5 else data.hex().upper().encode()


def reverse(data: bytes, rng: random.Random) -> bytes:
    try:
        return data.decode()[::-1].encode()
    except UnicodeDecodeError:
        return data[::-1]


def gz(data: bytes, rng: random.Random) -> bytes:
    return gzip.compress(data, mtime=rng.randrange(1 << 31))


def zl(data: bytes, rng: random.Random) -> bytes:
    return zlib.compress(data, rng.choice((1, 6, 9)))


def deflate(data: bytes, rng: random.Random) -> bytes:
    return zlib.compress(data, rng.choice((1, 6, 9)), wbits=-15)


def br(data: bytes, rng: random.Random) -> bytes:
    return brotli.compress(data, quality=rng.choice((1, 5, 11)))


def zs(data: bytes, rng: random.Random) -> bytes:
    return zstandard.ZstdCompressor(level=rng.choice((1, 3, 9))).compress(data)


def qp(data: bytes, rng: random.Random) -> bytes:
    if data.isascii() and b"@" not in data:
        return b"".join(b"=%02X" % byte for byte in data)
    return quopri.encodestring(data, quotetabs=True).replace(b"@", b"=40")


def jwt(data: bytes, rng: random.Random) -> bytes:
    def part(raw: bytes) -> bytes:
        return base64.urlsafe_b64encode(raw).rstrip(b"=")

    payload = b'{"iat":%d,"sub":"%s"}' % (rng.randrange(10**9, 2 * 10**9), data)
    return b".".join((part(b'{"alg":"HS256","typ":"JWT"}'), part(payload), part(rng.randbytes(32))))


def in_json(data: bytes, rng: random.Random) -> bytes:
    return b'{"t":%d,"data":"%s","v":"1.0"}' % (rng.randrange(10**9), data)


def frame(data: bytes, rng: random.Random) -> bytes:
    """Length-prefixed frames or a Protocol Buffers message, with neighbours on both sides."""
    others = [rng.randbytes(rng.randint(3, 60)) for _ in range(rng.randint(1, 3))]
    others.insert(rng.randrange(len(others) + 1), data)
    style = rng.randrange(4)
    if style == 0:
        return b"".join(len(each).to_bytes(4, "big") + each for each in others)
    if style == 1:
        return b"".join(len(each).to_bytes(4, "little") + each for each in others)
    if style == 2:
        return b"".join(len(each).to_bytes(2, "big") + each for each in others)
    return b"".join(
        bytes((number << 3 | 2,)) + _varint(len(each)) + each
        for number, each in enumerate(others, 4)
    )


def grpc(data: bytes, rng: random.Random) -> bytes:
    message = b"\x0a" + _varint(len(data)) + data + b"\x10" + _varint(rng.randrange(10**6))
    return b"\0" + len(message).to_bytes(4, "big") + message


def cbor(data: bytes, rng: random.Random) -> bytes:
    """A CBOR map of names and values (RFC 8949): text where it is text, else a byte string."""

    def head(kind: int, size: int) -> bytes:
        if size < 24:
            return bytes((kind << 5 | size,))
        width = 1 if size < 1 << 8 else 2 if size < 1 << 16 else 4
        return bytes((kind << 5 | 23 + (1, 2, 4).index(width) + 1,)) + size.to_bytes(width, "big")

    def text(value: bytes) -> bytes:
        return head(3, len(value)) + value

    value = (text if _is_utf8(data) else lambda raw: head(2, len(raw)) + raw)(data)
    items = [(b"t", head(0, rng.randrange(1 << 31))), (b"ok", b"\xf5"), (b"event", text(b"apply"))]
    items.insert(rng.randrange(4), (rng.choice((b"m", b"phone", b"data")), value))
    return head(5, len(items)) + b"".join(text(name) + each for name, each in items)


def msgpack(data: bytes, rng: random.Random) -> bytes:
    """A MessagePack map: a string where it is text, else a binary."""

    def text(value: bytes) -> bytes:
        size = len(value)
        if size < 32:
            return bytes((0xA0 | size,)) + value
        return (b"\xd9%c" % size if size < 256 else b"\xda" + size.to_bytes(2, "big")) + value

    def binary(value: bytes) -> bytes:
        size = len(value)
        return (b"\xc4%c" % size if size < 256 else b"\xc5" + size.to_bytes(2, "big")) + value

    items = [(b"t", b"\xce" + rng.randbytes(4)), (b"ok", b"\xc3"), (b"event", text(b"apply"))]
    value = (text if _is_utf8(data) else binary)(data)
    items.insert(rng.randrange(4), (rng.choice((b"m", b"phone", b"data")), value))
    return bytes((0x80 | len(items),)) + b"".join(text(name) + each for name, each in items)


def bson(data: bytes, rng: random.Random) -> bytes:
    """A BSON document with a number, the value and a truth value (bsonspec.org)."""
    size = len(data)
    if _is_utf8(data):
        value = b"\x02m\0" + (size + 1).to_bytes(4, "little") + data + b"\0"
    else:
        value = b"\x05m\0" + size.to_bytes(4, "little") + b"\0" + data
    body = b"\x10t\0" + rng.randbytes(4) + value + b"\x08ok\0\1"
    return (len(body) + 5).to_bytes(4, "little") + body + b"\0"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def numeric_html(text: str) -> str:
    return html.escape(text)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


TEXT: dict[str, Encoder] = {
    "percent": percent,
    "percent-all": percent_all,
    "percent-twice": percent_twice,
    "json-escape": json_escape,
    "entities": entities,
    "base64": b64,
    "base64url": b64url,
    "base64-lines": b64lines,
    "base32": b32,
    "hex": hexed,
    "reverse": reverse,
    "quoted-printable": qp,
    "jwt": jwt,
    "json": in_json,
}
"""Encoders whose output is text (base64, base32, hex, percent and jwt take bytes)."""

BINARY: dict[str, Encoder] = {
    "gzip": gz,
    "zlib": zl,
    "deflate": deflate,
    "brotli": br,
    "zstd": zs,
    "frame": frame,
    "grpc": grpc,
    "cbor": cbor,
    "msgpack": msgpack,
    "bson": bson,
}
TAKES_BYTES = {"percent", "percent-all", "base64", "base64url", "base32", "hex", *BINARY}
RARE = {"base32", "deflate", "brotli", "zstd", "frame", "grpc", "quoted-printable", "base64-lines"}
RARE |= {"reverse", "entities", "percent-twice", "cbor", "msgpack", "bson"}
