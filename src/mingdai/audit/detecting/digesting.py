"""Every digest of a planted value that somebody holding the same value could compute.

H(value), H(salt + value), H(value + salt), HMAC, H(H'(value)), over raw and normalised values, and
the middle 16 characters of an MD5.  Looked up by the raw digest, so that hexadecimal in any case
and base64 of the raw bytes are the same entry.  SM3: GB/T 32905-2016.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mingdai.audit.detecting.identity import Identity, Kind, Planted, national_mobile
from mingdai.audit.detecting.sm3 import sm3
from mingdai.audit.detecting.spelling import core_of

Digest = Callable[[bytes], bytes]

_CORE = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sm3")
_OTHER = (
    "sha3_224",
    "sha3_256",
    "sha3_384",
    "sha3_512",
    "sha512_256",
    "sha512_224",
    "ripemd160",
    "blake2b",
    "blake2s",
)
_JOINTS = (b"", b":", b"|", b"_", b"-", b"&", b"#", b".", b",", b"@", b" ", b"$", b"+", b"/", b";")
DIGEST_SIZES = (8, 16, 20, 28, 32, 48, 64)
"""Bytes of the digests looked up; 8 is the middle of an MD5."""

MD5_MIDDLE = slice(8, 24)


@dataclass(frozen=True, slots=True)
class Source:
    """Which value a digest is of, and how it was made (outermost step first)."""

    field: str
    value: str
    steps: tuple[str, ...]
    form: str


def digest_functions() -> dict[str, Digest]:
    """The digests this machine can compute; SM3 always, others as OpenSSL has them."""
    functions: dict[str, Digest] = {}
    for name in (*_CORE, *_OTHER):
        if name == "sm3" and name not in hashlib.algorithms_available:
            functions[name] = sm3
            continue
        if name in hashlib.algorithms_available and _works(name):
            functions[name] = _plain(name)
    return functions


def known_digests(identity: Identity) -> dict[bytes, Source]:
    """All digests of all planted values, by raw digest; an MD5's middle by its eight bytes."""
    functions = digest_functions()
    table: dict[bytes, Source] = {}
    for planted in identity.planted:
        for raw, note in dict(_variants(planted)).items():
            deep = note != "spelling"
            for digest, steps in _digests(raw, functions, identity.salts if deep else ()):
                form = "hash of first8" if note == "first8" else "hash"
                table.setdefault(digest, Source(planted.field, planted.value, steps, form))
    return table


def _works(name: str) -> bool:
    try:
        hashlib.new(name, b"", usedforsecurity=False)
    except ValueError:
        return False
    return True


def _plain(name: str) -> Digest:
    return lambda data: hashlib.new(name, data, usedforsecurity=False).digest()


def _digests(
    raw: bytes, functions: dict[str, Digest], salts: tuple[bytes, ...]
) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    for inner, compute in functions.items():
        digest = compute(raw)
        yield from _with_middle(digest, (inner,))
        yield from _doubled(digest, (inner,), functions)
        if inner in _CORE:
            twice = compute(digest.hex().encode())
            yield from _with_middle(compute(twice.hex().encode()), (inner, inner, inner))
        for salt in salts:
            for salted, how in _salted(raw, salt):
                again = compute(salted)
                yield from _with_middle(again, (inner, how))
                if how in ("salt before", "salt after") and inner in _CORE:
                    yield from _doubled(again, (inner, how), {n: functions[n] for n in _CORE})
            if inner not in ("sm3", *_OTHER):
                yield hmac.digest(salt, raw, inner), (f"hmac-{inner}",)
                yield hmac.digest(raw, salt, inner), (f"hmac-{inner}", "value as key")
            yield from _salted_again(digest, inner, salt, functions)
    if "sm3" in functions:
        for salt in salts:
            yield _hmac_sm3(salt, raw, functions["sm3"]), ("hmac-sm3",)


def _doubled(
    digest: bytes, steps: tuple[str, ...], functions: dict[str, Digest]
) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    """H of another digest's hexadecimal (either case), raw bytes, base64, or 16-character MD5."""
    spelled = [digest.hex().encode(), digest.hex().upper().encode(), digest]
    spelled.append(base64.b64encode(digest))
    if steps[0] == "md5":
        spelled += [spelled[0][MD5_MIDDLE], spelled[1][MD5_MIDDLE]]
    for outer, compute in functions.items():
        for each in spelled if outer in _CORE else spelled[:1]:
            yield from _with_middle(compute(each), (outer, *steps))


def _salted_again(
    digest: bytes, inner: str, salt: bytes, functions: dict[str, Digest]
) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    if inner not in _CORE:
        return
    for text in (digest.hex().encode(), digest.hex().upper().encode()):
        for outer in _CORE:
            for joined, how in ((salt + text, "salt before"), (text + salt, "salt after")):
                yield from _with_middle(functions[outer](joined), (outer, how, inner))


def _salted(raw: bytes, salt: bytes) -> Iterator[tuple[bytes, str]]:
    for joint in _JOINTS:
        with_joint = f" with {joint.decode()}" if joint else ""
        yield salt + joint + raw, "salt before" + with_joint
        yield raw + joint + salt, "salt after" + with_joint
    yield salt + raw + salt, "salt around"


def _with_middle(digest: bytes, steps: tuple[str, ...]) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    yield digest, steps
    if steps[0] == "md5":
        yield digest[4:12], ("md5-16", *steps[1:])


def _hmac_sm3(key: bytes, data: bytes, compute: Digest) -> bytes:
    """RFC 2104 with SM3 (block of 64 bytes)."""
    key = (compute(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = compute(bytes(each ^ 0x36 for each in key) + data)
    return compute(bytes(each ^ 0x5C for each in key) + inner)


def _variants(planted: Planted) -> Iterator[tuple[bytes, str]]:
    """Raw and normalised spellings whose digest is still the value's; the likely ones last.

    "value" spellings are also salted, "spelling" ones are only hashed, once or twice.
    """
    core = core_of(planted) or planted.value
    for text in _normal_forms(planted):
        yield text.encode(), "spelling"
        if not text.isascii():
            for charset in ("utf-16-le", "utf-16-be"):
                yield text.encode(charset, "ignore"), "spelling"
    yield (core + "\n").encode(), "spelling"
    if core.isascii():
        yield core.encode("utf-16-le"), "spelling"
    for text in (planted.value, planted.value.lower(), planted.value.upper(), core):
        yield text.encode(), "value"
        if not text.isascii():
            yield text.encode("gbk", "ignore"), "value"
    if planted.kind is Kind.MOBILE:
        for prefix in ("+86", "86", "0086"):
            yield f"{prefix}{core}".encode(), "value"
        yield core[:8].encode(), "first8"


def _normal_forms(planted: Planted) -> Iterator[str]:
    value = planted.value
    if planted.kind is Kind.MOBILE:
        core = national_mobile(value)
        for prefix in ("+86-", "+86 ", "86-", "0"):
            yield prefix + core
        yield from (f"{core[:3]}{gap}{core[3:7]}{gap}{core[7:]}" for gap in "- ")
        yield core[::-1]
        return
    yield "".join(value.split())
    if planted.kind is Kind.EMAIL:
        local, _, domain = value.lower().partition("@")
        yield local.partition("+")[0].replace(".", "") + "@" + domain
        yield local.partition("+")[0] + "@" + domain
