"""Search a batch of requests: scan, open what may hold more, scan again, within the budgets.

Depth by depth: all that was opened at one depth is searched as one run of bytes, so that a batch
costs a few scans however many requests, places and tokens it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mingdai.audit.detecting.decoding import DECODERS
from mingdai.audit.detecting.digesting import DIGEST_SIZES, Source
from mingdai.audit.detecting.edging import stands_alone
from mingdai.audit.detecting.identity import Identity, Planted
from mingdai.audit.detecting.layers import MAX_DEPTH, Budget, Hit, Layer, Piece, Step
from mingdai.audit.detecting.masking import (
    SHOWN_AT_LEAST,
    mask_tokens,
    masked_digits,
    masked_email,
    turned_email,
)
from mingdai.audit.detecting.matching import Event, Matcher, Sign
from mingdai.audit.detecting.needles import Edge, Needle
from mingdai.audit.detecting.opening import (
    binary_steps,
    is_binary,
    percent_values,
    signed_steps,
    text_steps,
)
from mingdai.audit.detecting.tokens import TokenReader
from mingdai.audit.detecting.unpacking import UNPACKERS

_MASK = -int(Sign.MASK)
_WINDOW = 64
_GUESSES = {"frame", "deflate", "brotli"}
"""Steps tried without a sign: at the last depth they say nothing about what is left."""

_MASK_APART = 16
"""One mask gives several events; a look around one of them sees all within this many bytes."""


class Searcher:
    """Searches requests for one identity; what it learns of harmless tokens speeds up the next."""

    def __init__(
        self, identity: Identity, matcher: Matcher, digests: Mapping[bytes, Source]
    ) -> None:
        """`digests` by raw digest, as `known_digests` gives them."""
        self._matcher = matcher
        self._digests = digests
        self._maskable: list[Planted] = [p for p in identity.planted if p.kind in SHOWN_AT_LEAST]
        self._tokens = TokenReader(matcher, digests)

    @property
    def opaque(self) -> list[Step]:
        """Blobs of the root of the last search that read as nothing, in positions of the root."""
        return self._tokens.opaque

    def search(self, root: Layer, budgets: Sequence[Budget]) -> list[Hit]:
        """Every hit in the root and in all that could be opened below it, whoever's it is."""
        hits: list[Hit] = []
        opened: set[tuple[int, bytes]] = set()
        self._tokens.begin()
        layer: Layer | None = root
        while layer is not None:
            events = self._matcher.scan(layer.data)
            hits += self._hits(layer, events, budgets)
            pieces: list[Piece] = []
            for steps in self._children(layer, events, hits):
                piece = _open(layer, steps, budgets)
                if piece is None:
                    continue
                key = layer.owners[piece.above], piece.data
                if key not in opened:
                    opened.add(key)
                    pieces.append(piece)
                    if steps[0].name == "percent" and is_binary(piece.data):
                        values = percent_values(layer, steps[0])
                        pieces += filter(None, (_open(layer, (step,), budgets) for step in values))
            layer = Layer(pieces, layer) if pieces else None
        return hits

    def _children(
        self, layer: Layer, events: list[Event], hits: list[Hit]
    ) -> Iterator[tuple[Step, ...]]:
        for step in text_steps(layer):
            yield (step,)
        for step in signed_steps(layer, events):
            yield (step,)
        yield from self._tokens.read(layer, hits)
        for step in binary_steps(layer):
            yield (step,)

    def _hits(self, layer: Layer, events: list[Event], budgets: Sequence[Budget]) -> Iterator[Hit]:
        yield from self._whole_digests(layer)
        masked_to = -_MASK_APART
        for number, start, end in events:
            if number >= 0:
                if budgets[layer.owner_at(end - 1)].check():
                    needle = self._matcher.needles[number]
                    hit = _needle_hit(layer, needle, start, end)
                    if hit is not None and not (needle.turned and _turned_back(hit)):
                        yield hit
            elif number == _MASK and end - masked_to >= _MASK_APART:
                masked_to = end
                if budgets[layer.owner_at(end - 1)].check():
                    yield from self._mask_hits(layer, end)

    def _whole_digests(self, layer: Layer) -> Iterator[Hit]:
        """A segment that is a digest's raw bytes and nothing else."""
        for start, end in layer.segments():
            if end - start not in DIGEST_SIZES:
                continue
            raw = layer.data[start:end]
            for each, turned in ((raw, ()), (raw[::-1], ("reverse",))):
                source = self._digests.get(each)
                if source is not None:
                    steps = (*turned, *source.steps)
                    yield Hit(source.field, source.form, layer, start, end, steps)

    def _mask_hits(self, layer: Layer, end: int) -> Iterator[Hit]:
        tokens = mask_tokens(layer.data, end)
        for planted in self._maskable if tokens else ():
            for start, stop, hidden in masked_digits(tokens, planted):
                yield Hit(planted.field, "mask", layer, start, stop, (), hidden)


def _needle_hit(layer: Layer, needle: Needle, start: int, end: int) -> Hit | None:
    data, hidden = layer.data, 0
    if needle.edge is Edge.EMAIL_MASK and needle.turned:
        span = turned_email(data, end, needle.value)
        return Hit(needle.field, needle.form, layer, *span, needle.steps) if span else None
    if needle.edge is Edge.EMAIL_MASK:
        begin = masked_email(data, end, needle.value)
        if begin is None:
            return None
        return Hit(needle.field, needle.form, layer, begin, end, needle.steps)
    if needle.length == 0:
        window = data[max(0, end - _WINDOW) : end]
        found = re.search(b"(?:" + needle.pattern + rb")\Z", window, re.DOTALL)
        if found is None:
            return None
        start, hidden = end - len(window) + found.start(), int(needle.form == "mask")
    low, high = layer.bounds(layer.index_at(start))
    low, high = max(low, start - _WINDOW), min(high, end + _WINDOW)
    if not stands_alone(data[low:high], start - low, end - low, needle):
        return None
    return Hit(needle.field, needle.form, layer, start, end, needle.steps, hidden)


def _turned_back(hit: Hit) -> bool:
    """Whether what reads backwards here stood forwards in the text that was turned."""
    data, source = hit.layer.data, hit.layer.turned_from(hit.start)
    return data[hit.start : hit.end][::-1] in source if source else False


def _open(layer: Layer, steps: tuple[Step, ...], budgets: Sequence[Budget]) -> Piece | None:
    """The piece behind one or more steps; None where they do not decode or cost too much."""
    (name, start, end), *more = steps
    index = layer.index_at(start)
    budget = budgets[layer.owners[index]]
    if layer.depth >= MAX_DEPTH:
        budget.reached |= steps[-1].name not in _GUESSES
        return None
    low, high = layer.bounds(index)
    end = min(end, high)
    data = _undo(name, layer.data[start:end], budget)
    for step in more:
        data = data and _undo(step.name, data[step.start : step.end], budget)
    if not data or not budget.spend(len(data)):
        return None
    return Piece(data, index, (Step(name, start - low, end - low), *more))


def _undo(name: str, data: bytes, budget: Budget) -> bytes | None:
    decoder = DECODERS.get(name)
    if decoder is not None:
        try:
            return decoder(data)
        except ValueError:
            return None
    unpack = UNPACKERS[name]
    limit = budget.stream_limit()
    below = unpack(data, limit)
    if below and len(below) >= limit:
        budget.reached = True
    return below
