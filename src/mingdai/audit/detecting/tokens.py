"""Read the tokens of a layer: digests among them, and those that hold something encoded.

Tokens that proved harmless are remembered across requests: the words of a protocol, a session's
number and a device's name come again and again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import compress

from mingdai.audit.detecting.digesting import Source
from mingdai.audit.detecting.judging import Judge, Verdict
from mingdai.audit.detecting.layers import Hit, Layer, Step
from mingdai.audit.detecting.matching import Matcher
from mingdai.audit.detecting.shapes import tokens_of

_REMEMBERED = 40_000
_REMEMBERED_LENGTH = 40

Steps = tuple[Step, ...]


class TokenReader:
    """Finds what the tokens of a layer hold; one per searcher."""

    def __init__(self, matcher: Matcher, digests: Mapping[bytes, Source]) -> None:
        """`digests` by raw digest."""
        self._judge = Judge(matcher, digests)
        self._harmless: set[bytes] = set()
        self._harmless_before: set[bytes] = set()
        self._judged: set[bytes] = set()
        self._verdicts: dict[bytes, Verdict] = {}
        self._told: set[tuple[int, bytes]] = set()
        self.opaque: list[Step] = []

    def begin(self) -> None:
        """Forget the last batch's tokens, keep what proved harmless."""
        self._judged = set()
        self._verdicts = {}
        self._told = set()
        self.opaque = []

    def read(self, layer: Layer, hits: list[Hit]) -> Iterator[Steps]:
        """Add digests to `hits`; give the steps worth trying, in positions of the layer."""
        data = layer.data
        texts, starts = tokens_of(data)
        self._learn(set(texts))
        verdicts, told = self._verdicts, self._told
        held = map(verdicts.__contains__, texts)
        for text, start in list(compress(zip(texts, starts, strict=True), held)):
            verdict = verdicts[text]
            if (key := (layer.owner_at(start), text)) in told:
                continue
            told.add(key)
            for begin, end, source, steps in verdict.digests:
                hits.append(
                    Hit(source.field, source.form, layer, start + begin, start + end, steps)
                )
            forwards = layer.turned_from(start) if verdict.openings else b""
            for first, *rest in verdict.openings:
                if first.name == "reverse" and text[::-1] in forwards:
                    continue
                yield (_placed(data, first, start), *rest)
            if verdict.opaque and layer.parent is None:
                self.opaque.append(_placed(data, Step("base64", 0, len(text)), start))

    def _learn(self, texts: set[bytes]) -> None:
        """Judge what is new; the older generation of the harmless is dropped as a whole."""
        new = texts.difference(self._harmless, self._harmless_before, self._judged)
        self._judged |= new
        judged = self._judge.judge(sorted(new))
        self._verdicts.update(judged)
        if len(self._harmless) > _REMEMBERED:
            self._harmless_before, self._harmless = self._harmless, set()
        self._harmless.update(
            [text for text in new.difference(judged) if len(text) <= _REMEMBERED_LENGTH]
        )


def _placed(data: bytes, step: Step, start: int) -> Step:
    """The step in positions of the layer, named by what stands around it."""
    begin, end = start + step.start, start + step.end
    name = step.name
    if name == "base64":
        around = (data[end : end + 1], data[begin - 1 : begin])
        token = data[begin:end]
        if token.startswith(b"eyJ") and b"." in around:
            name = "jwt"
        elif b"-" in token or b"_" in token:
            name = "base64url"
    return Step(name, begin, end)
