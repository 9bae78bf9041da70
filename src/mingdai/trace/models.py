"""Tables of what was seen: letters at aliases, sightings, expected senders, reported contacts.

No address, subject or text of a letter stands here in clear; of a sender only the domain.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from mingdai.accounts.models import Borrower
from mingdai.gate.models import Alias
from mingdai.ledger.models import LedgerEntry
from mingdai.partners.models import Partner
from mingdai.vault.models import FiledBlob


class Grade(models.TextChoices):
    """What a letter at an alias is, by who provably sent it and to which alias."""

    EXPECTED = "expected"
    """An authenticated domain of the recipient's expected senders."""
    OTHER = "authenticated_other"
    """Authenticated, and nobody the recipient named."""
    UNAUTHENTICATED = "unauthenticated"
    """Nobody vouches for the sender: it may be forged, in the recipient's name too."""
    UNBOUND = "unbound"
    """To an alias that has ended, or that was never given out."""
    DECOY = "decoy"
    """To an alias of a made-up borrower."""


class Sighting(models.Model):
    """线索: one recipient's copy of a contact was used by somebody else.

    What one sender did at one alias on one day (`seen_on`, UTC), of one grade, is one sighting with
    one entry.  `authenticated_as` is the domain that provably sent it, "" for none.  Of who called
    a virtual number, `caller` is the keyed hash and `caller_preview` a masked form; both are empty
    for mail, as the domains are for calls.  `partner` saw it first at `told_at` and may answer; at
    `explained_at` the sender proved to be expected.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="sightings")
    alias = models.ForeignKey(Alias, models.PROTECT, related_name="sightings")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="sightings")
    channel = models.CharField(max_length=8)
    grade = models.CharField(max_length=20, choices=Grade.choices)
    sender_domain = models.CharField(max_length=120, blank=True)
    authenticated_as = models.CharField(max_length=120, blank=True)
    caller = models.BinaryField(max_length=32, default=b"")
    caller_preview = models.CharField(max_length=80, blank=True)
    seen_on = models.DateField()
    first_seen_at = models.DateTimeField(db_index=True)
    last_seen_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="sighting")
    told_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=24, blank=True)
    answer_note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)
    explained_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    "alias",
                    "grade",
                    "sender_domain",
                    "authenticated_as",
                    "caller",
                    "caller_preview",
                    "seen_on",
                ],
                name="sighting_once_a_day",
            )
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"sighting {self.id}"


class SightingAnswer(models.Model):
    """One answer of a partner to a sighting, as given; the sighting carries the latest."""

    sighting = models.ForeignKey(Sighting, models.PROTECT, related_name="answers")
    code = models.CharField(max_length=24)
    note = models.CharField(max_length=500, blank=True)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """The kind and the id."""
        return f"answer {self.pk}"


class Letter(models.Model):
    """来信: one message at one alias.  With `next_attempt_at` it is also the mail door's queue.

    `raw` are the bytes as they arrived with their SMTP envelope, sealed; `head` what stands in the
    headers, sealed; `digest` is SHA-256 of the message.  The same bytes at the same alias are the
    same letter.  `verdict` holds the results of SPF, DKIM, ARC and DMARC: words and domains.
    `reply` says in one code what became of the borrower's last answer to it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued"
        """Durable, not judged yet."""
        HELD = "held"
        """Read in the product."""
        RELAYING = "relaying"
        """On its way to the borrower's own address."""
        RELAYED = "relayed"
        """Taken by the next mail server."""
        BOUNCED = "bounced"
        """The borrower's mailbox refused it: read in the product."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="letters")
    alias = models.ForeignKey(Alias, models.PROTECT, related_name="letters")
    received_at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    raw = models.OneToOneField(FiledBlob, models.PROTECT, related_name="+")
    head = models.OneToOneField(FiledBlob, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    sender_domain = models.CharField(max_length=120, blank=True)
    verdict = models.JSONField(default=dict)
    judged_at = models.DateTimeField(null=True)
    sighting = models.ForeignKey(Sighting, models.PROTECT, null=True, related_name="letters")
    relayed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=24, blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alias", "digest"], name="letter_once")
        ]
        indexes: ClassVar = [models.Index(fields=["borrower", "-received_at"])]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"letter {self.id}"


class ExpectedSender(models.Model):
    """A domain a partner writes from.  Learned ones count only after an employee confirmed them.

    Of the channel `phone`, `domain` is a number the partner calls from.

    `relation` says what ties a learned domain to the partner: `signed_by` a registered domain, the
    partner's own `answer` to a sighting, or that the partner `named` it.  A domain covers its
    subdomains.
    """

    class State(models.TextChoices):
        """Whether mail from it is expected."""

        REGISTERED = "registered"
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        DECLINED = "declined"

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="expected_senders")
    channel = models.CharField(
        max_length=8, choices=Alias.Channel.choices, default=Alias.Channel.EMAIL
    )
    domain = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices)
    relation = models.CharField(max_length=24, blank=True)
    related_to = models.CharField(max_length=120, blank=True)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "channel", "domain"], name="expected_sender_once"
            )
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"expected sender {self.pk}"


class ContactReport(models.Model):
    """A borrower says somebody got in touch: by which channel, when, knowing which fields.

    Of the caller a keyed hash and a masked form are kept, of what they knew the field codes only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="contact_reports")
    channel = models.CharField(max_length=8)  # call | text | email
    alias = models.ForeignKey(Alias, models.PROTECT, null=True, related_name="+")
    caller = models.BinaryField(max_length=32, null=True)
    caller_preview = models.CharField(max_length=80, blank=True)
    fields = models.JSONField(default=list)
    happened_at = models.DateTimeField()
    reported_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["caller"])]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"contact report {self.id}"
