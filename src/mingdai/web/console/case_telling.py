"""What a found list and its result say, ready for a page: columns by shape, recipients by rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mingdai.accounts.models import Staff
from mingdai.cases.models import Attribution, FoundList
from mingdai.cases.requesting import OPEN

STEPS = ("starting", "recording", "reading", "opening", "matching", "judging", "dropping")
"""The steps of an attribution, as its process says them."""

ROLES = ("mobile", "id_no", "mobile+id_no", "name", "city", "address", "amount", "time")
"""What a column can be taken for; a column of digests may be of either number."""

SHOWN = 20
_Designs = tuple[tuple[tuple[str, int], ...], int]
_NEAR_CERTAIN = 999


@dataclass(frozen=True, slots=True)
class ColumnTold:
    """One column: its title, the shapes of its cells with their share, what it is taken for."""

    place: int
    title: str
    filled: int
    shapes: tuple[tuple[str, int], ...]
    role: str
    emails: bool


@dataclass(frozen=True, slots=True)
class ListTold:
    """A list on its case's page; `waits` until its columns were looked at."""

    row: FoundList
    columns: tuple[ColumnTold, ...]
    attributions: tuple[Attribution, ...]
    waits: bool
    can_ask: bool
    receiver: str


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient of a result, by rank.  Bits of a design may name; bits of overlap never do."""

    place: int
    id: str
    kind: str
    name: str
    name_en: str
    role: str
    named: bool
    designs: tuple[tuple[str, int], ...]
    design_bits: int
    overlap_bits: int
    listed: int
    held: int
    gamma: float


@dataclass(frozen=True, slots=True)
class ResultTold:
    """A page's worth of a result."""

    conclusion: str
    lines: tuple[Line, ...]
    more: int
    named: tuple[Line, ...]
    others: tuple[Line, ...]
    groups: tuple[tuple[Line, ...], ...]
    rows: int
    matched: int
    without_key: int
    compared: int
    gamma: float
    never_given: int
    one_in: int
    domain: str


def tell_list(row: FoundList) -> ListTold:
    """The list with its columns; titles hold no digit and cells are shapes."""
    attributions = tuple(sorted(row.attributions.all(), key=lambda each: each.asked_at))
    is_open = any(each.state in OPEN for each in attributions)
    ready = row.state == FoundList.State.READ and row.thinned_at is None
    columns = row.understood.get("columns", [])
    return ListTold(
        row=row,
        columns=tuple(_column(place, each) for place, each in enumerate(columns)),
        attributions=attributions,
        waits=row.state == FoundList.State.RECEIVED,
        can_ask=ready and not is_open and row.case.closed_at is None,
        receiver=login_of(row.received_by),
    )


def tell_result(row: Attribution) -> ResultTold:
    """The result of a finished attribution."""
    result = row.result
    lines = {each.id: each for each in _lines(result)}
    ranked = [lines[name] for name in result["rank"]]
    named = tuple(lines[name] for name in result["accuse"])
    holding = [each for each in ranked if each.listed and not each.named]
    return ResultTold(
        conclusion=result["conclusion"],
        lines=tuple(ranked[:SHOWN]),
        more=max(0, len(ranked) - SHOWN),
        named=named,
        others=tuple(holding[:SHOWN]),
        groups=tuple(tuple(lines[name] for name in group) for group in result["groups"]),
        rows=result["rows"],
        matched=result["matched"],
        without_key=result["rows_without_key"],
        compared=result["header"]["people_compared"],
        gamma=float(result["gamma_star"]),
        never_given=result["aliases"]["never_given"],
        one_in=round(1 / float(result["family_error"])),
        domain=result["domain"],
    )


def login_of(actor: str) -> str:
    """The log-in of the employee an actor is, else the actor as recorded."""
    try:
        who = UUID(actor.removeprefix("staff:"))
    except ValueError:
        return actor
    login = Staff.objects.filter(pk=who).values_list("login", flat=True).first()
    return login or actor


def _column(place: int, told: Mapping[str, Any]) -> ColumnTold:
    return ColumnTold(
        place=place,
        title=told["title"],
        filled=round(100 * told["filled"]),
        shapes=tuple((form, round(100 * share)) for form, share in told["shapes"]),
        role="+".join(told["roles"]),
        emails=told["emails"],
    )


def _lines(result: Mapping[str, Any]) -> list[Line]:
    return [_line(place, name, result) for place, name in enumerate(result["rank"], start=1)]


def _line(place: int, name: str, result: Mapping[str, Any]) -> Line:
    mine = [each for each in result["evidence"] if each["partner"] == name]
    overlap: Mapping[str, Any] = next((each for each in mine if each["kind"] == "overlap"), {})
    detail = overlap.get("detail", {})
    known = result["header"]["recipients"].get(name, {})
    designs, bits = _designs(mine, name, result)
    return Line(
        place=place,
        id=name,
        kind=known.get("kind", ""),
        name=known.get("name", name),
        name_en=known.get("en", "") or known.get("name", name),
        role=known.get("role", ""),
        named=name in result["accuse"],
        designs=designs,
        design_bits=bits,
        overlap_bits=round(overlap.get("bits", 0)),
        listed=int(result["inputs"].get("listed_and_held", {}).get(name, 0)),
        held=int(detail.get("held", 0)),
        gamma=float(detail.get("gamma_star", 0)),
    )


def _designs(mine: list[Mapping[str, Any]], name: str, result: Mapping[str, Any]) -> _Designs:
    """Kinds of marks with their hits, and the bits of the strongest.

    Aliases and spellings join the engine as trials like decoys, and are told apart again here.
    """
    by_design = [each for each in mine if each["by_design"]]
    bits = max((min(_NEAR_CERTAIN, round(each["bits"])) for each in by_design), default=0)
    hits = sum(int(each["detail"].get("hits", 0)) for each in by_design)
    aliases = int(result["aliases"]["hits"].get(name, 0))
    spelt = result.get("spellings", {}).get(name, {})
    is_spelt = any(each["kind"] == "variants" for each in by_design)
    found = [("aliases", aliases), ("variants", int(spelt.get("places", 0)) if is_spelt else 0)]
    found.append(("decoys", max(0, hits - aliases - int(is_spelt))))
    return tuple(each for each in found if each[1]), bits
