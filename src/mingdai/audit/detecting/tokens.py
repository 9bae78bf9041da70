"""Read the tokens of a layer: digests among them, and those that hold something encoded.

Tokens that proved harmless are remembered across requests: the words of a protocol come again and
again.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping

from mingdai.audit.detecting.decoding import URL_SAFE, unbase32
from mingdai.audit.detecting.digesting import Source
from mingdai.audit.detecting.framing import quick_payloads
from mingdai.audit.detecting.layers import Hit, Layer, Step
from mingdai.audit.detecting.matching import Matcher
from mingdai.audit.detecting.opening import STREAM_STARTS
from mingdai.audit.detecting.sieving import (
    RUN64,
    Picked,
    runs16,
    runs32,
    sieve16,
    sieve32,
    sieve64,
)
from mingdai.audit.detecting.unpacking import inflate, unbrotli

_UUID = re.compile(rb"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
DIGEST_SIZES = (8, 16, 20, 28, 32, 48, 64)
"""Bytes of the digests looked up; 8 is the middle of an MD5."""

_HEX_LENGTHS = frozenset(2 * each for each in DIGEST_SIZES)
_BLOB_FROM = 11
_HEX_BLOB_FROM = 22
_BASE32_BLOB_FROM = 13
_OPAQUE_FROM = 32
_TOKEN_FROM = 6
_LONG_FROM = 10
_WORDS = bytes(10 if byte in b"/+_-" else byte for byte in range(256))
_REMEMBERED = 60_000
_REMEMBERED_LENGTH = 32
_MAX_SUFFIXES = 8
_LONGEST_PATH = 4096
_HEAD = re.compile(rb"(?:[a-z0-9]{0,24}|[A-Z]?[a-z]{0,24})[/_\-]")
_JOINT = re.compile(rb"[/_\-]")

Steps = tuple[Step, ...]


class TokenReader:
    """Finds what the tokens of a layer hold; one per searcher."""

    def __init__(self, matcher: Matcher, digests: Mapping[bytes, Source]) -> None:
        """`digests` by raw digest."""
        self._matcher = matcher
        self._digests = digests
        self._harmless: set[bytes] = set()
        self._seen: set[bytes] = set()
        self.opaque: list[Step] = []

    def begin(self) -> None:
        """Forget the last request's tokens, keep what proved harmless."""
        self._seen = set()
        self.opaque = []

    def read(self, layer: Layer, hits: list[Hit]) -> Iterator[Steps]:
        """Add digests to `hits`; give the steps worth trying."""
        runs = set(RUN64.findall(layer.data)) - self._harmless - self._seen
        if not runs:
            return
        words = set(b"\n".join(runs).translate(_WORDS).split())
        behind = {each for run in runs if b"/" in run for each in _suffixes(run)}
        tokens = {each for each in runs | words | behind if len(each) >= _TOKEN_FROM}
        tokens -= self._harmless
        self._seen |= runs
        found: set[bytes] = set()
        yield from self._base64(layer, list(tokens), found)
        for run in runs & tokens:
            if len(run) >= _BLOB_FROM and not (run.islower() or run.isupper() or run.isdigit()):
                for blob in (run, *_suffixes(run)):
                    yield from self._blob(layer, blob, found)
        long = [each for each in tokens if len(each) >= _LONG_FROM]
        if long:
            yield from self._hexadecimal(layer, long, hits, found)
            yield from self._base32(layer, runs32(long), found)
        self._remember({each for each in tokens - found if each in runs or len(each) < _BLOB_FROM})

    def _base64(self, layer: Layer, tokens: list[bytes], found: set[bytes]) -> Iterator[Steps]:
        for picked in sieve64(self._matcher, tokens):
            found.add(picked[0])
            yield _steps(layer, picked, "base64")

    def _blob(self, layer: Layer, token: bytes, found: set[bytes]) -> Iterator[Steps]:
        """A token whose bytes are no text: a digest, a stream, frames, or opaque."""
        size = len(token)
        bare = token[: size - 1] if size % 4 == 1 else token
        raw = binascii.a2b_base64(bare.translate(URL_SAFE) + b"==")
        if raw.isascii():
            return
        if self._is_packed(raw):
            found.add(token)
            yield (_step(layer, token, "base64", 0),)
        elif layer.parent is None and len(raw) >= _OPAQUE_FROM and len(set(raw[:64])) > 20:
            self.opaque.append(_step(layer, token, "base64", 0))

    def _hexadecimal(
        self, layer: Layer, long: list[bytes], hits: list[Hit], found: set[bytes]
    ) -> Iterator[Steps]:
        tokens = runs16(long)
        for token in tokens:
            if len(token) not in _HEX_LENGTHS:
                if 32 < len(token) < 200:
                    hits += self._windows(layer, token)
                continue
            for text, turned in ((token, ()), (token[::-1], ("reverse",))):
                raw = binascii.unhexlify(text)
                if raw in self._digests:
                    found.add(token)
                    hits.append(self._digest_hit(layer, token, raw, turned))
        for token in _uuids(long):
            raw = binascii.unhexlify(token.replace(b"-", b""))
            if raw in self._digests:
                hits.append(self._digest_hit(layer, token, raw))
        for picked in sieve16(self._matcher, tokens):
            found.add(picked[0])
            yield _steps(layer, picked, "hex")
        for token in tokens:
            if len(token) >= _HEX_BLOB_FROM:
                raw = binascii.unhexlify(token[: len(token) // 2 * 2])
                if not raw.isascii() and self._is_packed(raw):
                    found.add(token)
                    yield (_step(layer, token, "hex", 0),)

    def _is_packed(self, raw: bytes) -> bool:
        """Whether bytes that are no text are a digest, a compressed stream or frames."""
        return (
            (len(raw) in DIGEST_SIZES and raw in self._digests)
            or raw.startswith(STREAM_STARTS)
            or bool(inflate(raw, 64) or unbrotli(raw, 64) or quick_payloads(raw))
        )

    def _windows(self, layer: Layer, token: bytes) -> Iterator[Hit]:
        """A digest with hexadecimal characters glued to its front or end."""
        for length in sorted(_HEX_LENGTHS - {16}):
            for piece in (token[:length], token[-length:]) if length < len(token) else ():
                raw = binascii.unhexlify(piece)
                if raw in self._digests:
                    yield self._digest_hit(layer, piece, raw)

    def _base32(self, layer: Layer, tokens: list[bytes], found: set[bytes]) -> Iterator[Steps]:
        for picked in sieve32(self._matcher, tokens):
            found.add(picked[0])
            yield _steps(layer, picked, "base32")
        for token in tokens:
            if len(token) >= _BASE32_BLOB_FROM:
                raw = unbase32(token)
                if not raw.isascii() and self._is_packed(raw):
                    yield (_step(layer, token, "base32", 0),)

    def _digest_hit(
        self, layer: Layer, token: bytes, raw: bytes, turned: tuple[str, ...] = ()
    ) -> Hit:
        source = self._digests[raw]
        start = layer.data.find(token)
        steps = (*turned, *source.steps)
        return Hit(source.field, source.form, layer, start, start + len(token), steps)

    def _remember(self, tokens: set[bytes]) -> None:
        if len(self._harmless) > _REMEMBERED:
            self._harmless.clear()
        self._harmless.update(each for each in tokens if len(each) <= _REMEMBERED_LENGTH)


def _uuids(tokens: list[bytes]) -> list[bytes]:
    return [token for token in tokens if len(token) == 36 and _UUID.fullmatch(token)]


def _suffixes(token: bytes) -> list[bytes]:
    """What stands behind each separator of a path or a prefixed name, where a token may start.

    A slash may also be part of the token, so each suffix goes to the end.
    """
    head = _HEAD.match(token)
    if head is None or len(token) > _LONGEST_PATH:
        return []
    starts = [found.end() for found in _JOINT.finditer(token, head.end() - 1)][:_MAX_SUFFIXES]
    return [token[at:] for at in starts if len(token) - at >= _BLOB_FROM]


def _step(layer: Layer, token: bytes, name: str, skip: int) -> Step:
    start = layer.data.find(token)
    end = start + len(token)
    if name == "base64":
        data = layer.data
        if token[skip : skip + 3] == b"eyJ" and b"." in (
            data[end : end + 1],
            data[start - 1 : start],
        ):
            name = "jwt"
        elif b"-" in token or b"_" in token:
            name = "base64url"
    return Step(name, start + skip, end)


def _steps(layer: Layer, picked: Picked, name: str) -> Steps:
    token, skip, turned = picked
    if not turned:
        return (_step(layer, token, name, skip),)
    start = layer.data.find(token)
    return (Step("reverse", start, start + len(token)), Step(name, skip, len(token)))
