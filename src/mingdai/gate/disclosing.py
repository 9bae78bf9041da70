"""The trunk: every read of personal information is a disclosure, and this is the only way to one.

The steps stand in their order: the rules answer, the granted fields are opened and marked, the
entry commits to them as sent, they are sealed with the entry's leaf bound in, and entry, row and
envelope are written in one transaction.  Any refusal is an entry too, and then no byte is read.
If the ledger cannot append, nothing is written and nothing leaves.  Source: docs/law.md;
ARCHITECTURE.md follows one disclosure through the files.
Not promised: that a recipient keeps to what it was given the fields for.
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from mingdai.accounts.models import Ticket
from mingdai.consent.models import Grant, RelayConsent
from mingdai.consent.recording import Act, compose, record
from mingdai.errors import Refused
from mingdai.gate.concealing import conceal
from mingdai.gate.copying import Sending, copy_for
from mingdai.gate.decoying import is_decoy, no_decoy
from mingdai.gate.enveloping import Terms, seal_envelope, write_manifest
from mingdai.gate.models import Disclosure
from mingdai.gate.proposing import (
    Handover,
    Parties,
    find_parties,
    propose_own_view,
    propose_relay,
    propose_to_nobody,
    propose_to_partner,
    propose_to_staff,
)
from mingdai.law import RULES
from mingdai.law.judging import refusals
from mingdai.ledger.appending import append
from mingdai.partners.keying import no_sealing_key
from mingdai.partners.models import SealingKey
from mingdai.rows import insert
from mingdai.vault.opening import Held, hold, open_fields
from mingdai.words import FIELDS, Proposal, Reason, RecipientKind
from mingdai_proofs.entries import EntryKind

CHINA = ZoneInfo("Asia/Shanghai")

logger = logging.getLogger("mingdai.gate")

RECIPIENT_IN_ENTRY = {RecipientKind.STAFF: "staff", RecipientKind.BORROWER: "borrower"}
"""How readers inside are named in the public log: by kind; who it was is in the detail."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A proposal no rule refused, with the rows and the key it needs."""

    handover: Handover
    parties: Parties
    grant: Grant
    key: SealingKey
    held: Held
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class View:
    """A read inside: the key that makes it one entry (None: always one more), values as of when."""

    key: bytes | None
    as_of: datetime


def disclose_to_partner(handover: Handover, *, at: datetime) -> Disclosure:
    """Queue the granted fields for one partner, sealed; durable when this returns.

    Raises Refused with the first rule's code after the refusal's entry is durable; Unavailable
    where the ledger cannot append, and then nothing was written.
    """
    with transaction.atomic(durable=True):
        outcome = disclose_or_record(handover, at=at)
    if isinstance(outcome, Reason):
        raise Refused.because(outcome)
    return outcome


def disclose_or_record(handover: Handover, *, at: datetime) -> Disclosure | Reason:
    """The same inside the caller's transaction: a refusal is recorded and returned as a value."""
    agreed = _judge(handover, at)
    if isinstance(agreed, Reason):
        return agreed
    try:
        values = agreed.held.open(sorted(handover.fields))
    except Refused as refused:
        return _record_refusal(agreed.proposal, _reason_of(refused), at)
    sending = copy_for(agreed.handover, agreed.parties.partner, values, at=at)
    return _hand_over(agreed, sending, at)


def read_for_staff(ticket: Ticket | None, *, staff_id: UUID, code: str, at: datetime) -> str:
    """One field of the ticket's borrower, for the employee it is assigned to.

    The entry is durable before the value is returned, and the borrower sees it.  Raises Refused.
    """
    fresh = None if ticket is None else Ticket.objects.filter(pk=ticket.pk).first()
    proposal = propose_to_staff(fresh, staff_id, code, at)
    return _read_recorded(proposal, EntryKind.STAFF_READ, View(None, at))[code]


def own_view(
    borrower_id: UUID,
    *,
    codes: Sequence[str],
    session_key: str,
    at: datetime,
    as_of: datetime | None = None,
) -> dict[str, str]:
    """The borrower's own fields; one entry for each log-in and set of fields.

    `as_of` asks for the values as they were then.  Raises Refused.
    """
    wanted = frozenset(codes)
    proposal = propose_own_view(borrower_id, wanted, at)
    view = View(_view_key(session_key, borrower_id, wanted, as_of), as_of or at)
    return _read_recorded(proposal, EntryKind.OWN_VIEW, view)


def address_for_relay(setting: RelayConsent, *, letter_key: str, at: datetime) -> str:
    """The borrower's own e-mail address, to pass one letter on; one entry for each letter.

    The entry is durable before the address is returned.  Raises Refused.
    """
    fresh = RelayConsent.objects.filter(pk=setting.pk).first()
    proposal = propose_relay(setting.borrower_id, fresh, at)
    view = View(_view_key(letter_key, setting.borrower_id, proposal.fields, None), at)
    return _read_recorded(proposal, EntryKind.DISCLOSED, view)["email"]


def _judge(handover: Handover, at: datetime) -> Agreed | Reason:
    """Every rule in force answers; what is agreed comes back with its rows and key."""
    parties = find_parties(handover, at=at)
    if isinstance(parties, Reason):
        return _record_refusal(propose_to_nobody(handover, at), parties, at)
    if handover.decoy and (reason := no_decoy(parties.partner, handover, at=at)):
        return _record_refusal(propose_to_nobody(handover, at), reason, at)
    held = hold(handover.borrower_id, handover.fields | {"id_number"}, at=at)
    age = held.age_on(at.astimezone(CHINA).date())
    proposal = propose_to_partner(handover, parties, age=age, at=at)
    reasons = refusals(proposal, RULES)
    if reasons or parties.grant is None:
        return _record_refusal(proposal, reasons[0], at)
    if parties.key is None:
        return _record_refusal(proposal, no_sealing_key(handover.partner_id), at)
    return Agreed(handover, parties, parties.grant, parties.key, held, proposal)


def _hand_over(agreed: Agreed, sending: Sending, at: datetime) -> Disclosure:
    """Entry, disclosure and envelope, in the caller's transaction."""
    copy, handover = sending.copy, sending.handover
    disclosure = _row(agreed.proposal, at, Disclosure.State.QUEUED)
    disclosure.partner, disclosure.carrier = agreed.parties.partner, agreed.parties.carrier
    disclosure.application_id = handover.application_id
    disclosure.mark_bits, disclosure.places = copy.bits, list(copy.places)
    disclosure.next_attempt_at = sending.due_at
    manifest = write_manifest(handover, Terms(disclosure.id, agreed.grant, agreed.key, at))
    detail: dict[str, object] = {
        "disclosure": str(disclosure.id),
        "grant": str(agreed.grant.id),
        "manifest": hashlib.sha256(manifest).hexdigest(),
        "mark_bits": str(copy.bits),
        "quoted": dict(handover.quoted),
        "sealed": conceal(disclosure.id, decoy=handover.decoy, places=copy.places),
    }
    act = _act(agreed.proposal, EntryKind.DISCLOSED, detail)
    composed = compose(act, values=copy.values, at=at, held=agreed.held.key)
    envelope = seal_envelope(disclosure, composed, manifest=manifest, key=agreed.key)
    disclosure.entry = append(composed.data, at=at)
    insert(disclosure)
    insert(envelope)
    return disclosure


def _read_recorded(proposal: Proposal, kind: EntryKind, view: View) -> dict[str, str]:
    """The values, once their entry is durable; raises Refused.

    Of two equal views at the same instant one writes the entry, and the other then finds it.
    """
    try:
        with transaction.atomic(durable=True):
            outcome = _read_inside(proposal, kind, view)
    except IntegrityError:
        with transaction.atomic(durable=True):
            outcome = _read_inside(proposal, kind, view)
    if isinstance(outcome, Reason):
        raise Refused.because(outcome)
    return outcome


def _read_inside(proposal: Proposal, kind: EntryKind, view: View) -> dict[str, str] | Reason:
    """A read by the borrower or an employee: rules, fields, entry and row, nothing sealed.

    A view repeated is judged and opened again, and is no further entry.
    """
    reasons = refusals(proposal, RULES)
    if reasons:
        return _record_refusal(proposal, reasons[0], proposal.at)
    try:
        values = open_fields(proposal.borrower_id, sorted(proposal.fields), at=view.as_of)
    except Refused as refused:
        return _record_refusal(proposal, _reason_of(refused), proposal.at)
    if view.key is not None and Disclosure.objects.filter(view_key=view.key).exists():
        return values
    row = _row(proposal, proposal.at, Disclosure.State.READ)
    row.view_key = view.key
    detail: dict[str, object] = {"disclosure": str(row.id), "reader": proposal.recipient.id}
    if proposal.recipient.kind is RecipientKind.STAFF:
        detail["sealed"] = conceal(row.id, decoy=is_decoy(proposal.borrower_id), places=())
    composed = compose(_act(proposal, kind, detail), values=values, at=proposal.at)
    row.entry = append(composed.data, at=proposal.at)
    insert(row)
    return values


def _row(proposal: Proposal, at: datetime, state: Disclosure.State) -> Disclosure:
    return Disclosure(
        id=uuid.uuid4(),
        borrower_id=proposal.borrower_id,
        recipient_kind=proposal.recipient.kind,
        recipient_id=proposal.recipient.id,
        grant_id=proposal.grant.id if isinstance(proposal.grant, Grant) else None,
        ticket_id=proposal.ticket.id if proposal.ticket else None,
        purpose=proposal.purpose,
        basis=proposal.basis,
        route=proposal.route,
        fields=_in_order(proposal.fields),
        disclosed_at=at,
        state=state,
    )


def _act(proposal: Proposal, kind: EntryKind, detail: dict[str, object]) -> Act:
    return Act(
        kind=kind,
        borrower_id=proposal.borrower_id,
        recipient=RECIPIENT_IN_ENTRY.get(proposal.recipient.kind, proposal.recipient.id),
        purpose=proposal.purpose,
        basis=proposal.basis,
        route=proposal.route,
        fields=tuple(_in_order(proposal.fields)),
        detail=detail,
    )


def _record_refusal(proposal: Proposal, reason: Reason, at: datetime) -> Reason:
    """Write the refusal's entry; its code is a commitment in the log and clear to the operator."""
    detail: dict[str, object] = {"code": reason.code, "recipient": proposal.recipient.id}
    record(_act(proposal, EntryKind.REFUSED, detail), at=at)
    logger.warning("refused %s to %s", reason.code, proposal.recipient.id or "nobody known")
    return reason


def _in_order(codes: frozenset[str]) -> list[str]:
    return [each.code for each in FIELDS if each.code in codes]


def _reason_of(refused: Refused) -> Reason:
    return Reason(refused.code, refused.reason, refused.source, refused.remedy)


def _view_key(
    session_key: str, borrower_id: UUID, codes: frozenset[str], as_of: datetime | None
) -> bytes:
    """One log-in and one set of fields, in one digest; a session key is random, so it is safe."""
    moment = as_of.isoformat() if as_of else ""
    text = "\n".join((session_key, str(borrower_id), moment, *_in_order(codes)))
    return hashlib.sha256(text.encode()).digest()
