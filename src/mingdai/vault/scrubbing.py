"""Empty the database's journal, so that erased bytes do not stay in it.

SQLite overwrites freed pages (`secure_delete`), but its write-ahead log keeps old pages until it is
truncated.  On PostgreSQL old row versions stay until vacuum and log recycling: there only the
end of the key's era makes them unreadable (docs/decisions/0040).
"""

from __future__ import annotations

import logging

from django.db import connection

_log = logging.getLogger(__name__)


def scrub() -> None:
    """Truncate SQLite's write-ahead log; where readers are busy the next sweep does it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()
    if busy and busy[0]:
        _log.info("write-ahead log is in use; the next sweep truncates it")
