"""Tables of who: borrowers, staff, agreements accepted, one-time codes, tickets.

No value of a field is kept here: of a mobile number only its keyed index, of a name nothing.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from mingdai.words import EVERYBODY


class Borrower(models.Model):
    """借款人.  `mobile_index` is HMAC-SHA256 of the mobile number under a key of the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mobile_index = models.BinaryField(max_length=32, unique=True, null=True)
    locale = models.CharField(max_length=10, default="zh-hans")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The kind and the id, never a name."""
        return f"borrower {self.id}"


class Agreement(models.Model):
    """A version of the privacy notice or the user agreement that a borrower accepted."""

    borrower = models.ForeignKey(Borrower, models.CASCADE, related_name="agreements")
    document = models.CharField(max_length=20)  # privacy | terms
    version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["borrower", "document", "version"], name="agreement_once"
            )
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"agreement {self.pk}"


class LoginCode(models.Model):
    """A one-time code for the holder of a mobile number; only its keyed hash is kept."""

    mobile_index = models.BinaryField(max_length=32)
    code_hash = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mobile_index", "sent_at"])]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"login code {self.pk}"


class Attempt(models.Model):
    """One try at a door, for rate limits and lockout: what, by which keyed subject, when.

    `subject` is a keyed index of a number, an address or a staff log-in, never its value.
    """

    act = models.CharField(max_length=24)
    subject = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    succeeded = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["act", "subject", "at"])]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"attempt {self.pk}"


class InboxMessage(models.Model):
    """A line of the development inbox, where codes are shown instead of being sent.

    Written by the `inbox` sender only, which production refuses.
    """

    masked_mobile = models.CharField(max_length=11)
    code = models.CharField(max_length=8)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        """The kind and the id."""
        return f"inbox message {self.pk}"


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by log-in."""


class Staff(AbstractBaseUser):
    """An employee: a work log-in, a role and a second factor; no personal details.

    `totp_sealed` is sealed by the vault; None means the second factor is not set up yet and the
    only page that opens is the one that sets it up.  `totp_pending` is the sealed secret of a
    set-up that waits for its first code.  `enrol_until` is the end of a one-time password.
    """

    class Role(models.TextChoices):
        """What an employee may do."""

        OPERATOR = "operator"
        COMPLIANCE = "compliance"
        AUDITOR = "auditor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=40, unique=True)
    role = models.CharField(max_length=12, choices=Role.choices)
    totp_sealed = models.BinaryField(null=True)
    totp_pending = models.BinaryField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    enrol_until = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = StaffManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        """The kind and the id."""
        return f"staff {self.id}"


class Ticket(models.Model):
    """工单: an employee's reason to read fields of one borrower until a time.

    `subject_kind` and `subject_id` name the case or application it stands for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=16)  # application | case
    subject_id = models.UUIDField()
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="tickets")
    assignee = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="tickets")
    purpose = models.CharField(max_length=24)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=200)
    opened_by = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The kind and the id."""
        return f"ticket {self.id}"

    @property
    def second_person_id(self) -> uuid.UUID | None:
        """Nobody: a read about one borrower needs no second approval."""
        return None


class BulkTicket(models.Model):
    """批量工单: the reason to read fields of everybody once, approved by a second person.

    `assignee` asked for it and answers for it; `second_person` is another employee, who approved
    at `approved_at`.  `subject_id` names the case it stands for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=16)  # case
    subject_id = models.UUIDField(db_index=True)
    assignee = models.ForeignKey(Staff, models.PROTECT, related_name="bulk_tickets")
    purpose = models.CharField(max_length=24)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    second_person = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(second_person=None)
                | ~models.Q(second_person=models.F("assignee")),
                name="bulk_ticket_two_people",
            )
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"bulk ticket {self.id}"

    @property
    def borrower_id(self) -> uuid.UUID:
        """It is about all of them."""
        return EVERYBODY
