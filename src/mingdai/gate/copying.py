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
from mingdai.gate.marking import Copy, Marker, mark, send_time
from mingdai.gate.proposing import Handover
from mingdai.partners.conforming import kinds_taken
from mingdai.partners.models import Partner
from mingdai.vault.drawing import draw

_AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Sending:
    """A copy, the handover as its manifest will say it, and the earliest time to send it."""

    copy: Copy
    handover: Handover
    due_at: datetime


def copy_for(
    handover: Handover, partner: Partner, values: Mapping[str, str], *, at: datetime
) -> Sending:
    """The copy of `values` for this partner, with its alias where the product registered e-mail."""
    alias = _alias(handover, at) if "email" in values else ""
    kinds = kinds_taken(partner)
    if not kinds:
        return Sending(mark(values, alias=alias), handover, at)
    marker = Marker(str(handover.borrower_id), partner.pk, kinds, draw)
    copy = mark({**values, _AMOUNT: handover.amount}, alias=alias, marker=marker)
    due_at, waited = send_time(at, marker)
    amount = copy.values.pop(_AMOUNT)
    copy = Copy(copy.values, copy.bits + len(waited), copy.places + waited)
    return Sending(copy, replace(handover, amount=amount), due_at)


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
