"""Take in what a lender says of an application: once for each event, in an order that can be.

An event that cannot follow is recorded as refused and changes nothing.  Final terms are compared
with the quote.  A payout that nobody asked for is a forced loan (强制下款, docs/law.md L11): never
approved, withdrawn, without a draw, or of another amount; it is an entry of its own.
Not promised: that what the lender says is true; that the borrower drew is the lender's word.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingdai.consent.recording import Act, record
from mingdai.errors import Invalid, Refused
from mingdai.loans.models import Application, Instalment, LoanEvent
from mingdai.loans.quoting import Figures, Payment, compare, figure_terms
from mingdai.loans.vouching import VerifiedEvent
from mingdai.words import LegalBasis, Purpose
from mingdai_proofs.entries import EntryKind

Status = Application.Status

FORCED = "loan.forced"
OUT_OF_ORDER = "event.out_of_order"
MAX_PAYMENTS = 600
MAX_FEN = 10**13

FOLLOWS: dict[str, frozenset[str]] = {
    "received": frozenset({Status.CONSENTED, Status.SENT}),
    "need_documents": frozenset({Status.RECEIVED, Status.NEED_DOCUMENTS}),
    "approved": frozenset({Status.RECEIVED, Status.NEED_DOCUMENTS}),
    "rejected": frozenset({Status.RECEIVED, Status.NEED_DOCUMENTS}),
    "disbursed": frozenset({Status.APPROVED}),
    "repayment_plan": frozenset({Status.APPROVED, Status.DISBURSED}),
    "closed": frozenset({Status.DISBURSED}),
}
"""Which states each kind of event may follow."""

BECOMES = {
    "received": Status.RECEIVED,
    "need_documents": Status.NEED_DOCUMENTS,
    "approved": Status.APPROVED,
    "rejected": Status.REJECTED,
    "disbursed": Status.DISBURSED,
    "closed": Status.CLOSED,
}


def take(event: VerifiedEvent, *, at: datetime) -> LoanEvent:
    """Record the event and, where it can follow, apply it; the same event again changes nothing.

    `refused` on the row says why it was not applied.  Raises Refused `event.unknown_application`
    where the application is not this partner's, Invalid `event.terms` for figures that are none.
    """
    with transaction.atomic():
        row = _locked(event)
        known = LoanEvent.objects.filter(partner=event.partner, event_id=event.event_id).first()
        if known is not None:
            return known
        refused = _refusal(row, event)
        if event.kind == "disbursed" and _is_forced(row, event):
            refused = FORCED
            _record(row, EntryKind.FORCED_LOAN, event, at)
        elif not refused:
            _apply(row, event, at)
        return LoanEvent.objects.create(
            partner=event.partner,
            event_id=event.event_id,
            application=row,
            kind=event.kind,
            payload=event.data,
            occurred_at=event.occurred_at,
            received_at=at,
            refused=refused,
        )


def _locked(event: VerifiedEvent) -> Application:
    """The application the event is about, its row locked so that events come one by one."""
    row = (
        Application.objects.select_for_update(of=("self",))
        .select_related("grant", "disclosure")
        .filter(pk=event.application_id, partner=event.partner, grant__isnull=False)
        .first()
    )
    if row is None:
        raise Refused(
            code="event.unknown_application",
            reason=f"partner {event.partner.pk} has no application {event.application_id}",
        )
    return row


def _refusal(row: Application, event: VerifiedEvent) -> str:
    """Why this event cannot follow, "" where it can."""
    if row.grant is not None and row.grant.withdrawn_at is not None:
        return "event.withdrawn"
    if row.disclosure is None or row.disclosure.attempts == 0:
        return "event.never_sent"
    return "" if row.status in FOLLOWS[event.kind] else OUT_OF_ORDER


def _is_forced(row: Application, event: VerifiedEvent) -> bool:
    if row.status == Status.DISBURSED:
        return False
    withdrawn = row.grant is not None and row.grant.withdrawn_at is not None
    amount = _fen(event.data, "amount_fen")
    other = amount != row.actual.get("amount_fen", amount)
    return withdrawn or row.status != Status.APPROVED or not event.data.get("drawn_at") or other


def _apply(row: Application, event: VerifiedEvent, at: datetime) -> None:
    row.status = BECOMES.get(event.kind, row.status)
    row.updated_at = at
    if event.kind == "approved":
        _compare(row, _terms(row, event.data))
        _record(row, EntryKind.DECIDED, event, at)
    elif event.kind == "rejected":
        _record(row, EntryKind.DECIDED, event, at)
    elif event.kind == "disbursed":
        row.drawn_at = _time(event.data["drawn_at"])
        payments = _payments(row.actual.get("payments"))
        net = _fen(event.data, "net_fen")
        terms = figure_terms(row, net_fen=net, payments=payments)
        _compare(row, {**terms, "amount_fen": row.actual["amount_fen"]})
        _record(row, EntryKind.DISBURSED, event, at)
    elif event.kind == "repayment_plan":
        _keep_plan(row, _payments(event.data.get("payments")))
    row.save()


def _terms(row: Application, data: dict[str, Any]) -> Figures:
    """The final terms as figures; the amount approved stays with them."""
    payments = _payments(data.get("payments"))
    terms = figure_terms(row, net_fen=_fen(data, "net_fen"), payments=payments)
    return {**terms, "amount_fen": _fen(data, "amount_fen")}


def _compare(row: Application, actual: Figures) -> None:
    row.actual, row.drift = actual, compare(row.quoted, actual)


def _keep_plan(row: Application, payments: list[Payment]) -> None:
    row.plan.all().delete()
    Instalment.objects.bulk_create(
        Instalment(
            application=row,
            number=number,
            due_on=each.due_on,
            principal_fen=each.principal_fen,
            interest_fen=each.interest_fen,
            fees_fen=each.fees_fen,
        )
        for number, each in enumerate(payments, start=1)
    )


def _payments(value: object) -> list[Payment]:
    if not isinstance(value, list) or not 0 < len(value) <= MAX_PAYMENTS:
        raise _bad("payments")
    return [_payment(each) for each in value]


def _payment(value: object) -> Payment:
    if not isinstance(value, dict):
        raise _bad("payments")
    try:
        due_on = date.fromisoformat(value["due_on"])
    except (KeyError, TypeError, ValueError) as error:
        raise _bad("payments") from error
    fees = _fen(value, "fees_fen") if "fees_fen" in value else 0
    return Payment(due_on, _fen(value, "principal_fen"), _fen(value, "interest_fen"), fees)


def _fen(data: dict[str, Any], name: str) -> int:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_FEN:
        raise _bad(name)
    return value


def _time(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError as error:
        raise _bad("drawn_at") from error
    if found is None or found.utcoffset() is None:
        raise _bad("drawn_at")
    return found


def _bad(name: str) -> Invalid:
    return Invalid(code="event.terms", reason=f"{name} is not as documented", field=name)


def _record(row: Application, kind: EntryKind, event: VerifiedEvent, at: datetime) -> None:
    act = Act(
        kind=kind,
        borrower_id=row.borrower_id,
        recipient=row.partner_id,
        purpose=Purpose.CREDIT_DECISION,
        basis=LegalBasis.CONSENT,
        route=row.route,
        detail={"application": str(row.pk), "event": event.event_id, "kind": event.kind},
    )
    record(act, at=at)
