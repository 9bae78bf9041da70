"""The copy of one recipient: its alias, its spellings, and when it leaves.

Which kinds of spelling a partner takes was tried in its test system (`partners.conforming`); of a
partner that was never tried, or refused them all, everything goes out as the borrower gave it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mingdai.gate.aliasing import address, reserve
from mingdai.gate.marking import Chooser, Copy, Marker, Second, mark, send_time
from mingdai.gate.proposing import Handover
from mingdai.partners.conforming import kinds_taken
from mingdai.partners.models import Partner
from mingdai.vault.drawing import draw

_AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Sending:
    """A copy, the handover as its manifest says it, and when to send it (None: not by queue)."""

    copy: Copy
    handover: Handover
    due_at: datetime | None


def copy_for(
    handover: Handover, partner: Partner, values: Mapping[str, str], *, at: datetime
) -> Sending:
    """The copy of `values` for this partner, with its alias where the product registered e-mail."""
    alias = _alias(handover, at) if "email" in values else ""
    kinds = kinds_taken(partner) if handover.trial is None else handover.trial
    if not kinds:
        return Sending(mark(values, alias=alias), handover, _due(handover, at))
    marker = _chooser(handover, partner, kinds)
    copy = mark({**values, _AMOUNT: handover.amount}, alias=alias, marker=marker)
    due_at, waited = send_time(at, marker)
    amount = copy.values.pop(_AMOUNT)
    copy = Copy(copy.values, copy.bits + len(waited), copy.places + waited)
    return Sending(copy, replace(handover, amount=amount), _due(handover, due_at))


def _chooser(handover: Handover, partner: Partner, kinds: frozenset[str]) -> Chooser:
    if handover.trial is not None:
        return Second(kinds)
    return Marker(str(handover.borrower_id), partner.pk, kinds, draw)


def _due(handover: Handover, at: datetime) -> datetime | None:
    return at if handover.trial is None else None


def _alias(handover: Handover, at: datetime) -> str:
    return address(
        reserve(
            handover.borrower_id,
            partner_id=handover.partner_id,
            application_id=handover.application_id,
            at=at,
            rng=secrets.token_bytes,
        )
    )
