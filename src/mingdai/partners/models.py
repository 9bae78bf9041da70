"""Tables of the legal entities we deal with, their keys and what was decided about them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Partner(models.Model):
    """合作机构: one legal entity.  `id` is public and goes into ledger entries.

    `adapter` names the API family (`partners/adapters/`); `endpoint` is where its envelopes go;
    `countersign_key` is its Ed25519 public key (base64 of 32 bytes) for what it received;
    `contract_ref` and `assessed_at` (impact assessment) gate activation.  `spellings` is what its
    parser takes (`partners.conforming`); without a conformance run nothing is spelt otherwise.
    `decoys_agreed_on` is the day from which its contract allows decoys, in the clause named.
    """

    class Status(models.TextChoices):
        """Whether anything may go to it."""

        DRAFT = "draft"
        ACTIVE = "active"
        SUSPENDED = "suspended"

    id = models.SlugField(max_length=24, primary_key=True)
    kind = models.CharField(max_length=20)  # words.PartnerKind
    legal_name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=20)
    legal_name_en = models.CharField(max_length=80, blank=True)
    licence = models.CharField(max_length=20)  # words.LicenceKind
    licence_number = models.CharField(max_length=40, blank=True)
    licence_until = models.DateField(null=True)
    contact = models.CharField(max_length=120)
    complaint_phone = models.CharField(max_length=30)
    retention_days = models.PositiveIntegerField(default=30)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    adapter = models.CharField(max_length=24, default="native")
    endpoint = models.URLField(max_length=200, blank=True)
    countersign_key = models.CharField(max_length=60, blank=True)
    contract_ref = models.CharField(max_length=60, blank=True)
    assessed_at = models.DateTimeField(null=True)
    direct_exemption = models.CharField(max_length=60, blank=True)
    spellings = models.JSONField(default=dict)
    decoys_agreed_on = models.DateField(null=True)
    decoys_clause = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """The kind and the id."""
        return f"partner {self.id}"


class SealingKey(models.Model):
    """A partner's HPKE public key (X-Wing by default); versions overlap at rotation."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="sealing_keys")
    kid = models.CharField(max_length=32)
    kem = models.CharField(max_length=24, default="MLKEM768_X25519")
    public_key = models.BinaryField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "kid"], name="sealing_key_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"sealing key {self.partner_id}/{self.kid}"


class ApiKey(models.Model):
    """A key for our API; only its hash is kept.  Several live at once while one is rotated."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="api_keys")
    prefix = models.CharField(max_length=12, unique=True)
    key_hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The kind and the prefix."""
        return f"api key {self.prefix}"


class WebhookSecret(models.Model):
    """The HMAC secret a partner signs its webhooks with, sealed by the vault."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="webhook_secrets")
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The kind and the id."""
        return f"webhook secret {self.pk}"


class PartnerChange(models.Model):
    """What was decided about a partner, by whom, why; never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="changes")
    actor = models.CharField(max_length=60)
    act = models.CharField(max_length=24)  # activated | suspended | key_added | ...
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """The kind and the id."""
        return f"partner change {self.id}"


class ApiCall(models.Model):
    """One call of our API under an idempotency key; a repeat gets the same answer.

    `answer` is null where the first answer held a secret, which is never shown twice.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="api_calls")
    key = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True)
    called_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "key"], name="api_call_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"api call {self.pk}"


class RateWindow(models.Model):
    """How many calls a partner made in one fixed window of time."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="rate_windows")
    starts_at = models.DateTimeField()
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "starts_at"], name="rate_window_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"rate window {self.pk}"
