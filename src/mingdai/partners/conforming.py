"""What a partner's parser takes: tried in its test system, kept by kind of spelling, with a reason.

Lenders' real needs come first: a kind is used for a partner only after its test system took a
made-up application written that way (`gate.conforming` sends them), and is off again after a run
that refused it, or when an operator says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingdai.errors import Invalid
from mingdai.partners.models import Partner, PartnerChange
from mingdai.words import ActorId


@dataclass(frozen=True, slots=True)
class Trial:
    """One kind's outcome; `why` is a stable code such as `taken`, `http.422` or `by_hand`."""

    kind: str
    on: bool
    why: str


def kinds_taken(partner: Partner) -> frozenset[str]:
    """The kinds of spelling that are on for this partner."""
    found: Mapping[str, Mapping[str, object]] = partner.spellings
    return frozenset(kind for kind, state in found.items() if state.get("on") is True)


def switch_off(
    partner: Partner, kind: str, *, reason: str, actor: ActorId, at: datetime
) -> dict[str, object]:
    """Write this kind no more for this partner, because it asked; a later run may try it again.

    Raises Invalid `spelling.kind` for a kind that was never tried.
    """
    if kind not in partner.spellings:
        raise Invalid(
            code="spelling.kind", reason="this kind was not tried with the partner", field="kind"
        )
    return keep_trials(partner, [Trial(kind, False, "by_hand")], actor=actor, at=at, reason=reason)


def keep_trials(
    partner: Partner, trials: list[Trial], *, actor: ActorId, at: datetime, reason: str = ""
) -> dict[str, object]:
    """Switch each kind as its trial says; kinds not tried stay as they are."""
    with transaction.atomic():
        row = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
        for each in trials:
            row.spellings[each.kind] = {"on": each.on, "why": each.why, "at": at.isoformat()}
        row.save(update_fields=["spellings"])
        on = sum(each.on for each in trials)
        PartnerChange.objects.create(
            partner=row,
            actor=actor,
            act="spellings",
            reason=reason or f"{on} of {len(trials)} spellings on",
            at=at,
        )
    partner.spellings = row.spellings
    return dict(row.spellings)
