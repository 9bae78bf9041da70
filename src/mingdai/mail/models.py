"""Tables of what goes out by mail, and of what comes back for it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from mingdai.accounts.models import Borrower
from mingdai.trace.models import Letter
from mingdai.vault.models import FiledBlob


class Outgoing(models.Model):
    """One message to send.  With `next_attempt_at` it is the queue; no address is in clear.

    `token` is in its Message-ID, its bounce address and, of a forward, its reply address.  A
    forward is composed when it is sent, because the borrower's address is read then; of a reply
    `body` holds the finished message, sealed.  `mailbox` is the keyed index of the borrower's
    address as it was read: a reply must come from it.
    """

    class Kind(models.TextChoices):
        """Which way it goes."""

        FORWARD = "forward"
        REPLY = "reply"

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued"
        SENT = "sent"
        BOUNCED = "bounced"
        DEAD = "dead"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    token = models.CharField(max_length=32, unique=True)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="outgoing_mail")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="outgoing")
    body = models.OneToOneField(FiledBlob, models.PROTECT, null=True, related_name="+")
    digest = models.BinaryField(max_length=32)
    mailbox = models.BinaryField(max_length=32, null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_problem = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "kind", "digest"], name="outgoing_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"outgoing mail {self.id}"


class Returned(models.Model):
    """What came back for something we sent: a bounce, or the borrower's reply to a forward.

    With `next_attempt_at` it is a queue.  `outcome` says in one code what became of it.
    """

    class Kind(models.TextChoices):
        """Which address it came to."""

        BOUNCE = "bounce"
        REPLY = "reply"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    outgoing = models.ForeignKey(Outgoing, models.PROTECT, related_name="returned")
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="returned_mail")
    raw = models.OneToOneField(FiledBlob, models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outgoing", "digest"], name="returned_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"returned mail {self.id}"
