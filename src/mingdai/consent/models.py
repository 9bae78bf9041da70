"""Tables of consent: wordings by hash, grants, relay settings, refusals."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from mingdai.accounts.models import Borrower
from mingdai.partners.models import Partner
from mingdai.words import Purpose, Route


class Wording(models.Model):
    """告知文本: the exact text shown, kept by its SHA-256 (hex) and never edited."""

    id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=24)  # consent_sheet | cost_table | relay | privacy | terms
    locale = models.CharField(max_length=10)
    text = models.TextField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """The kind and the id."""
        return f"wording {self.id[:12]}"


class Grant(models.Model):
    """单独同意: one recipient, one purpose, these fields, this wording, until `expires_at`.

    `sensitive_agreed` are the sensitive fields that were agreed to one by one.  `cost_table` is
    the hash of the cost table the borrower confirmed before.  `entry_id` is the ledger entry of
    the grant, `ended_entry_id` of its end, `terminated_entry_id` of the termination receipt.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="grants")
    recipient = models.ForeignKey(Partner, models.PROTECT, related_name="grants")
    carrier = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    application_id = models.UUIDField(db_index=True)
    product_id = models.CharField(max_length=40)
    purpose = models.CharField(max_length=24)
    route = models.CharField(max_length=20)
    fields = models.JSONField(default=list)
    sensitive_agreed = models.JSONField(default=list)
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+")
    cost_table = models.CharField(max_length=64, blank=True)
    entry_id = models.BinaryField(max_length=16, unique=True)
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True)
    ended_entry_id = models.BinaryField(max_length=16, null=True)
    terminated_entry_id = models.BinaryField(max_length=16, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application_id", "recipient", "purpose"], name="grant_once"
            )
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"grant {self.id}"


class RelayConsent(models.Model):
    """转寄: a borrower's own setting that letters are passed on to the own e-mail address.

    The law's rules read it as they read a grant (`words.GrantLike`); its one recipient is the
    borrower, its one field the e-mail address.  `paused_at` is when the mailbox refused for good.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="relay_consents")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+")
    entry_id = models.BinaryField(max_length=16, unique=True)
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    ended_entry_id = models.BinaryField(max_length=16, null=True)
    paused_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["borrower"],
                condition=models.Q(withdrawn_at=None),
                name="relay_consent_one_open",
            )
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"relay consent {self.id}"

    @property
    def recipient_id(self) -> str:
        """The borrower, and nobody else."""
        return f"borrower:{self.borrower_id}"

    @property
    def carrier_id(self) -> str | None:
        """Nobody carries it."""
        return None

    @property
    def purpose(self) -> str:
        """To pass letters on."""
        return Purpose.RELAY

    @property
    def route(self) -> str:
        """To the borrower, so not out to a partner."""
        return Route.INSIDE

    @property
    def fields(self) -> tuple[str, ...]:
        """The address letters go to."""
        return ("email",)

    @property
    def sensitive_agreed(self) -> tuple[str, ...]:
        """Nothing sensitive is read."""
        return ()


class Declined(models.Model):
    """A borrower said no to one recipient and purpose; we do not ask again for a while."""

    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="declined")
    recipient = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=24)
    declined_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["borrower", "recipient", "declined_at"])]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"declined {self.pk}"
