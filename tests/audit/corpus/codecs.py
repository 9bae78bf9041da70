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
}
TAKES_BYTES = {"percent", "percent-all", "base64", "base64url", "base32", "hex", *BINARY}
RARE = {"base32", "deflate", "brotli", "zstd", "frame", "grpc", "quoted-printable", "base64-lines"}
RARE |= {"reverse", "entities", "percent-twice"}
