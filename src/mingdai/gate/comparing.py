"""The bulk door: fields of everybody, once, to compare them with a found list; no person reads.

One bulk ticket is one read and one entry.  The rules answer first; then the set of people is fixed
and the entry that commits to its size and root is durable; only then is a value opened, and only of
people in that set.  A run that was broken off goes on under the same entry.  Any refusal is an
entry too.  Source: docs/law.md, `second_person`; docs/protocol.md, "Entry".
Not promised: that the process that compares keeps nothing; `cases` says what it does with them.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mingdai.accounts.models import BulkTicket
from mingdai.consent.recording import Act, record
from mingdai.errors import Refused
from mingdai.gate.models import BulkRead, BulkRecords
from mingdai.law import RULES
from mingdai.law.judging import refusals
from mingdai.ledger.appending import append
from mingdai.vault.surveying import RECORD_BYTES, TAG_BYTES, open_everybody, records_of
from mingdai.vault.surveying import Opened as Opened  # what readers get
from mingdai.vault.surveying import Version as Version
from mingdai.words import (
    EVERYBODY,
    FIELDS,
    LegalBasis,
    Proposal,
    Purpose,
    Reason,
    Recipient,
    RecipientKind,
    Route,
)
from mingdai_proofs.commitments import KEY_BYTES, detail_commitment
from mingdai_proofs.entries import FILLER_BYTES, PERIOD_S, Entry, EntryKind, encode_entry
from mingdai_proofs.merkle import leaf_hashes, tree_root

logger = logging.getLogger("mingdai.gate")

STAFF_IN_ENTRY = "staff"


@dataclass(frozen=True, slots=True)
class About:
    """What the read is for: the case's number and SHA-256 (hex) of the list to compare with."""

    case: str
    list_sha256: str


def begin_bulk_read(ticket: BulkTicket, about: About, *, at: datetime) -> BulkRead:
    """Fix the set of people and write the entry; durable when this returns.

    Of a ticket that was begun before, the same read.  Raises Refused with the first rule's code
    after the refusal's entry is durable, Unavailable where the ledger cannot append.
    """
    with transaction.atomic(durable=True):
        outcome = _begin_or_record(ticket, about, at)
    if isinstance(outcome, Reason):
        raise Refused.because(outcome)
    return outcome


def _begin_or_record(ticket: BulkTicket, about: About, at: datetime) -> BulkRead | Reason:
    """A refusal is recorded and returned as a value, so that its entry is kept."""
    fresh = BulkTicket.objects.select_for_update(of=("self",)).filter(pk=ticket.pk).first()
    proposal = _propose(fresh, ticket.assignee_id, at)
    reasons = refusals(proposal, RULES)
    if reasons or fresh is None:
        return _record_refusal(proposal, reasons[0])
    known = BulkRead.objects.filter(ticket=fresh).first()
    return known or _write(proposal, fresh, about)


def read_everybody(read: BulkRead) -> Iterator[Opened]:
    """The values of everybody in the set, as they stood when it was fixed."""
    stored = BulkRecords.objects.select_related("bulk_read__entry").get(pk=read.pk)
    tags = frozenset(each[:TAG_BYTES] for each in _records(bytes(stored.data)))
    kept = stored.bulk_read
    entry_id = bytes(kept.entry.entry_id)
    return open_everybody(kept.fields, entry_id, tags=tags, at=kept.disclosed_at)


def facts_of(read: BulkRead) -> Mapping[str, object]:
    """What the entry's detail commits to; `detail_key` opens it."""
    facts: Mapping[str, object] = read.facts
    return facts


def _propose(ticket: BulkTicket | None, staff_id: UUID, at: datetime) -> Proposal:
    return Proposal(
        borrower_id=EVERYBODY,
        recipient=Recipient(RecipientKind.STAFF, f"staff:{staff_id}", legal_name=""),
        purpose=Purpose.CASE_HANDLING,
        fields=frozenset(ticket.fields if ticket else ()),
        route=Route.INSIDE,
        basis=LegalBasis.STATUTORY_DUTY,
        at=at,
        ticket=ticket,
    )


def _write(proposal: Proposal, ticket: BulkTicket, about: About) -> BulkRead:
    """Records, entry and row, in the caller's transaction."""
    entry_id, key = secrets.token_bytes(16), secrets.token_bytes(KEY_BYTES)
    fields = _in_order(proposal.fields)
    records = records_of(fields, entry_id, at=proposal.at)
    root = tree_root(leaf_hashes(records))
    facts = {
        "approver": f"staff:{ticket.second_person_id}",
        "case": about.case,
        "count": len(records),
        "list": about.list_sha256,
        "reader": proposal.recipient.id,
        "root": root.hex(),
        "ticket": str(ticket.pk),
    }
    data = _entry(proposal, fields, entry_id, detail_commitment(key, facts))
    read = BulkRead.objects.create(
        ticket=ticket,
        recipient_id=proposal.recipient.id,
        fields=list(fields),
        facts=facts,
        count=len(records),
        root=root,
        detail_key=key,
        entry=append(data, at=proposal.at),
        disclosed_at=proposal.at,
    )
    BulkRecords.objects.create(bulk_read=read, data=b"".join(records))
    return read


def _entry(proposal: Proposal, fields: tuple[str, ...], entry_id: bytes, detail: bytes) -> bytes:
    entry = Entry(
        kind=EntryKind.BULK_READ,
        at_s=int(proposal.at.timestamp()) // PERIOD_S * PERIOD_S,
        entry_id=entry_id,
        recipient=STAFF_IN_ENTRY,
        purpose=proposal.purpose,
        basis=proposal.basis,
        route=proposal.route,
        fields=fields,
        subject_tag=secrets.token_bytes(32),
        commitments=tuple(secrets.token_bytes(32) for _ in fields),
        detail=detail,
        previous=secrets.token_bytes(32),
    )
    return encode_entry(entry, secrets.token_bytes(FILLER_BYTES))


def _record_refusal(proposal: Proposal, reason: Reason) -> Reason:
    """Write the refusal's entry; its code is a commitment in the log and clear to the operator."""
    act = Act(
        kind=EntryKind.REFUSED,
        borrower_id=EVERYBODY,
        recipient=STAFF_IN_ENTRY,
        purpose=proposal.purpose,
        basis=proposal.basis,
        route=proposal.route,
        fields=_in_order(proposal.fields),
        detail={"code": reason.code, "recipient": proposal.recipient.id},
    )
    record(act, at=proposal.at)
    logger.warning("refused %s to %s", reason.code, proposal.recipient.id)
    return reason


def _records(data: bytes) -> Iterator[bytes]:
    return (data[at : at + RECORD_BYTES] for at in range(0, len(data), RECORD_BYTES))


def _in_order(codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(each.code for each in FIELDS if each.code in codes)
