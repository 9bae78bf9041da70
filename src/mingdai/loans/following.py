"""Follow an application: where it stands now, and everything that happened to it in order.

The row holds what the lender said; what became of the delivery and of the consent is read from
their own rows, so that no status is kept twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mingdai.consent.models import Grant
from mingdai.gate.models import Disclosure
from mingdai.loans.models import Application, LoanEvent

Status = Application.Status

OPEN = frozenset(
    {
        Status.CONSENTED,
        Status.SENT,
        Status.RECEIVED,
        Status.NEED_DOCUMENTS,
        Status.APPROVED,
    }
)
"""States in which a withdrawal ends the application."""

_BY_DELIVERY = {
    Disclosure.State.SENT: Status.SENT,
    Disclosure.State.COUNTERSIGNED: Status.SENT,
    Disclosure.State.DEAD: Status.FAILED,
    Disclosure.State.CANCELLED: Status.FAILED,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `code` is stable and a page turns it into a sentence.

    `entry_id` is its ledger entry where there is one; `flags` warn (`drift.worse`, `loan.forced`,
    or the code by which an event was refused).
    """

    code: str
    at: datetime
    entry_id: bytes | None = None
    flags: tuple[str, ...] = ()
    data: dict[str, object] = field(default_factory=dict)


def status_of(application: Application) -> str:
    """Where it stands now; load it with `grant` and `disclosure` to save queries."""
    grant, disclosure = application.grant, application.disclosure
    if grant is not None and grant.withdrawn_at is not None and application.status in OPEN:
        return Status.WITHDRAWN
    if application.status == Status.CONSENTED and disclosure is not None:
        return _BY_DELIVERY.get(Disclosure.State(disclosure.state), Status.CONSENTED)
    return application.status


def timeline(application: Application) -> list[Step]:
    """Every step so far, oldest first."""
    steps = [
        *_own_steps(application),
        *_delivery_steps(application.disclosure),
        *(_event_step(application, each) for each in application.events.order_by("received_at")),
    ]
    return sorted(steps, key=lambda step: step.at)


def _own_steps(application: Application) -> list[Step]:
    steps = [Step("started", application.created_at)]
    if application.cost_confirmed_at:
        entry_id = _bytes(application.cost_entry_id)
        steps.append(Step("cost_confirmed", application.cost_confirmed_at, entry_id))
    if application.status == Status.DECLINED:
        steps.append(Step("declined", application.updated_at))
    grant = application.grant
    if grant is not None:
        steps.append(Step("consented", grant.granted_at, bytes(grant.entry_id)))
        if grant.withdrawn_at:
            steps.append(_end_step(application, grant, grant.withdrawn_at))
    return steps


def _end_step(application: Application, grant: Grant, at: datetime) -> Step:
    """How the consent ended: by a rule, right away, or by the borrower."""
    entry_id = _bytes(grant.terminated_entry_id)
    if application.refused:
        return Step("refused", at, entry_id, (application.refused,))
    return Step("withdrawn", at, entry_id)


def _delivery_steps(disclosure: Disclosure | None) -> list[Step]:
    if disclosure is None:
        return []
    steps = [Step("disclosed", disclosure.disclosed_at, bytes(disclosure.entry.entry_id))]
    outcome = disclosure.outcome_entry
    if outcome is not None:
        code = {
            Disclosure.State.SENT: "delivered",
            Disclosure.State.COUNTERSIGNED: "countersigned",
        }.get(Disclosure.State(disclosure.state), "delivery_failed")
        at = disclosure.sent_at or outcome.created_at
        steps.append(Step(code, at, bytes(outcome.entry_id)))
    return steps


def _event_step(application: Application, event: LoanEvent) -> Step:
    flags = (event.refused,) if event.refused else ()
    if event.kind in {"approved", "disbursed"} and application.drift.get("worse"):
        flags = (*flags, "drift.worse")
    return Step(event.kind, event.received_at, None, flags, dict(event.payload))


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
