"""Append entries to the disclosure log.

An entry is durable when the caller's transaction commits, together with the rows it speaks of; if
that rolls back there is no entry.  It is provable once a published checkpoint covers it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from mingdai.errors import Invalid, Refused
from mingdai.ledger.guarding import require_open
from mingdai.ledger.models import LedgerEntry
from mingdai.rows import insert
from mingdai_proofs.entries import decode_entry
from mingdai_proofs.flaws import Flawed


def append(entry_bytes: bytes, *, at: datetime) -> LedgerEntry:
    """Write one canonical 512-byte entry inside the caller's transaction.

    Raises Refused (`ledger.no_transaction`) outside of one, Invalid (`ledger.entry`) for other
    bytes, Unavailable (`ledger.closed`) while the ledger may not grow.
    """
    if not connection.in_atomic_block:
        raise Refused(
            code="ledger.no_transaction",
            reason="an entry is written in one transaction with the rows it speaks of",
            remedy="call append inside transaction.atomic()",
        )
    require_open()
    try:
        entry = decode_entry(entry_bytes)
    except Flawed as flawed:
        raise Invalid(code="ledger.entry", reason=str(flawed.flaw)) from flawed
    row = LedgerEntry(entry_id=entry.entry_id, kind=entry.kind, data=entry_bytes, created_at=at)
    insert(row)
    return row
