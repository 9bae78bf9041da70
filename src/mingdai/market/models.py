"""Tables of what can be chosen: products with their costs computed at listing, cost tables."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingdai.partners.models import Partner


class Product(models.Model):
    """One loan product of one lender, as its catalogue file says (`spec`, version = its hash).

    A refused listing is kept with its reasons and is never shown as an offer.
    """

    id = models.SlugField(max_length=40, primary_key=True)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="products")
    version = models.CharField(max_length=64)
    spec = models.JSONField()
    listed_at = models.DateTimeField()
    delisted_at = models.DateTimeField(null=True)
    refusals = models.JSONField(default=list)

    def __str__(self) -> str:
        """The kind and the id."""
        return f"product {self.id}"


class Quote(models.Model):
    """The true cost of one product at one amount and term, computed at listing.

    Rates are in hundredths of a percent (basis points) of the `pboc` convention, money in fen.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="quotes")
    amount_fen = models.BigIntegerField()
    term = models.PositiveIntegerField()
    term_unit = models.CharField(max_length=5, default="month")  # month | day
    simple_bps = models.BigIntegerField()
    compound_bps = models.BigIntegerField(null=True)
    total_repaid_fen = models.BigIntegerField()
    net_received_fen = models.BigIntegerField()
    first_payment_fen = models.BigIntegerField()
    fees_fen = models.BigIntegerField()
    flags = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "amount_fen", "term", "term_unit"], name="quote_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["amount_fen", "term", "term_unit", "total_repaid_fen"])
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
