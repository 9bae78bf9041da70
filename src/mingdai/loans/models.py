"""Tables of applications: the choice, what the lender said of it, the plan, the drift."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from mingdai.accounts.models import Borrower
from mingdai.consent.models import Grant
from mingdai.gate.models import Disclosure
from mingdai.market.models import Product
from mingdai.partners.models import Partner


class Application(models.Model):
    """申请: one borrower, one product of one lender, one amount and term.

    A draft never leaves: nothing of it is disclosed before its grant.  `quoted` holds the cost
    figures shown; `actual` those the lender's final terms give; `drift` their comparison.
    `refused` is the code of the rule that refused to hand it over, "" where none did.
    `drawn_at` is when, by the lender's word, the borrower asked for the approved money; a payout
    without it is a forced loan.
    """

    class Status(models.TextChoices):
        """Where it stands, as the lender said."""

        DRAFT = "draft"
        CONSENTED = "consented"
        SENT = "sent"
        RECEIVED = "received"
        NEED_DOCUMENTS = "need_documents"
        APPROVED = "approved"
        REJECTED = "rejected"
        DISBURSED = "disbursed"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"
        DECLINED = "declined"
        REFUSED = "refused"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="applications")
    product = models.ForeignKey(Product, models.PROTECT, related_name="applications")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="applications")
    amount_fen = models.BigIntegerField()
    term = models.PositiveIntegerField()
    term_unit = models.CharField(max_length=5, default="month")
    repayment = models.CharField(max_length=20)  # market.schedules.Repayment
    product_version = models.CharField(max_length=64)
    route = models.CharField(max_length=20)
    carrier = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DRAFT)
    grant = models.OneToOneField(Grant, models.PROTECT, null=True, related_name="application")
    disclosure = models.OneToOneField(Disclosure, models.PROTECT, null=True, related_name="+")
    cost_table_id = models.CharField(max_length=64, blank=True)
    cost_shown_at = models.DateTimeField(null=True)
    cost_confirmed_at = models.DateTimeField(null=True)
    cost_entry_id = models.BinaryField(max_length=16, null=True)
    quoted = models.JSONField(default=dict)
    actual = models.JSONField(default=dict)
    drift = models.JSONField(default=dict)
    refused = models.CharField(max_length=60, blank=True)
    drawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["borrower", "-created_at"])]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"application {self.id}"


class LoanEvent(models.Model):
    """What the lender told us, once by its event id; `refused` says why it was not applied."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="loan_events")
    event_id = models.CharField(max_length=64)
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="events")
    kind = models.CharField(max_length=24)
    payload = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    refused = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "event_id"], name="loan_event_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"loan event {self.pk}"


class Instalment(models.Model):
    """One line of the repayment plan the lender sent; money in fen."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="plan")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    principal_fen = models.BigIntegerField()
    interest_fen = models.BigIntegerField()
    fees_fen = models.BigIntegerField(default=0)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "number"], name="instalment_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"instalment {self.pk}"
