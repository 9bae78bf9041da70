"""What of a person is sent: clear spellings, masks, digests; and deliberate disguises."""

from __future__ import annotations

import base64
import codecs
import hashlib
import random
from collections.abc import Callable

CORE_HASHES = ("md5", "sha1", "sha256")
RARE_HASHES = ("sha224", "sha384", "sha512", "sm3", "sha3_256")


def hashed(name: str, data: bytes) -> bytes:
    return hashlib.new(name, data).digest()


def clear(kind: str, value: str, rng: random.Random) -> tuple[str, bytes, str]:
    """Form name, bytes and tier."""
    roll = rng.random()
    if kind == "mobile" and roll < 0.35:
        style = rng.choice(("{a} {b} {c}", "{a}-{b}-{c}", "+86{v}", "86-{v}", "+86 {v}", "0086{v}"))
        text = style.format(a=value[:3], b=value[3:7], c=value[7:], v=value)
        return "formatted", text.encode(), "core"
    if kind == "email" and roll < 0.2:
        return "upper", value.upper().encode(), "core"
    if kind == "idno" and roll < 0.2:
        return "lower", value.lower().encode(), "core"
    if kind == "address" and roll < 0.4:
        area = max(value.find(each) for each in ("区", "县"))
        return "street", value[area + 1 :].encode(), "core"
    if kind in ("name", "address") and roll > 0.8:
        return "gbk", value.encode("gbk"), "rare"
    if roll > 0.95:
        charset = rng.choice(("utf-16-le", "utf-16-be"))
        return charset, value.encode(charset), "rare"
    return "plain", value.encode(), "core"


def masked(kind: str, value: str, rng: random.Random) -> tuple[str, bytes, str]:
    star = rng.choice("****xX#•")
    if kind == "mobile":
        if rng.random() < 0.3:
            return "first8", value[:8].encode(), "core"
        return "mask", (value[:3] + star * 4 + value[7:]).encode(), "core"
    if kind == "idno":
        return "mask", (value[:6] + "*" * 8 + value[14:]).encode(), "core"
    if kind == "email":
        local, _, domain = value.partition("@")
        return "mask", f"{local[:2]}***@{domain}".encode(), "core"
    if kind == "name" and len(value) == 3:
        return "mask", (value[0] + "*" + value[2]).encode(), "core"
    return clear(kind, value, rng)


def digest(kind: str, value: str, salts: list[str], rng: random.Random) -> tuple[str, bytes, str]:
    """The digest as hexadecimal text in either case, or raw."""
    data = value.encode()
    if kind == "email":
        data = rng.choice((value, value.lower(), value.upper())).encode()
    if kind == "mobile":
        data = rng.choice((value, value, "+86" + value, "86" + value, value[:8])).encode()
    if kind in ("name", "address") and rng.random() < 0.25:
        data = value.encode("gbk")
    tier = "core"
    how = rng.choice(("once", "once", "salted", "salted", "twice", "middle", "rare"))
    algorithm = rng.choice(CORE_HASHES)
    if how == "rare":
        tier, algorithm = "rare", rng.choice(RARE_HASHES)
    if how == "salted":
        salt = rng.choice(salts).encode()
        data = salt + data if rng.random() < 0.5 else data + salt
    if how == "twice":
        tier, inner = "rare", rng.choice(CORE_HASHES)
        text = hashed(inner, data).hex()
        data = (text if rng.random() < 0.8 else text.upper()).encode()
    raw = hashed("md5" if how == "middle" else algorithm, data)
    name = "md5-16" if how == "middle" else f"{algorithm}-{how}"
    raw = raw[4:12] if how == "middle" else raw
    if how != "middle" and rng.random() < 0.15:
        return f"raw-{name}", raw, "rare"
    text = raw.hex() if rng.random() < 0.6 else raw.hex().upper()
    return name, text.encode(), tier


def spaced(value: str, rng: random.Random) -> bytes:
    return rng.choice((" ", "-", ".", "\u200b", "\u200d", "_")).join(value).encode()


def wide(value: str, rng: random.Random) -> bytes:
    return "".join(
        chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in value
    ).encode()


def spoken(value: str, rng: random.Random) -> bytes:
    return "".join("零一二三四五六七八九"[int(e)] if e.isdigit() else e for e in value).encode()


def rotated(value: str, rng: random.Random) -> bytes:
    shift = rng.randint(1, 9)
    return "".join(str((int(e) + shift) % 10) if e.isdigit() else e for e in value).encode()


def rot13(value: str, rng: random.Random) -> bytes:
    return codecs.encode(value, "rot13").encode()


def xored(value: str, rng: random.Random) -> bytes:
    key = rng.randint(1, 255)
    return bytes(each ^ key for each in value.encode()).hex().encode()


def codes(value: str, rng: random.Random) -> bytes:
    return rng.choice((",", ", ", " ")).join(str(ord(each)) for each in value).encode()


def split(value: str, rng: random.Random) -> bytes:
    at = rng.randint(3, len(value) - 3)
    return f"p1={value[:at]}&p2={value[at:]}".encode()


def swapped(value: str, rng: random.Random) -> bytes:
    return base64.b64encode(value.encode()).swapcase()


EVASIONS: dict[str, tuple[Callable[[str, random.Random], bytes], set[str]]] = {
    "spaced": (spaced, {"mobile", "idno"}),
    "full-width": (wide, {"mobile", "idno", "email"}),
    "spoken": (spoken, {"mobile"}),
    "rotated": (rotated, {"mobile"}),
    "rot13": (rot13, {"email"}),
    "xor": (xored, {"mobile", "idno", "email", "address"}),
    "codes": (codes, {"mobile", "name", "email"}),
    "split": (split, {"mobile", "idno"}),
    "swapcase-base64": (swapped, {"mobile", "email"}),
}
