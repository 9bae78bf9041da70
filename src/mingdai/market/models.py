"""Tables of what can be chosen: products with their costs computed at listing, cost tables."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingdai.partners.models import Partner


class Product(models.Model):
    """One loan product of one lender, as its catalogue file says (`spec`, version = its hash).

    A refused listing is kept with its reasons and is never shown as an offer.  `lead_price_fen` is
    what the lender pays us: outside the spec, so that nothing that ranks can read it.
    """

    id = models.SlugField(max_length=40, primary_key=True)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="products")
    version = models.CharField(max_length=64)
    spec = models.JSONField()
    lead_price_fen = models.BigIntegerField(default=0)
    listed_at = models.DateTimeField()
    delisted_at = models.DateTimeField(null=True)
    refusals = models.JSONField(default=list)

    def __str__(self) -> str:
        """The kind and the id."""
        return f"product {self.id}"


class Quote(models.Model):
    """The true cost of one product at one amount and length, computed at listing.

    Rates are in hundredths of a percent of the `pboc` convention, money in fen; a rate is null
    where there is no figure.  `span` is as the catalogue writes it: `12m`, `30d`.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="quotes")
    amount_fen = models.BigIntegerField()
    span = models.CharField(max_length=8)
    repayment = models.CharField(max_length=20)
    simple_bps = models.BigIntegerField(null=True)
    compound_bps = models.BigIntegerField(null=True)
    total_repaid_fen = models.BigIntegerField()
    net_received_fen = models.BigIntegerField()
    first_payment_fen = models.BigIntegerField()
    interest_fen = models.BigIntegerField()
    fees_fen = models.BigIntegerField()
    flags = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "amount_fen", "span"], name="quote_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"quote {self.pk}"


class CostTable(models.Model):
    """综合融资成本明示表: one version by the hash (hex) of its canonical JSON."""

    id = models.CharField(max_length=64, primary_key=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="cost_tables")
    content = models.JSONField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """The kind and the id."""
        return f"cost table {self.id[:12]}"
