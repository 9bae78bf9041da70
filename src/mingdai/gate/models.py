"""Tables of disclosures: what was read, the sealed envelope, aliases, notices, bulk reads."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from mingdai.accounts.models import Borrower, BulkTicket, Ticket
from mingdai.consent.models import Grant
from mingdai.ledger.models import LedgerEntry
from mingdai.partners.models import Partner


class Disclosure(models.Model):
    """提供: one read through the gate.  With `next_attempt_at` it is also the delivery queue.

    `recipient_kind` and `recipient_id` are `words.Recipient`'s; `partner` is set where the
    recipient is one.  `mark_bits` is how many bits this copy carries, 0 being honest; `places` are
    those of its spellings that carry one each (`gate.marking`).
    `view_key` is set for own views: a hash of the log-in and the field set, one leaf for each.
    """

    class State(models.TextChoices):
        """Where it stands; own views and staff reads are `read` at once."""

        READ = "read"
        QUEUED = "queued"
        SENT = "sent"
        COUNTERSIGNED = "countersigned"
        DEAD = "dead"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="disclosures")
    recipient_kind = models.CharField(max_length=10)
    recipient_id = models.CharField(max_length=60)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="disclosures")
    carrier = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="disclosures")
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="disclosures")
    application_id = models.UUIDField(null=True, db_index=True)
    purpose = models.CharField(max_length=24)
    basis = models.CharField(max_length=20)
    route = models.CharField(max_length=20)
    fields = models.JSONField(default=list)
    mark_bits = models.FloatField(default=0.0)
    places = models.JSONField(default=list)
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="disclosure")
    disclosed_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=14, choices=State.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    last_problem = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    outcome_entry = models.ForeignKey(LedgerEntry, models.PROTECT, null=True, related_name="+")
    countersignature = models.BinaryField(null=True)
    view_key = models.BinaryField(max_length=32, null=True, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["borrower", "-disclosed_at"]),
            models.Index(fields=["state", "next_attempt_at"]),
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"disclosure {self.id}"


class Envelope(models.Model):
    """The sealed bytes of one disclosure to a partner; emptied once delivered or cancelled."""

    disclosure = models.OneToOneField(Disclosure, models.PROTECT, primary_key=True)
    manifest = models.BinaryField()
    manifest_signature = models.BinaryField()
    key_id = models.CharField(max_length=32)
    suite = models.CharField(max_length=60)
    sealed = models.BinaryField(null=True)

    def __str__(self) -> str:
        """The kind and the disclosure's id."""
        return f"envelope of {self.disclosure_id}"


class Alias(models.Model):
    """专属联系方式: a contact that exists for one recipient and one application.

    An e-mail alias is `local_part@domain`, unguessable and never given out twice.  Of a virtual
    number (隐私号) `local_part` is the number and `domain` the carrier's name; a number may serve
    again once `quarantined_until` has passed.  `partner` is set where the recipient is one.
    """

    class Channel(models.TextChoices):
        """How somebody reaches it."""

        EMAIL = "email"
        PHONE = "phone"

    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    local_part = models.CharField(max_length=40)
    domain = models.CharField(max_length=80)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="aliases")
    recipient_kind = models.CharField(max_length=10, default="partner")
    recipient_id = models.CharField(max_length=60)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    application_id = models.UUIDField()
    minted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    quarantined_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["borrower", "recipient_id", "application_id", "channel"],
                name="alias_once",
            ),
            models.UniqueConstraint(
                fields=["local_part"], condition=models.Q(channel="email"), name="alias_never_again"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["channel", "local_part"])]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"alias {self.pk}"


class Decoy(models.Model):
    """诱饵记录: a made-up borrower placed with one recipient; the list is sealed.

    `tag` is drawn by key from the borrower's id and `sealed` says the rest, always of one length:
    whoever reads the tables alone can tell how many there are, and not which borrowers they are.
    """

    tag = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        """The kind and the row's number."""
        return f"decoy {self.pk}"


class Notice(models.Model):
    """A message to a recipient that its grant ended: delete, and acknowledge by `due_at`.

    `entry` is the ledger entry of the withdrawal or the erasure that it speaks of.
    """

    class Kind(models.TextChoices):
        """Why the recipient is told."""

        WITHDRAWN = "withdrawn"
        ERASED = "erased"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="notices")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="+")
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledgement = models.BinaryField(null=True)
    accepted_entry = models.ForeignKey(LedgerEntry, models.PROTECT, null=True, related_name="+")
    last_problem = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure", "kind"], name="notice_once")
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"notice {self.id}"


class BulkRead(models.Model):
    """批量提供: fields of everybody were read once, for one bulk ticket; one entry.

    `count` people are in the set and `root` is the Merkle root over their records; `detail_key`
    opens the entry's commitment to both.  `disclosed_at` is the moment the set is of: a run that
    was broken off reads the same set again under the same entry.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ticket = models.OneToOneField(BulkTicket, models.PROTECT, related_name="bulk_read")
    recipient_id = models.CharField(max_length=60)
    fields = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    count = models.PositiveIntegerField()
    root = models.BinaryField(max_length=32)
    detail_key = models.BinaryField(max_length=32)
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="bulk_read")
    disclosed_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """The kind and the id."""
        return f"bulk read {self.id}"


class BulkRecords(models.Model):
    """The records of one bulk read, 64 bytes each, ascending: who can be shown to be in it.

    A record says nothing to whoever has not the person's own key.
    """

    bulk_read = models.OneToOneField(
        BulkRead, models.PROTECT, primary_key=True, related_name="records"
    )
    data = models.BinaryField()

    def __str__(self) -> str:
        """The kind and the id of its bulk read."""
        return f"records of {self.bulk_read_id}"
