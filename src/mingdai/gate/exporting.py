"""Hand the borrower what proves one disclosure: the receipt, and apart from it the openings.

The receipt holds no value and may be shown to anyone.  The openings file holds the values as sent
with the keys of their commitments, is marked "contains your data", and making it is an own view.
"""

from __future__ import annotations

from datetime import datetime

from mingdai.errors import Refused, Unavailable
from mingdai.gate.aliasing import address
from mingdai.gate.disclosing import own_view
from mingdai.gate.marking import mark
from mingdai.gate.models import Alias, Disclosure
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.proving import receipt_of
from mingdai.vault.committing import commitments_for
from mingdai_proofs.entries import decode_entry
from mingdai_proofs.openings import OpeningsFile
from mingdai_proofs.receipts import Receipt


def receipt_file(entry: LedgerEntry) -> Receipt:
    """The entry's receipt.  Raises Unavailable while no cosigned checkpoint covers it."""
    found = receipt_of(entry)
    if found is None:
        raise Unavailable(
            code="receipt.not_yet",
            reason=f"no published checkpoint covers entry {bytes(entry.entry_id).hex()} yet",
            remedy="try again in a moment",
        )
    return Receipt.from_json(found)


def openings_file(disclosure: Disclosure, *, session_key: str, at: datetime) -> OpeningsFile:
    """The borrower's file for one disclosure to a partner.

    A value that is not the one recorded is left out.  Raises Unavailable as `receipt_file`, Refused
    where a field as it was then is no longer kept.
    """
    receipt = receipt_file(disclosure.entry)
    values = own_view(
        disclosure.borrower_id,
        codes=disclosure.fields,
        session_key=session_key,
        at=at,
        as_of=disclosure.disclosed_at,
    )
    sent = mark(values, alias=_alias_of(disclosure)).values
    entry = decode_entry(receipt.entry)
    recorded = dict(zip(entry.fields, entry.commitments, strict=True))
    made = commitments_for(disclosure.borrower_id, entry.entry_id, sent)
    good = tuple(each.bare() for each in made if recorded.get(each.code) == each.commitment)
    if not good:
        raise Refused(
            code="openings.none",
            reason=f"nothing of disclosure {disclosure.pk} can be opened any more",
            remedy="the receipt still verifies without them",
        )
    return OpeningsFile(receipt, good)


def _alias_of(disclosure: Disclosure) -> str:
    if disclosure.application_id is None:
        return ""
    alias = Alias.objects.filter(
        borrower_id=disclosure.borrower_id,
        recipient_id=disclosure.recipient_id,
        channel=Alias.Channel.EMAIL,
        application_id=disclosure.application_id,
    ).first()
    return address(alias) if alias else ""
