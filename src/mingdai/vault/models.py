"""Tables of what is kept: wrapped data keys, sealed fields, keyed indexes, link tokens."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from mingdai.accounts.models import Borrower


class SubjectKey(models.Model):
    """A borrower's 32-byte data key, wrapped by a key-encryption key (KEK).

    Erasing the borrower empties `wrapped`; commitments in the ledger then open no more.
    """

    borrower = models.OneToOneField(Borrower, models.PROTECT, primary_key=True)
    wrapped = models.BinaryField(null=True)
    kek_id = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The kind and the borrower's id."""
        return f"subject key of {self.borrower_id}"


class SealedField(models.Model):
    """One version of one field: AES-256-GCM, bound to borrower, field and version.

    `preview` is the masked form that pages may show without a disclosure.
    """

    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="sealed_fields")
    code = models.CharField(max_length=24)
    version = models.PositiveIntegerField()
    sealed = models.BinaryField(null=True)
    preview = models.CharField(max_length=80)
    kept_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["borrower", "code", "version"], name="sealed_field_version_once"
            )
        ]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"sealed field {self.pk} ({self.code})"


class FiledBlob(models.Model):
    """Bytes that belong to a borrower, sealed under a key of theirs; emptied at `expires_at`.

    `label` says what they are (`letter`), `size` how long they were in clear.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="filed_blobs")
    label = models.CharField(max_length=24)
    size = models.PositiveIntegerField()
    sealed = models.BinaryField(null=True)
    filed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The kind and the id."""
        return f"filed blob {self.pk} ({self.label})"


class KeyedIndex(models.Model):
    """HMAC of a value under the index key, to find its borrowers without opening anything.

    One value may stand with several borrowers: to refuse the second would tell a stranger that
    the first exists.
    """

    borrower = models.ForeignKey(Borrower, models.PROTECT, related_name="keyed_indexes")
    code = models.CharField(max_length=24)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["borrower", "code"], name="keyed_index_per_borrower"),
        ]
        indexes: ClassVar = [models.Index(fields=["code", "digest"])]

    def __str__(self) -> str:
        """The kind and the id."""
        return f"keyed index {self.pk} ({self.code})"


class LinkToken(models.Model):
    """The keyed token that still links an erased person to disclosures, until `until`.

    It stays under its own key for the three years that 网络数据安全管理条例 Art. 12 asks for.
    """

    borrower = models.OneToOneField(Borrower, models.PROTECT)
    token = models.BinaryField(max_length=32)
    until = models.DateTimeField()

    def __str__(self) -> str:
        """The kind and the id."""
        return f"link token {self.pk}"
