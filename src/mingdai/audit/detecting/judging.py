"""Say of each token, once, what it may hold: steps to open it, digests in it, or ciphertext.

What a token holds does not depend on where it stands, so a verdict serves every request of a batch
and a token without one is harmless everywhere.
"""

from __future__ import annotations

import binascii
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingdai.audit.detecting.decoding import unbase32, unbase64
from mingdai.audit.detecting.digesting import DIGEST_SIZES, Source
from mingdai.audit.detecting.layers import Step
from mingdai.audit.detecting.matching import Matcher
from mingdai.audit.detecting.packing import OPAQUE_FROM, is_opaque, is_packed, is_text, packed_kinds
from mingdai.audit.detecting.shapes import (
    BLOB_FROM,
    RUN16,
    RUNS32,
    Alphabet,
    mixed_runs,
    parts_of,
    stands_apart,
)
from mingdai.audit.detecting.sieving import Sieve64, readable16, readable32, turned64
from mingdai.audit.detecting.unpacking import is_whole

_UUID = re.compile(rb"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_SIZES = frozenset(DIGEST_SIZES)
_HEX_LENGTHS = frozenset(2 * each for each in DIGEST_SIZES)
_LENGTHS64 = frozenset(-(-each * 4 // 3) for each in DIGEST_SIZES)
_LENGTHS32 = frozenset(-(-each * 8 // 5) for each in DIGEST_SIZES)
_WINDOWS = sorted(_HEX_LENGTHS - {16})
_WINDOWED_UP_TO = 200
_BESIDE_FROM = 10
"""What a digest is joined to: a time or another digest.  With less it is another, longer number."""

_HEX_FROM = 12
_BASE32_FROM = 10
_WORD_UP_TO = 24
_HEX_DIGITS = b"0123456789abcdefABCDEF"
_TAIL = b"\n" * 8
"""Enough to fill the last group of any alignment, so that the last token's end is read too."""

_JOINTS = (b"/", b"+", b"_", b"-")


class Known(NamedTuple):
    """A digest of a planted value, in characters of the token."""

    start: int
    end: int
    source: Source
    steps: tuple[str, ...]


class Verdict:
    """What one token holds; the first step of each opening is in characters of the token."""

    __slots__ = ("digests", "opaque", "openings")

    def __init__(self) -> None:
        self.openings: dict[tuple[Step, ...], None] = {}
        self.digests: list[Known] = []
        self.opaque = False


class Judge:
    """Judges tokens against the needles and digests of one identity."""

    def __init__(self, matcher: Matcher, digests: Mapping[bytes, Source]) -> None:
        """`digests` by raw digest."""
        self._matcher = matcher
        self._digests = digests

    def judge(self, texts: Sequence[bytes]) -> dict[bytes, Verdict]:
        """A verdict for each token that may hold something."""
        batch = _Batch(texts)
        if texts:
            straight = Sieve64(batch.joined)
            self._readable64(batch, straight)
            self._turned_digests(batch)
            self._blobs(batch, straight)
            self._hexadecimal(batch)
            self._base32(batch)
            self._binaries(batch)
        return {texts[index]: verdict for index, verdict in batch.verdicts.items()}

    def _readable64(self, batch: _Batch, straight: Sieve64) -> None:
        seen: set[tuple[int, int]] = set()
        for at, phase in straight.picks(self._matcher, batch.starts):
            index, text, start = batch.token_at(at)
            skip = (phase - start) % 4
            if (index, skip) not in seen:
                seen.add((index, skip))
                batch.open(index, Step("base64", skip, len(text)))
            if not text.isalnum():
                _open_part(batch, index, max(0, at - start), skip)
        long = list(_turnable(batch.texts))
        for at in turned64(self._matcher, [batch.texts[i][start:end] for i, start, end in long]):
            index, start, end = long[at]
            batch.open(index, Step("reverse", start, end), Step("base64", 0, end - start))

    def _turned_digests(self, batch: _Batch) -> None:
        """Raw digests in base64 that was written backwards: told by their length alone."""
        for index, text in enumerate(batch.texts):
            if len(text) in _LENGTHS64 and self._is_digest(unbase64(text[::-1])):
                whole = len(text)
                batch.open(index, Step("reverse", 0, whole), Step("base64", 0, whole))

    def _blobs(self, batch: _Batch, straight: Sieve64) -> None:
        """What tokens of mixed case stand for, where it is no text."""
        indexes, starts, ends = batch.blobs()
        raws = straight.bytes_of(starts, ends)
        for raw, index, start, end in zip(
            raws, indexes.tolist(), starts.tolist(), ends.tolist(), strict=True
        ):
            if not is_text(raw):
                base = batch.starts[index]
                batch.binary.append((raw, index, "base64", start - base, end - base))

    def _binaries(self, batch: _Batch) -> None:
        """Bytes that are no text: a digest, a stream, frames, or opaque."""
        kinds = packed_kinds([each[0] for each in batch.binary])
        for blob, kind in zip(batch.binary, kinds, strict=True):
            raw, index, name, start, end = blob
            if (kind and is_packed(raw, kind)) or (len(raw) in _SIZES and self._is_digest(raw)):
                batch.open(index, Step(name, start, end))
            elif len(raw) >= OPAQUE_FROM and start == 0 and name == "base64" and is_opaque(raw):
                batch.verdicts[index].opaque = True

    def _hexadecimal(self, batch: _Batch) -> None:
        runs = batch.stretches(RUN16, _HEX_FROM)
        pieces = [batch.joined[start:end] for _, start, end in runs]
        raws = [binascii.unhexlify(piece[: len(piece) // 2 * 2]) for piece in pieces]
        for (index, start, end), piece, raw in zip(runs, pieces, raws, strict=True):
            base = batch.starts[index]
            if len(piece) in _HEX_LENGTHS or 32 < len(piece) < _WINDOWED_UP_TO:
                for known in self._digests_in(piece, raw):
                    batch.add_digest(index, known, start - base)
            if not (len(piece) % 2 or is_text(raw)):
                batch.binary.append((raw, index, "hex", start - base, end - base))
        self._uuids(batch)
        for at, skip, turned in readable16(self._matcher, pieces):
            index, start, end = runs[at]
            begin, stop = start - batch.starts[index], end - batch.starts[index]
            if turned:
                batch.open(index, Step("reverse", begin, stop), Step("hex", 0, end - start))
            elif not skip or (end - start) % 2:
                batch.open(index, Step("hex", begin + skip, stop))

    def _uuids(self, batch: _Batch) -> None:
        for index, text in enumerate(batch.texts):
            if len(text) == 36 and _UUID.fullmatch(text):
                raw = binascii.unhexlify(text.replace(b"-", b""))
                for known in self._digest(raw, 0, 36):
                    batch.add_digest(index, known, 0)

    def _digests_in(self, piece: bytes, raw: bytes) -> list[Known]:
        size = len(piece)
        if size in _HEX_LENGTHS:
            turned = binascii.unhexlify(piece[::-1])
            if raw in self._digests or turned in self._digests:
                return [*self._digest(raw, 0, size), *self._digest(turned, 0, size, ("reverse",))]
            return []
        return [
            known
            for length in _WINDOWS
            if length + _BESIDE_FROM <= size
            for start in (0, size - length)
            for known in self._digest(
                binascii.unhexlify(piece[start : start + length]), start, start + length
            )
        ]

    def _is_digest(self, raw: bytes) -> bool:
        """Whether the bytes are a known digest, forwards or backwards."""
        return len(raw) in DIGEST_SIZES and (raw in self._digests or raw[::-1] in self._digests)

    def _digest(
        self, raw: bytes, start: int, end: int, turned: tuple[str, ...] = ()
    ) -> list[Known]:
        source = self._digests.get(raw)
        return [] if source is None else [Known(start, end, source, (*turned, *source.steps))]

    def _base32(self, batch: _Batch) -> None:
        where: defaultdict[bytes, list[tuple[int, int]]] = defaultdict(list)
        for alphabet in RUNS32:
            for index, start, end in batch.stretches(alphabet, _BASE32_FROM):
                text = batch.joined[start:end]
                if _may_be_base32(text):
                    where[text].append((index, start - batch.starts[index]))
        texts = list(where)
        for at, skip, turned in readable32(self._matcher, texts):
            for index, begin in where[texts[at]]:
                stop = begin + len(texts[at])
                if turned:
                    batch.open(index, Step("reverse", begin, stop), Step("base32", 0, stop - begin))
                else:
                    batch.open(index, Step("base32", begin + skip, stop))
        for text, places in where.items():
            raw = unbase32(text)
            if len(text) in _LENGTHS32 and self._is_digest(unbase32(text[::-1])):
                for index, begin in places:
                    whole = Step("reverse", begin, begin + len(text))
                    batch.open(index, whole, Step("base32", 0, len(text)))
            if not is_text(raw):
                for index, begin in places:
                    batch.binary.append((raw, index, "base32", begin, begin + len(text)))


class _Batch:
    """Tokens joined by line feeds, with line feeds at either end, and their verdicts so far."""

    __slots__ = ("_ends", "binary", "joined", "starts", "texts", "verdicts")

    def __init__(self, texts: Sequence[bytes]) -> None:
        self.texts = texts
        self.joined = b"\n" + b"\n".join(texts) + _TAIL
        self._ends = [at - 1 for at in accumulate((len(text) + 1 for text in texts), initial=1)][1:]
        self.starts = [end - len(text) for text, end in zip(texts, self._ends, strict=True)]
        self.binary: list[tuple[bytes, int, str, int, int]] = []
        self.verdicts: defaultdict[int, Verdict] = defaultdict(Verdict)

    def token_at(self, position: int) -> tuple[int, bytes, int]:
        """Index, text and start of the token that holds a position, or ends right before it."""
        index = max(0, bisect_right(self.starts, position) - 1)
        return index, self.texts[index], self.starts[index]

    def blobs(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Index, start and end of tokens of mixed case, and of their ends behind a separator."""
        mixed, glued, starts, ends = mixed_runs(self.joined)
        more = [
            (index, self.starts[index] + start, self.starts[index] + end)
            for index in np.flatnonzero(mixed & glued).tolist()
            for start, end in parts_of(self.texts[index])
        ]
        extra = np.array(more, np.intp).reshape(-1, 3).T
        whole = np.stack((np.flatnonzero(mixed), starts[mixed], ends[mixed]))
        indexes, begins, stops = np.concatenate((whole, extra), axis=1)
        return indexes, begins, stops

    def stretches(self, alphabet: Alphabet, least: int) -> list[tuple[int, int, int]]:
        """Those that may hold something, each with its token's index."""
        starts, ends = alphabet.stretches(self.joined, least)
        indexes = np.searchsorted(self.starts, starts, "right") - 1
        rows = zip(indexes.tolist(), starts.tolist(), ends.tolist(), strict=True)
        joined, texts = self.joined, self.texts
        return [row for row in rows if stands_apart(joined, row[1], row[2], len(texts[row[0]]))]

    def open(self, index: int, *steps: Step) -> None:
        """Remember how a token may be opened."""
        if steps[0].end - steps[0].start > 1:
            self.verdicts[index].openings.setdefault(steps)

    def add_digest(self, index: int, known: Known, base: int) -> None:
        """Remember a digest, given in characters from `base` on."""
        start, end, source, steps = known
        self.verdicts[index].digests.append(Known(base + start, base + end, source, steps))


def _open_part(batch: _Batch, index: int, at: int, skip: int) -> None:
    """Base64 behind a separator before `at`, where its groups begin there; in a path to its end.

    A separator may also be a character of the code: a stream that was cut there shows a number or a
    digest cut short, so it counts only as a whole.
    """
    text = batch.texts[index]
    for joint in _JOINTS:
        begin = 1 + text.rfind(joint, 0, at)
        if (begin - skip) % 4:
            continue
        slash = text.find(b"/", at) if joint == b"/" else -1
        end = slash if slash >= 0 else len(text)
        if end == len(text) or is_whole(unbase64(text[begin:end])):
            batch.open(index, Step("base64", begin, end))


def _turnable(texts: Sequence[bytes]) -> Iterator[tuple[int, int, int]]:
    """Index, start and end of what may be base64 written backwards: tokens and parts of paths."""
    for index, text in enumerate(texts):
        if len(text) >= BLOB_FROM and not text.islower():
            yield index, 0, len(text)
            for start, end in parts_of(text):
                yield index, start, end


def _may_be_base32(text: bytes) -> bool:
    if not text.translate(None, _HEX_DIGITS):
        return False
    return text.isupper() or len(text) >= _WORD_UP_TO or not text.isalpha()
