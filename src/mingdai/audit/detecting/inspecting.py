"""The detector: an identity in, and for each request one finding per field that left with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain as chained

from mingdai.audit.detecting.digesting import known_digests
from mingdai.audit.detecting.disguising import disguised_needles
from mingdai.audit.detecting.findings import Finding, Found, Opaque, Report
from mingdai.audit.detecting.identity import Identity, Kind, is_declared, national_mobile
from mingdai.audit.detecting.layers import Budget, Hit, Layer, Piece, Step
from mingdai.audit.detecting.masking import mask_needles
from mingdai.audit.detecting.matching import Matcher
from mingdai.audit.detecting.needles import Needle
from mingdai.audit.detecting.requests import Place, Request, host_of, places_of
from mingdai.audit.detecting.searching import Searcher
from mingdai.audit.detecting.spelling import clear_needles

_RANK = ("plain", "formatted", "hash", "mask", "disguised", "first8", "hash of first8")
_MAX_PLACES = 20
_BATCH_BYTES = 1 << 18
_BATCH_REQUESTS = 100
_FIRST8_LEFT = 1000


class Detector:
    """Built once for an identity, then asked about each request."""

    def __init__(self, identity: Identity) -> None:
        """Compile; well under a second."""
        self._identity = identity
        needles: list[Needle] = []
        for planted in identity.planted:
            needles += chained(
                clear_needles(planted), mask_needles(planted), disguised_needles(planted)
            )
        self._searcher = Searcher(identity, Matcher(needles), known_digests(identity))
        self._mobiles = {
            planted.field: national_mobile(planted.value)
            for planted in identity.planted
            if planted.kind is Kind.MOBILE
        }

    def inspect(self, request: Request) -> Report:
        """What left with this request; never more than the decode budget's work."""
        return self._inspect_batch([request])[0]

    def inspect_all(self, requests: Iterable[Request]) -> Iterator[Report]:
        """One report for each request, in order; requests are searched some at a time."""
        for batch in _batches(requests):
            yield from self._inspect_batch(batch)

    def _inspect_batch(self, requests: Sequence[Request]) -> list[Report]:
        places = [places_of(request) for request in requests]
        root = Layer(
            [Piece(place.data, owner) for owner, each in enumerate(places) for place in each]
        )
        budgets = [Budget(sum(len(place.data) for place in each)) for each in places]
        hits: list[list[Hit]] = [[] for _ in requests]
        for hit in self._searcher.search(root, budgets):
            hits[hit.layer.owner_at(hit.start)].append(hit)
        unread: list[list[Step]] = [[] for _ in requests]
        for step in self._searcher.opaque:
            unread[root.owner_at(step.start)].append(step)
        first, reports = 0, []
        for owner, request in enumerate(requests):
            where = _Where(root, places[owner], first)
            first += len(places[owner])
            reports.append(self._report(request, where, hits[owner], unread[owner], budgets[owner]))
        return reports

    def _report(
        self,
        request: Request,
        where: _Where,
        hits: list[Hit],
        unread: list[Step],
        budget: Budget,
    ) -> Report:
        host = host_of(request.url)
        return Report(
            request.request_id,
            host,
            tuple(self._findings(request, host, hits, where, reached=budget.reached)),
            tuple(_opaque(request.request_id, host, unread, where)),
            budget.reached,
        )

    def _findings(
        self, request: Request, host: str, hits: list[Hit], where: _Where, *, reached: bool
    ) -> Iterator[Finding]:
        consent = self._identity.consent_at
        known = request.ts is not None and consent is not None
        by_field: dict[str, list[Hit]] = {}
        for hit in hits:
            by_field.setdefault(hit.field, []).append(hit)
        for field in sorted(by_field):
            best, *_ = ordered = sorted(by_field[field], key=_rank)
            yield Finding(
                request_id=request.request_id,
                field=field,
                chain=(*(step.name for step in _steps_to(best)), *best.steps),
                form=best.form,
                pre_consent=request.ts < consent if known else None,  # type: ignore[operator]
                declared=is_declared(host, self._identity.declared),
                host=host,
                places=tuple(where.places_of(ordered)),
                steps=tuple((step.name, step.start, step.end) for step in _steps_to(best)),
                span=_local_span(best),
                candidates_left=_candidates_left(ordered),
                also_seen_as=tuple(sorted({hit.form for hit in ordered} - {best.form})),
                budget_reached=reached,
            )


class _Where:
    """Turns positions of the joined places back into positions of one place of one request."""

    def __init__(self, root: Layer, places: Sequence[Place], first: int) -> None:
        self._root = root
        self._places = places
        self._first = first

    def found(self, start: int, end: int) -> Found:
        """The place of a span of the root, in the place's own bytes."""
        index = self._root.index_at(start)
        place, base = self._places[index - self._first], self._root.bounds(index)[0]
        return Found(place.where, place.name, start - base, end - base)

    def outer_span(self, hit: Hit) -> tuple[int, int]:
        """The stretch of the root that holds the hit."""
        if hit.layer.parent is None:
            return hit.start, hit.end
        index, steps = hit.layer.path(hit.layer.index_at(hit.start))
        base = self._root.bounds(index)[0]
        return base + steps[0].start, base + steps[0].end

    def places_of(self, hits: list[Hit]) -> Iterator[Found]:
        """Every place the field was seen in, the best first: a token counts wherever it stands."""
        spans: dict[tuple[int, int], None] = {}
        data = self._root.data
        low = self._root.bounds(self._first)[0]
        high = self._root.bounds(self._first + len(self._places) - 1)[1]
        for hit in hits:
            start, end = self.outer_span(hit)
            spans.setdefault((start, end))
            if hit.layer.parent is None or len(spans) >= _MAX_PLACES:
                continue
            token = data[start:end]
            at = data.find(token, low, high)
            while at >= 0 and len(spans) < _MAX_PLACES:
                spans.setdefault((at, at + len(token)))
                at = data.find(token, at + 1, high)
        return (self.found(*span) for span in list(spans)[:_MAX_PLACES])


def _steps_to(hit: Hit) -> list[Step]:
    return hit.layer.path(hit.layer.index_at(hit.start))[1]


def _local_span(hit: Hit) -> tuple[int, int]:
    """The value in the innermost bytes."""
    base = hit.layer.bounds(hit.layer.index_at(hit.start))[0]
    return hit.start - base, hit.end - base


def _rank(hit: Hit) -> tuple[int, int, int]:
    return _RANK.index(hit.form), hit.layer.depth, hit.start


def _candidates_left(hits: list[Hit]) -> int | None:
    """How many values fit what is shown in clear: with a digest beside it, all can be tried."""
    forms = {hit.form for hit in hits}
    if forms & {"plain", "formatted", "disguised"}:
        return None
    left = [_FIRST8_LEFT] if forms & {"first8", "hash of first8"} else []
    left += [10**hit.hidden for hit in hits if hit.form == "mask" and hit.hidden]
    return min(left) if left else None


def _opaque(request_id: str, host: str, steps: list[Step], where: _Where) -> Iterator[Opaque]:
    for step in steps:
        yield Opaque(request_id, host, where.found(step.start, step.end), step.name)


def _batches(requests: Iterable[Request]) -> Iterator[list[Request]]:
    """Requests some at a time, so that the cost of a scan is shared; a large one stands alone."""
    batch: list[Request] = []
    size = 0
    for request in requests:
        batch.append(request)
        size += len(request.body) + len(request.url)
        if size >= _BATCH_BYTES or len(batch) >= _BATCH_REQUESTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
