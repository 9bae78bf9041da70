"""Who has my data: every read of one borrower, newest first, with what became of it.

A constant number of queries, whatever the number of rows.  It shows no value: a page that wants
values asks for an own view.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from mingdai.accounts.models import Borrower
from mingdai.consent.models import Grant
from mingdai.gate.models import Alias, Disclosure, Notice
from mingdai.ledger.proving import covered_size
from mingdai.words import RecipientKind


class ProofStatus(StrEnum):
    """How far the proof of a read has come."""

    RECORDED = "recorded"
    """Durable; no checkpoint covers it yet."""
    PROVABLE = "provable"
    """A cosigned checkpoint covers it: a receipt can be had."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A recipient was told to delete; `acknowledged_at` is None until it signed that it did."""

    kind: str
    queued_at: datetime
    due_at: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class PathRow:
    """One read.  `name` and `name_en` are the recipient's legal name, "" for readers inside.

    `wording_id` is the hash of the text consented to; `ticket_id` an employee's reason;
    `carrier` and `carrier_en` are of who relayed sealed bytes, "" for nobody; `alias` the address
    this recipient got in place of the e-mail, "" for none.
    """

    disclosure_id: UUID
    recipient_kind: str
    recipient_id: str
    name: str
    name_en: str
    contact: str
    carrier: str
    carrier_en: str
    fields: tuple[str, ...]
    purpose: str
    route: str
    disclosed_at: datetime
    state: str
    mark_bits: float
    application_id: UUID | None
    grant_id: UUID | None
    wording_id: str
    granted_at: datetime | None
    expires_at: datetime | None
    withdrawn_at: datetime | None
    terminated_entry_id: bytes | None
    ticket_id: UUID | None
    entry_id: bytes
    proof: ProofStatus
    outcome_entry_id: bytes | None
    alias: str
    notices: tuple[NoticeRow, ...]

    @property
    def can_withdraw(self) -> bool:
        """Whether there is a grant that the borrower may still take back."""
        return self.grant_id is not None and self.withdrawn_at is None


def path_of(borrower: Borrower, *, kinds: frozenset[RecipientKind] | None = None) -> list[PathRow]:
    """Every read of this borrower, newest first; only by recipients of `kinds` where given."""
    rows = Disclosure.objects.filter(borrower=borrower).select_related(
        "partner", "carrier", "grant", "entry", "outcome_entry"
    )
    if kinds is not None:
        rows = rows.filter(recipient_kind__in=list(kinds))
    covered = covered_size()
    aliases = _aliases(borrower)
    notices = _notices(borrower)
    return [
        _row(each, covered, aliases, notices[each.pk])
        for each in rows.order_by("-disclosed_at", "-entry_id")
    ]


def _aliases(borrower: Borrower) -> dict[tuple[str, UUID], str]:
    rows = Alias.objects.filter(borrower=borrower, channel=Alias.Channel.EMAIL)
    return {
        (each.recipient_id, each.application_id): f"{each.local_part}@{each.domain}"
        for each in rows
    }


def _notices(borrower: Borrower) -> dict[UUID, list[NoticeRow]]:
    found: dict[UUID, list[NoticeRow]] = defaultdict(list)
    for each in Notice.objects.filter(disclosure__borrower=borrower).order_by("queued_at"):
        found[each.disclosure_id].append(
            NoticeRow(each.kind, each.queued_at, each.due_at, each.sent_at, each.acknowledged_at)
        )
    return found


def _row(
    row: Disclosure, covered: int, aliases: dict[tuple[str, UUID], str], notices: list[NoticeRow]
) -> PathRow:
    index, outcome = row.entry.index, row.outcome_entry
    provable = index is not None and index < covered
    alias_of = (row.partner_id or "", row.application_id or UUID(int=0))
    return PathRow(
        disclosure_id=row.pk,
        recipient_kind=row.recipient_kind,
        recipient_id=row.recipient_id,
        fields=tuple(row.fields),
        purpose=row.purpose,
        route=row.route,
        disclosed_at=row.disclosed_at,
        state=row.state,
        mark_bits=row.mark_bits,
        application_id=row.application_id,
        ticket_id=row.ticket_id,
        entry_id=bytes(row.entry.entry_id),
        proof=ProofStatus.PROVABLE if provable else ProofStatus.RECORDED,
        outcome_entry_id=_bytes(outcome.entry_id) if outcome else None,
        alias=aliases.get(alias_of, "") if "email" in row.fields else "",
        notices=tuple(notices),
        **_parties_of(row),
        **_consent_of(row.grant),
    )


def _parties_of(row: Disclosure) -> dict[str, Any]:
    partner = row.partner
    return {
        "name": partner.legal_name if partner else "",
        "name_en": partner.legal_name_en if partner else "",
        "contact": partner.contact if partner else "",
        "carrier": row.carrier.legal_name if row.carrier else "",
        "carrier_en": row.carrier.legal_name_en if row.carrier else "",
    }


def _consent_of(grant: Grant | None) -> dict[str, Any]:
    return {
        "grant_id": grant.pk if grant else None,
        "wording_id": grant.wording_id if grant else "",
        "granted_at": grant.granted_at if grant else None,
        "expires_at": grant.expires_at if grant else None,
        "withdrawn_at": grant.withdrawn_at if grant else None,
        "terminated_entry_id": _bytes(grant.terminated_entry_id) if grant else None,
    }


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
