"""Suspend a partner: nothing goes to it from the next read on; what it holds stays on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingdai.partners.models import Partner, PartnerChange
from mingdai.words import ActorId


def suspend(partner: Partner, *, actor: ActorId, reason: str, at: datetime) -> None:
    """Stop every disclosure to `partner`; queued ones wait until it is activated again."""
    with transaction.atomic():
        Partner.objects.filter(pk=partner.pk).update(status=Partner.Status.SUSPENDED)
        PartnerChange.objects.create(
            partner=partner, actor=actor, act="suspended", reason=reason, at=at
        )
    partner.status = Partner.Status.SUSPENDED
