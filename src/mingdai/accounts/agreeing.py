"""Accept a version of the privacy notice or the user agreement (PIPL Art. 14, 17).

A version's text never changes: the hash of what was shown is kept with the acceptance.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mingdai.accounts.models import Agreement, Borrower
from mingdai.errors import Refused


def accept(
    borrower: Borrower, *, document: str, version: str, text_hash: str, at: datetime
) -> Agreement:
    """The acceptance of this version; doing it again keeps the first.

    Raises Refused `agreement.changed` where the version was accepted with another text.
    """
    agreement, _ = Agreement.objects.get_or_create(
        borrower=borrower,
        document=document,
        version=version,
        defaults={"text_hash": text_hash, "accepted_at": at},
    )
    if agreement.text_hash != text_hash:
        raise Refused(
            code="agreement.changed",
            reason=f"version {version} of {document} was accepted with another text",
            source="PIPL Art. 14",
            remedy="give a changed text a new version",
        )
    return agreement


def missing(borrower: Borrower, versions: Mapping[str, str]) -> list[str]:
    """Which documents of `versions` (document to current version) are not accepted yet."""
    accepted = set(borrower.agreements.values_list("document", "version"))
    return [
        document for document, version in versions.items() if (document, version) not in accepted
    ]
