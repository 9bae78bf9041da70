"""Count what happened: disclosures, refusals, withdrawals, deliveries, and who passed what to whom.

A constant number of queries, whatever the number of rows; no person is in any result.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from mingdai.accounts.models import Ticket
from mingdai.gate.models import Disclosure, Notice
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.proving import covered_size
from mingdai.partners.models import Partner
from mingdai.words import RecipientKind
from mingdai_proofs.entries import EntryKind

WINDOW = timedelta(days=30)
"""How far back the overview counts."""

SHOWN = 8
"""Recipients drawn by name; the rest are one stop."""

State = Disclosure.State


@dataclass(frozen=True, slots=True)
class Figures:
    """The overview's figures, of the window; `waiting`, `dead` and `open_tickets` are as of now.

    `provable` counts disclosures a published checkpoint covers.
    """

    disclosures: int
    provable: int
    recipients: int
    staff_reads: int
    own_views: int
    refusals: int
    withdrawals: int
    notices: int
    acknowledged: int
    overdue: int
    waiting: int
    dead: int
    open_tickets: int


@dataclass(frozen=True, slots=True)
class Link:
    """What went to one recipient by one carrier (None: by nobody), in the window."""

    partner: Partner
    carrier: Partner | None
    count: int
    people: int
    taken: int
    waiting: int
    dead: int
    ended: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Flow:
    """Borrowers to platform to carriers to recipients; `others` counts what has no stop."""

    people: int
    count: int
    links: tuple[Link, ...]
    others: int
    staff_reads: int


def figures(at: datetime) -> Figures:
    """The figures of the window that ends at `at`; seven queries, none scans the ledger."""
    since = at - WINDOW
    return Figures(
        **_disclosed(since),
        **_recorded(since),
        **_told(since, at),
        **_queued(),
        open_tickets=Ticket.objects.filter(closed_at=None, closes_at__gt=at).count(),
    )


def flow(at: datetime) -> Flow:
    """Who passed what to whom in the window that ends at `at`; three queries."""
    sent = Disclosure.objects.filter(disclosed_at__gte=at - WINDOW)
    totals = sent.aggregate(
        people=Count("borrower", distinct=True, filter=Q(partner__isnull=False)),
        count=Count("pk", filter=Q(partner__isnull=False)),
        staff_reads=Count("pk", filter=Q(recipient_kind=RecipientKind.STAFF)),
    )
    found = _links(sent)
    return Flow(
        people=totals["people"],
        count=totals["count"],
        links=tuple(found[:SHOWN]),
        others=sum(each.count for each in found[SHOWN:]),
        staff_reads=totals["staff_reads"],
    )


def _links(sent: QuerySet[Disclosure]) -> list[Link]:
    rows = list(
        sent.filter(partner__isnull=False)
        .values("partner_id", "carrier_id")
        .annotate(
            count=Count("pk"),
            people=Count("borrower", distinct=True),
            taken=Count("pk", filter=Q(sent_at__isnull=False)),
            waiting=Count("pk", filter=Q(state=State.QUEUED)),
            dead=Count("pk", filter=Q(state=State.DEAD)),
            ended=Count("pk", filter=Q(grant__withdrawn_at__isnull=False)),
            last_at=Max("disclosed_at"),
        )
        .order_by("-count", "partner_id", "carrier_id")
    )
    ids = {each[key] for each in rows for key in ("partner_id", "carrier_id")}
    partners = Partner.objects.in_bulk(ids - {None})
    return [_link(dict[str, Any](each), partners) for each in rows]


def _link(row: dict[str, Any], partners: dict[str, Partner]) -> Link:
    counts = {key: value for key, value in row.items() if not key.endswith("_id")}
    return Link(
        partner=partners[row["partner_id"]], carrier=partners.get(row["carrier_id"]), **counts
    )


def _disclosed(since: datetime) -> dict[str, int]:
    partner = Q(recipient_kind=RecipientKind.PARTNER)
    return Disclosure.objects.filter(disclosed_at__gte=since).aggregate(
        disclosures=Count("pk", filter=partner),
        provable=Count("pk", filter=partner & Q(entry__index__lt=covered_size())),
        recipients=Count("partner", distinct=True, filter=partner),
        staff_reads=Count("pk", filter=Q(recipient_kind=RecipientKind.STAFF)),
        own_views=Count("pk", filter=Q(recipient_kind=RecipientKind.BORROWER)),
    )


def _recorded(since: datetime) -> dict[str, int]:
    """Refusals and withdrawals, each kind from its own small index of the ledger."""
    return {
        "refusals": _entries(EntryKind.REFUSED, since) + _entries(EntryKind.ASKED_REFUSED, since),
        "withdrawals": _entries(EntryKind.WITHDRAWN, since),
    }


def _entries(kind: EntryKind, since: datetime) -> int:
    return LedgerEntry.objects.filter(kind=int(kind), created_at__gte=since).count()


def _told(since: datetime, at: datetime) -> dict[str, int]:
    return Notice.objects.filter(queued_at__gte=since).aggregate(
        notices=Count("pk"),
        acknowledged=Count("pk", filter=Q(acknowledged_at__isnull=False)),
        overdue=Count("pk", filter=Q(acknowledged_at=None, due_at__lte=at)),
    )


def _queued() -> dict[str, int]:
    return Disclosure.objects.filter(state__in=[State.QUEUED, State.DEAD]).aggregate(
        waiting=Count("pk", filter=Q(state=State.QUEUED)),
        dead=Count("pk", filter=Q(state=State.DEAD)),
    )
