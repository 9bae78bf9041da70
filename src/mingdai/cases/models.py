"""Tables of cases: why one was opened, its found lists, their attributions, the answers.

No row of a list and no value of a field stands here: a list is a sealed file, and of its columns
only titles without digits and the shapes of their cells are kept.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from mingdai.accounts.models import BulkTicket
from mingdai.gate.models import BulkRead
from mingdai.partners.models import Partner


class Case(models.Model):
    """案件: a number, who opened it, why.  Closed, its lists are gone and its results stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=16, unique=True)
    reason = models.CharField(max_length=300)
    opened_by = models.CharField(max_length=60)  # words.ActorId
    opened_at = models.DateTimeField(db_index=True)
    closed_by = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The kind and the number."""
        return f"case {self.number}"


class FoundList(models.Model):
    """A list that turned up.  The file is sealed under `salt`; without the salt it opens no more.

    `stowed` names the file; `digest` is SHA-256 of what was received, in hexadecimal.  `found_at`
    is when it was found: later disclosures do not count.  `understood` says what its columns look
    like, never what they hold.  At `thinned_at` the rows of strangers were dropped.
    """

    class State(models.TextChoices):
        """Where it stands."""

        RECEIVED = "received"
        """Sealed; nobody has looked at its columns yet."""
        READ = "read"
        FAILED = "failed"
        DELETED = "deleted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="lists")
    suffix = models.CharField(max_length=5)
    source = models.CharField(max_length=200)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    stowed = models.CharField(max_length=32)
    salt = models.BinaryField(max_length=32, null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    understood = models.JSONField(default=dict)
    received_by = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    found_at = models.DateTimeField()
    delete_on = models.DateField(db_index=True)
    thinned_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The kind and the id."""
        return f"found list {self.id}"


class Attribution(models.Model):
    """归因: one found list compared with everybody's copies; the row is the queue.

    `mapping` says which columns hold what.  `holder` (`host:pid`) works on it, `beat_at` says when
    it was last heard of, `said` is the step it is at.  `result` is what `mingdai trace list --json`
    says, with a header; `result_digest` is SHA-256 of its canonical bytes.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        """For the second person."""
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    found_list = models.ForeignKey(FoundList, models.PROTECT, related_name="attributions")
    ticket = models.OneToOneField(BulkTicket, models.PROTECT, related_name="attribution")
    bulk_read = models.OneToOneField(BulkRead, models.PROTECT, null=True, related_name="+")
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=80, blank=True)
    beat_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=20, blank=True)
    failure = models.CharField(max_length=60, blank=True)
    result = models.JSONField(default=dict)
    result_digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"attribution {self.id}"


class Answer(models.Model):
    """What a named recipient says to a result; it sees the result first, until `due_at`.

    `recipient_id` is the recipient as the result names it; `partner` is set where it is one.
    """

    attribution = models.ForeignKey(Attribution, models.PROTECT, related_name="answers")
    recipient_id = models.CharField(max_length=60)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attribution", "recipient_id"], name="answer_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"answer {self.pk}"
