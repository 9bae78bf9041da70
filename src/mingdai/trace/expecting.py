"""Keep each partner's expected senders: registered, or learned and then confirmed by an employee.

A domain is proposed only where something ties it to the partner: a letter from it that a
registered domain of the partner signed too, or the partner's own answer to a sighting.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingdai.errors import Invalid, Refused
from mingdai.partners.models import PartnerChange
from mingdai.trace.models import ExpectedSender, Grade, Sighting
from mingdai.trace.parsing import domain_of
from mingdai.words import ActorId

State = ExpectedSender.State
EXPECTED = (State.REGISTERED, State.CONFIRMED)

SIGNED_BY = "signed_by"
ANSWER = "answer"


def expected_domains(partner_id: str | None) -> frozenset[str]:
    """The domains mail of this partner is expected from; none for nobody."""
    rows = ExpectedSender.objects.filter(partner_id=partner_id, state__in=EXPECTED)
    return frozenset(rows.values_list("domain", flat=True))


def register_sender(
    partner_id: str, domain: str, *, actor: ActorId, at: datetime
) -> ExpectedSender:
    """Record a domain the partner registered with us; doing it again changes nothing.

    Raises Invalid `sender.domain` where it is no domain.
    """
    plain = domain_of(f"@{domain}")
    if not plain:
        raise Invalid(code="sender.domain", reason="not a domain name", field="domain")
    row, _ = ExpectedSender.objects.update_or_create(
        partner_id=partner_id,
        domain=plain,
        defaults={"state": State.REGISTERED},
        create_defaults={
            "state": State.REGISTERED,
            "proposed_at": at,
            "decided_at": at,
            "decided_by": actor,
        },
    )
    return row


def propose_sender(
    partner_id: str, domain: str, *, relation: str, related_to: str, at: datetime
) -> ExpectedSender:
    """Put a learned domain before an employee; what was decided before stays decided."""
    row, _ = ExpectedSender.objects.get_or_create(
        partner_id=partner_id,
        domain=domain,
        defaults={
            "state": State.PROPOSED,
            "relation": relation,
            "related_to": related_to,
            "proposed_at": at,
        },
    )
    return row


def confirm_sender(sender_id: int, *, actor: ActorId, at: datetime) -> int:
    """Expect mail from a proposed domain; how many open sightings that explains.

    Raises Refused `sender.not_proposed`.
    """
    with transaction.atomic():
        row = _decide(sender_id, State.CONFIRMED, actor, at)
        return Sighting.objects.filter(
            partner_id=row.partner_id,
            grade=Grade.OTHER,
            authenticated_as=row.domain,
            explained_at=None,
        ).update(explained_at=at)


def decline_sender(sender_id: int, *, actor: ActorId, at: datetime) -> None:
    """Keep treating a proposed domain as a stranger; raises Refused `sender.not_proposed`."""
    with transaction.atomic():
        _decide(sender_id, State.DECLINED, actor, at)


def _decide(
    sender_id: int, state: ExpectedSender.State, actor: ActorId, at: datetime
) -> ExpectedSender:
    rows = ExpectedSender.objects.select_for_update()
    row = rows.filter(pk=sender_id, state=State.PROPOSED).first()
    if row is None:
        raise Refused(
            code="sender.not_proposed",
            reason=f"expected sender {sender_id} waits for no decision",
            remedy="reload the list",
        )
    row.state, row.decided_at, row.decided_by = state, at, actor
    row.save(update_fields=["state", "decided_at", "decided_by"])
    PartnerChange.objects.create(
        partner_id=row.partner_id, actor=actor, act=f"sender_{state}", reason=row.domain, at=at
    )
    return row
