"""Keep each partner's expected senders: registered, or learned and then confirmed by an employee.

A domain is proposed only where something ties it to the partner: a letter from it that a
registered domain of the partner signed too, the partner's own answer to a sighting, or that the
partner named it.  A name under which anybody may register (a public suffix) is nobody's own.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import F, Q, QuerySet
from publicsuffixlist import PublicSuffixList

from mingdai.errors import Invalid, Refused
from mingdai.gate.models import Alias
from mingdai.partners.models import PartnerChange
from mingdai.trace.grading import covers
from mingdai.trace.models import ExpectedSender, Grade, Sighting
from mingdai.trace.parsing import domain_of
from mingdai.words import ActorId

State = ExpectedSender.State
EXPECTED = (State.REGISTERED, State.CONFIRMED)

SIGNED_BY = "signed_by"
ANSWER = "answer"
NAMED = "named"

MOST_PROPOSED = 50
"""Domains of one partner that may wait for a decision."""


def expected_domains(partner_id: str | None) -> frozenset[str]:
    """The domains mail of this partner is expected from; none for nobody."""
    return _expected(partner_id, Alias.Channel.EMAIL)


def expected_callers(partner_id: str | None) -> frozenset[str]:
    """The numbers calls of this partner are expected from; none for nobody."""
    return _expected(partner_id, Alias.Channel.PHONE)


def _expected(partner_id: str | None, channel: Alias.Channel) -> frozenset[str]:
    rows = ExpectedSender.objects.filter(partner_id=partner_id, channel=channel, state__in=EXPECTED)
    return frozenset(rows.values_list("domain", flat=True))


def register_sender(
    partner_id: str, domain: str, *, actor: ActorId, at: datetime
) -> ExpectedSender:
    """Record a domain the partner registered with us; doing it again changes nothing.

    Raises Invalid `sender.domain` where it is no domain, Refused `sender.public_suffix`.
    """
    plain = _own_domain(domain)
    row, _ = ExpectedSender.objects.update_or_create(
        partner_id=partner_id,
        channel=Alias.Channel.EMAIL,
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
        channel=Alias.Channel.EMAIL,
        domain=domain,
        defaults={
            "state": State.PROPOSED,
            "relation": relation,
            "related_to": related_to,
            "proposed_at": at,
        },
    )
    return row


def name_sender(partner_id: str, domain: str, *, at: datetime) -> ExpectedSender:
    """A partner names a domain it writes from; it counts once an employee confirmed it.

    Raises Invalid `sender.domain`, Refused `sender.public_suffix` or `sender.too_many`.
    """
    plain = _own_domain(domain)
    waiting = ExpectedSender.objects.filter(partner_id=partner_id, state=State.PROPOSED)
    if waiting.exclude(domain=plain).count() >= MOST_PROPOSED:
        raise Refused(
            code="sender.too_many",
            reason=f"{MOST_PROPOSED} domains of {partner_id} wait for a decision",
            remedy="wait until some are decided",
        )
    return propose_sender(partner_id, plain, relation=NAMED, related_to="", at=at)


def senders_of(partner_id: str) -> QuerySet[ExpectedSender]:
    """A partner's domains with how each stands, by name."""
    return ExpectedSender.objects.filter(partner_id=partner_id).order_by("channel", "domain")


def explained_by(sender: ExpectedSender) -> QuerySet[Sighting]:
    """The open sightings that confirming the sender explains: provably from it, at a live address.

    A decoy's are among them, as `grading.grade` would have it.
    """
    was_live = Q(alias__ended_at=None) | Q(alias__ended_at__gt=F("first_seen_at"))
    graded = Q(grade=Grade.OTHER) | (Q(grade=Grade.DECOY) & was_live)
    return Sighting.objects.filter(
        _from(sender.domain), graded, partner_id=sender.partner_id, explained_at=None
    )


def _from(domain: str) -> Q:
    return Q(authenticated_as=domain) | Q(authenticated_as__endswith=f".{domain}")


def confirm_sender(sender_id: int, *, actor: ActorId, at: datetime) -> int:
    """Expect mail from a proposed domain; how many open sightings that explains.

    Raises Refused `sender.not_proposed`.
    """
    with transaction.atomic():
        row = _decide(sender_id, State.PROPOSED, State.CONFIRMED, actor, at)
        _record(row, f"sender_{State.CONFIRMED}", actor, at)
        return explained_by(row).update(explained_at=at)


def decline_sender(sender_id: int, *, actor: ActorId, at: datetime) -> None:
    """Keep treating a proposed domain as a stranger; raises Refused `sender.not_proposed`."""
    with transaction.atomic():
        row = _decide(sender_id, State.PROPOSED, State.DECLINED, actor, at)
        _record(row, f"sender_{State.DECLINED}", actor, at)


def retire_sender(sender_id: int, *, actor: ActorId, at: datetime) -> int:
    """Expect a confirmed domain no more; how many sightings it had explained are open again.

    What came from it meanwhile stays as it was graded.  Raises Refused `sender.not_confirmed`.
    """
    with transaction.atomic():
        row = _decide(sender_id, State.CONFIRMED, State.DECLINED, actor, at)
        _record(row, "sender_retired", actor, at)
        still = expected_domains(row.partner_id)
        rows = Sighting.objects.filter(
            _from(row.domain), partner_id=row.partner_id, explained_at__isnull=False
        )
        lost = [
            each
            for each in set(rows.values_list("authenticated_as", flat=True))
            if not covers(still, each)
        ]
        return rows.filter(authenticated_as__in=lost).update(explained_at=None)


def _own_domain(domain: str) -> str:
    plain = domain_of(f"@{domain}")
    if not plain:
        raise Invalid(code="sender.domain", reason="not a domain name", field="domain")
    if _suffixes().privatesuffix(plain) is None:
        raise Refused(
            code="sender.public_suffix",
            reason="anybody may register below this name: it is nobody's own",
            remedy="name the domain you write from",
        )
    return plain


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _decide(
    sender_id: int, of: ExpectedSender.State, to: ExpectedSender.State, actor: ActorId, at: datetime
) -> ExpectedSender:
    rows = ExpectedSender.objects.select_for_update()
    row = rows.filter(pk=sender_id, state=of).first()
    if row is None:
        raise Refused(
            code=f"sender.not_{of}",
            reason=f"expected sender {sender_id} is not {of}",
            remedy="reload the list",
        )
    row.state, row.decided_at, row.decided_by = to, at, actor
    row.save(update_fields=["state", "decided_at", "decided_by"])
    return row


def _record(row: ExpectedSender, act: str, actor: ActorId, at: datetime) -> None:
    PartnerChange.objects.create(
        partner_id=row.partner_id, actor=actor, act=act, reason=row.domain, at=at
    )
