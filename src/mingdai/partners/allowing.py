"""Put on file that a partner's contract allows decoys: by which clause, from which day.

Without it no decoy is placed with the partner, and none is by default.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingdai.errors import Refused
from mingdai.partners.models import Partner, PartnerChange
from mingdai.words import ActorId


def allow_decoys(
    partner: Partner, clause: str, agreed_on: date, *, actor: ActorId, at: datetime
) -> None:
    """From `agreed_on` decoys may be placed; `clause` names the place in the written contract.

    Raises Refused `decoy.no_contract` or `decoy.no_clause`.
    """
    if not partner.contract_ref:
        raise _refused(partner, "decoy.no_contract", "there is no contract on file")
    if not 2 <= len(clause.strip()) <= 60:
        raise _refused(partner, "decoy.no_clause", "the clause is not named")
    _keep(partner, clause.strip(), agreed_on, actor=actor, at=at)


def end_decoys(partner: Partner, *, actor: ActorId, at: datetime) -> None:
    """No further decoy is placed with this partner; those placed stay where they are."""
    _keep(partner, "", None, actor=actor, at=at)


def _keep(
    partner: Partner, clause: str, agreed_on: date | None, *, actor: ActorId, at: datetime
) -> None:
    reason = f"decoys from {agreed_on}: {clause}" if agreed_on else "no decoys"
    with transaction.atomic():
        Partner.objects.filter(pk=partner.pk).update(
            decoys_agreed_on=agreed_on, decoys_clause=clause
        )
        PartnerChange.objects.create(
            partner=partner, actor=actor, act="decoys", reason=reason, at=at
        )
    partner.decoys_agreed_on, partner.decoys_clause = agreed_on, clause


def _refused(partner: Partner, code: str, why: str) -> Refused:
    return Refused(
        code=code,
        reason=f"partner {partner.pk}: {why}",
        source="platform policy: decoys by written contract only",
        remedy="put the written contract and its clause on file first",
    )
