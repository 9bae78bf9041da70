"""Find the borrower of a mobile number, or register one.

Only whoever redeemed a code for the number comes here, so nobody learns who is registered.
"""

from __future__ import annotations

from datetime import datetime

from mingdai.accounts.models import Borrower


def find_or_register(mobile_index: bytes, *, at: datetime, locale: str = "zh-hans") -> Borrower:
    """The borrower with this keyed index; made where there is none, erased ones do not count."""
    borrower, _ = Borrower.objects.get_or_create(
        mobile_index=bytes(mobile_index), defaults={"created_at": at, "locale": locale}
    )
    return borrower
