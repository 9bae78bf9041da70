"""Tables of the ledger's intake: entries with their index once sequenced, and the lease.

The tiles and checkpoints are files, not tables; what was last signed lives in a store of its own
that no restore of this database rolls back.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingdai_proofs.entries import EntryKind

_COUNTED = (EntryKind.REFUSED, EntryKind.ASKED_REFUSED, EntryKind.WITHDRAWN)
"""Rare kinds that are counted by time; each has a small index, which other kinds never touch."""


class LedgerEntry(models.Model):
    """条目: 512 bytes that never change.  `index` is null until a sequencer placed it."""

    entry_id = models.BinaryField(max_length=16, unique=True)
    kind = models.PositiveSmallIntegerField()
    data = models.BinaryField(max_length=512)
    created_at = models.DateTimeField()
    index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["id"], name="ledger_unsequenced", condition=models.Q(index__isnull=True)
            ),
            *(
                models.Index(
                    fields=["created_at"],
                    name=f"ledger_{kind.name.lower()}",
                    condition=models.Q(kind=int(kind)),
                )
                for kind in _COUNTED
            ),
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"ledger entry {self.pk}"


class SequencerLease(models.Model):
    """Which process may sequence, until when; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    holder = models.CharField(max_length=60)
    until = models.DateTimeField()

    def __str__(self) -> str:
        """The kind."""
        return "sequencer lease"
