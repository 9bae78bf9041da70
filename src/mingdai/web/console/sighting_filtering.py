"""Choose sightings by grade, lender and what became of them, and turn their pages.

Pages follow the entry's number, which only grows.  What a filter does not know, it leaves out.  An
employee is not shown what was seen of a decoy that was placed with that employee.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from mingdai.accounts.models import Staff
from mingdai.trace.models import Grade, Sighting
from mingdai.web.console.admitting import actor_of

PAGE = 25
GRADES = (Grade.OTHER, Grade.UNAUTHENTICATED, Grade.UNBOUND, Grade.DECOY)

STANDINGS: dict[str, Q] = {
    "unanswered": Q(answer="", explained_at=None),
    "investigating": Q(answer="investigating", explained_at=None),
    "answered": ~Q(answer__in=["", "investigating"]) & Q(explained_at=None),
    "explained": Q(explained_at__isnull=False),
}
"""What became of a sighting; each is in exactly one."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What was asked for; "" leaves that out."""

    grade: str = ""
    lender: str = ""
    standing: str = ""

    @property
    def query(self) -> str:
        """The filter as the query of an address."""
        given = {"grade": self.grade, "lender": self.lender, "standing": self.standing}
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Turned:
    """One page, newest first; `older` and `newer` are queries of its neighbours, "" for none."""

    rows: list[Sighting]
    older: str
    newer: str


def filter_in(query: QueryDict) -> Filter:
    """The filter of an address."""
    grade, standing = query.get("grade", ""), query.get("standing", "")
    return Filter(
        grade=grade if grade in GRADES else "",
        lender=query.get("lender", "")[:24],
        standing=standing if standing in STANDINGS else "",
    )


def standing_of(row: Sighting) -> str:
    """Which of STANDINGS a sighting is in."""
    if row.explained_at is not None:
        return "explained"
    if row.answer == "":
        return "unanswered"
    return "investigating" if row.answer == "investigating" else "answered"


def visible(staff: Staff) -> QuerySet[Sighting]:
    """The sightings this employee may see, with what a list shows of them."""
    rows = Sighting.objects.exclude(alias__recipient_id=actor_of(staff))
    return rows.select_related("partner", "entry", "alias")


def turn(wanted: Filter, staff: Staff, query: QueryDict) -> Turned:
    """The page that `before` or `after` (entry numbers) in `query` asks for; one query."""
    rows = _chosen(wanted, visible(staff))
    before, after = _number(query.get("before", "")), _number(query.get("after", ""))
    if after is not None:
        found = list(rows.filter(entry_id__gt=after).order_by("entry_id")[: PAGE + 1])
        more_newer, more_older = len(found) > PAGE, True
        found = found[:PAGE][::-1]
    else:
        if before is not None:
            rows = rows.filter(entry_id__lt=before)
        found = list(rows.order_by("-entry_id")[: PAGE + 1])
        more_newer, more_older = before is not None, len(found) > PAGE
        found = found[:PAGE]
    return Turned(
        found,
        older=_beside(wanted, "before", found[-1].entry_id) if found and more_older else "",
        newer=_beside(wanted, "after", found[0].entry_id) if found and more_newer else "",
    )


def _chosen(wanted: Filter, rows: QuerySet[Sighting]) -> QuerySet[Sighting]:
    if wanted.grade:
        rows = rows.filter(grade=wanted.grade)
    if wanted.lender:
        rows = rows.filter(partner=wanted.lender)
    if wanted.standing:
        rows = rows.filter(STANDINGS[wanted.standing])
    return rows


def _beside(wanted: Filter, name: str, number: int) -> str:
    return "&".join(part for part in (wanted.query, urlencode({name: number})) if part)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
