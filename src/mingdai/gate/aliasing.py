"""专属联系方式: reserve an e-mail address for one recipient and one application.

The local part is random and says nothing about the borrower; no address is given out twice.  What
arrives at it is the mail door's business; here it is only reserved and shown.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from mingdai.gate.marking import ALIAS_CHARACTERS
from mingdai.gate.models import Alias


def reserve(
    borrower_id: UUID,
    *,
    partner_id: str,
    application_id: UUID,
    at: datetime,
    rng: Callable[[int], bytes],
) -> Alias:
    """The alias of this borrower for this partner and application, minted at the first call."""
    local_part = base64.b32encode(rng(8)).decode("ascii").lower()[:ALIAS_CHARACTERS]
    alias, _ = Alias.objects.get_or_create(
        borrower_id=borrower_id,
        partner_id=partner_id,
        application_id=application_id,
        defaults={
            "local_part": local_part,
            "domain": settings.MINGDAI_ALIAS_DOMAIN,
            "minted_at": at,
        },
    )
    return alias


def address(alias: Alias) -> str:
    """The whole address."""
    return f"{alias.local_part}@{alias.domain}"


def end_aliases(borrower_id: UUID, *, application_id: UUID, at: datetime) -> int:
    """Stop the aliases of one application; they stay on record and are never given out again."""
    return Alias.objects.filter(
        borrower_id=borrower_id, application_id=application_id, ended_at=None
    ).update(ended_at=at)
