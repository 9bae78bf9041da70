"""The table of ordered audits: what to walk, by whose leave, how it stands, what came of it.

The planted identity is not here: it is a file of the audit's own folder, as the evidence is.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from mingdai.partners.models import Partner


class Audit(models.Model):
    """One ordered audit; the row is the queue.

    `authority` is empty in the test world.  `holder` (`host:pid`) walks it, `beat_at` says when it
    was last heard of; `attempts` counts the starts.  `said` is the last line of the walk in words,
    `steps` and `hosts` how far it came.  `summary` holds counts for lists; the findings themselves
    are files.  `entry_id` is its ledger entry, `detail_key` opens that entry's commitment.
    """

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    url = models.CharField(max_length=500)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="audits")
    ordered_by = models.CharField(max_length=60)  # words.ActorId
    authority = models.JSONField(default=dict)
    allow = models.JSONField(default=list)
    max_hops = models.PositiveSmallIntegerField(default=8)
    minutes = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=80, blank=True)
    beat_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)
    steps = models.PositiveIntegerField(default=0)
    hosts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=12, blank=True)
    summary = models.JSONField(default=dict)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    findings_sha256 = models.CharField(max_length=64, blank=True)
    entry_id = models.BinaryField(max_length=16, null=True)
    detail_key = models.BinaryField(max_length=32, null=True)
    ordered_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "ordered_at"]),
            models.Index(fields=["-ordered_at"]),
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"audit {self.id}"
