"""转寄: switch on, and off, that letters are passed on to the borrower's own e-mail address.

Both are entries of the ledger.  The setting ends by itself after `RELAY_DAYS`; while the mailbox
refuses letters for good it is paused, and they are read in the product.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mingdai.accounts.models import Borrower
from mingdai.consent.models import RelayConsent, Wording
from mingdai.consent.recording import Act, record
from mingdai.words import LegalBasis, Purpose, Route
from mingdai_proofs.entries import EntryKind

RELAY_DAYS = 365
"""Days until the setting ends by itself; platform policy."""

TEXT = {
    "zh-hans": (
        "打开转寄之后，机构写到您专属邮箱的信，会转到您自己的邮箱。每转一封，平台读取一次您的邮箱地址，"
        "并在公开账本记一条。机构看不到您的邮箱地址；您回信时，平台把您的地址换成专属邮箱再寄出。"
        "可疑的信不转寄，只在平台里看。365 天后自动关闭，随时可以关。"
    ),
    "en": (
        "With the relay on, letters that a lender sends to your own alias are passed on to your "
        "mailbox. For each letter the platform reads your e-mail address once and writes one "
        "ledger entry. The lender does not see your address; when you reply, the platform puts "
        "the alias in its place. Suspicious letters are not passed on and are read here. It ends "
        "by itself after 365 days, and you can switch it off at any time."
    ),
}
"""What the borrower is told before switching it on, by language; any change is a new wording."""


def switch_on(borrower: Borrower, *, wording: Wording, at: datetime) -> RelayConsent:
    """The open setting; switching on again renews it and ends a pause."""
    with transaction.atomic():
        switch_off(borrower, at=at)
        row = RelayConsent(
            borrower=borrower,
            wording=wording,
            granted_at=at,
            expires_at=at + timedelta(days=RELAY_DAYS),
        )
        row.entry_id = record(_act(row, EntryKind.GRANTED), at=at).entry_id
        row.save(force_insert=True)
    return row


def switch_off(borrower: Borrower, *, at: datetime) -> bool:
    """End the setting now; False where there was none."""
    with transaction.atomic():
        row = (
            RelayConsent.objects.select_for_update()
            .filter(borrower=borrower, withdrawn_at=None)
            .first()
        )
        if row is None:
            return False
        row.withdrawn_at = at
        row.ended_entry_id = record(_act(row, EntryKind.WITHDRAWN), at=at).entry_id
        row.save(update_fields=["withdrawn_at", "ended_entry_id"])
    return True


def pause(borrower_id: UUID, *, at: datetime) -> int:
    """The mailbox refused a letter for good: pass nothing on until the borrower says so again."""
    rows = RelayConsent.objects.filter(borrower_id=borrower_id, withdrawn_at=None, paused_at=None)
    return rows.update(paused_at=at)


def setting_of(borrower_id: UUID) -> RelayConsent | None:
    """The borrower's setting as it stands, paused or expired too; None where it is off."""
    return RelayConsent.objects.filter(borrower_id=borrower_id, withdrawn_at=None).first()


def is_on(setting: RelayConsent | None, *, at: datetime) -> bool:
    """Whether letters are passed on now."""
    return setting is not None and setting.paused_at is None and at < setting.expires_at


def _act(row: RelayConsent, kind: EntryKind) -> Act:
    return Act(
        kind=kind,
        borrower_id=row.borrower_id,
        recipient="borrower",
        purpose=Purpose.RELAY,
        basis=LegalBasis.CONSENT,
        route=Route.INSIDE,
        fields=("email",),
        detail={"setting": str(row.id), "wording": row.wording_id},
    )
