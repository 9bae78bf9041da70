"""Choose disclosures by recipient, kind, state and day, and turn their pages.

Pages follow the entry's number, which only grows: a page costs the same however far back it is, and
a row added meanwhile moves nothing.  What a filter does not know, it leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import QueryDict

from mingdai.gate.models import Disclosure
from mingdai.words import RecipientKind

CHINA = ZoneInfo("Asia/Shanghai")
PAGE = 25


@dataclass(frozen=True, slots=True)
class Filter:
    """What was asked for; "" and None leave that out.  Days are whole days in Asia/Shanghai."""

    to: str = ""
    kind: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def query(self) -> str:
        """The filter as the query of an address."""
        given = {
            "to": self.to,
            "kind": self.kind,
            "state": self.state,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Turned:
    """One page, newest first; `older` and `newer` are queries of its neighbours, "" for none."""

    rows: list[Disclosure]
    older: str
    newer: str


def filter_in(query: QueryDict) -> Filter:
    """The filter of an address."""
    kind, state = query.get("kind", ""), query.get("state", "")
    return Filter(
        to=query.get("to", "")[:24],
        kind=kind if kind in set(RecipientKind) else "",
        state=state if state in Disclosure.State.values else "",
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
    )


def turn(wanted: Filter, query: QueryDict) -> Turned:
    """The page that `before` or `after` (entry numbers) in `query` asks for; one query."""
    rows = _chosen(wanted).select_related("partner", "carrier", "entry")
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


def _chosen(wanted: Filter) -> QuerySet[Disclosure]:
    rows = Disclosure.objects.all()
    if wanted.to:
        rows = rows.filter(partner=wanted.to)
    if wanted.kind:
        rows = rows.filter(recipient_kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.since:
        rows = rows.filter(disclosed_at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(disclosed_at__lt=_midnight(wanted.until + timedelta(days=1)))
    return rows


def _beside(wanted: Filter, name: str, number: int) -> str:
    return "&".join(part for part in (wanted.query, urlencode({name: number})) if part)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=CHINA)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(9000, 1, 1) else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
