"""The keyed token that still links an erased person to disclosures, under its own key.

网络数据安全管理条例 Art. 12 wants records of providing for three years; erasure destroys everything
else at once.  Only whoever comes with the mobile number again can be matched.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from mingdai.vault.models import LinkToken
from mingdai.vault.wrapping import platform_key


def link_token(mobile_index: bytes) -> bytes:
    """The token of the holder of this keyed index of a mobile number."""
    return hmac.digest(platform_key("link"), b"mingdai-link/1\x00" + bytes(mobile_index), sha256)


def find_linked(mobile_index: bytes, *, at: datetime) -> list[UUID]:
    """The ids of erased borrowers with this mobile number whose token has not ended."""
    rows = LinkToken.objects.filter(token=link_token(mobile_index), until__gt=at).order_by("pk")
    return list(rows.values_list("borrower_id", flat=True))
