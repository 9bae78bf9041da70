"""The door's queue: a message is accepted when its row is durable, and not before.

One thread writes.  Whatever arrived while the last commit ran goes into the next one (group
commit), so a flush is shared by many messages.  The same bytes at the same address are one row:
a sender that never heard our answer may send again.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, transaction

from mingdai.errors import MingdaiError
from mingdai.mail.addressing import LETTER, Target
from mingdai.mail.models import Returned
from mingdai.trace.letters import pack
from mingdai.trace.models import Letter
from mingdai.trace.sighting import EVIDENCE_DAYS
from mingdai.vault.filing import Filing, file_blobs

BATCH = 128
"""Messages in one commit at most."""

LINGER_S = 0.005
"""How long the first message of a batch waits for others to share its flush."""

RETURN_DAYS = 30
"""Days a bounce or a reply is kept at most."""

logger = logging.getLogger("mingdai.mail")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message for one address: `envelope` holds `ip`, `helo`, `mail_from`, `rcpt_to`."""

    target: Target
    envelope: dict[str, str] = field(repr=False)
    raw: bytes = field(repr=False)

    @property
    def digest(self) -> bytes:
        """SHA-256 of the message."""
        return sha256(self.raw).digest()

    @property
    def key(self) -> tuple[str, int | UUID | None, bytes]:
        """What makes it the same as another."""
        return self.target.kind, self.target.alias_id or self.target.outgoing_id, self.digest


@dataclass(slots=True)
class _Waiting:
    arrivals: Sequence[Arrival]
    done: Future[None] = field(default_factory=Future)


class Intake:
    """The writer.  `put` may be called from any thread."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        """`clock` says when a batch is written."""
        self._clock = clock
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="mail-intake")

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what is waiting, then end."""
        self._queue.put(None)
        self._thread.join()

    def put(self, arrivals: Sequence[Arrival]) -> Future[None]:
        """Done when every arrival is durable; carries the exception where it is not."""
        waiting = _Waiting(arrivals)
        self._queue.put(waiting)
        return waiting.done

    def _work(self) -> None:
        try:
            while (batch := self._next_batch()) is not None:
                self._write(batch)
        finally:
            connection.close()

    def _next_batch(self) -> list[_Waiting] | None:
        first = self._queue.get()
        if first is None:
            return None
        batch, until = [first], time.monotonic() + LINGER_S
        while len(batch) < BATCH:
            try:
                more = self._queue.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if more is None:
                self._queue.put(None)
                break
            batch.append(more)
        return batch

    def _write(self, batch: list[_Waiting]) -> None:
        """One commit for all; where that fails, one for each, so that one does not spoil others."""
        try:
            store([each for waiting in batch for each in waiting.arrivals], at=self._clock())
        except (DatabaseError, MingdaiError, OSError) as error:
            logger.warning("batch of %d not stored: %s", len(batch), type(error).__name__)
            connection.close()
            self._write_each(batch)
            return
        for waiting in batch:
            waiting.done.set_result(None)

    def _write_each(self, batch: list[_Waiting]) -> None:
        for waiting in batch:
            try:
                store(waiting.arrivals, at=self._clock())
            except (DatabaseError, MingdaiError, OSError) as error:
                waiting.done.set_exception(error)
            else:
                waiting.done.set_result(None)


def store(arrivals: Sequence[Arrival], *, at: datetime) -> int:
    """Write what is not there yet, in one durable transaction; how many rows.

    Raises what the database or the vault raises; then nothing of it was written.
    """
    try:
        return _store(arrivals, at)
    except IntegrityError:  # another door stored the same message a moment ago
        return _store(arrivals, at)


def _store(arrivals: Sequence[Arrival], at: datetime) -> int:
    with transaction.atomic(durable=True):
        fresh = _unknown(arrivals)
        blobs = file_blobs([_filing(each, at) for each in fresh], at=at)
        letters, returned = [], []
        for arrival, blob in zip(fresh, blobs, strict=True):
            common = {
                "borrower_id": arrival.target.borrower_id,
                "raw": blob,
                "digest": arrival.digest,
                "received_at": at,
                "next_attempt_at": at,
            }
            target = arrival.target
            if target.alias_id is not None:
                size = len(arrival.raw)
                letters.append(Letter(alias_id=target.alias_id, size=size, **common))
            elif target.outgoing_id is not None:
                outgoing = target.outgoing_id
                returned.append(Returned(kind=target.kind, outgoing_id=outgoing, **common))
        Letter.objects.bulk_create(letters)
        Returned.objects.bulk_create(returned)
    return len(fresh)


def _unknown(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Each message once, without those that are stored already."""
    by_key = {each.key: each for each in arrivals}
    digests = [each.digest for each in by_key.values()]
    aliases = {e.target.alias_id for e in by_key.values() if e.target.alias_id is not None}
    outgoing = {e.target.outgoing_id for e in by_key.values() if e.target.outgoing_id}
    letters = Letter.objects.filter(alias_id__in=aliases, digest__in=digests)
    returned = Returned.objects.filter(outgoing_id__in=outgoing, digest__in=digests)
    known: set[tuple[str, int | UUID | None, bytes]] = {
        (LETTER, alias, bytes(digest))
        for alias, digest in letters.values_list("alias_id", "digest")
    }
    for kind, target, digest in returned.values_list("kind", "outgoing_id", "digest"):
        known.add((kind, target, bytes(digest)))
    return [each for key, each in by_key.items() if key not in known]


def _filing(arrival: Arrival, at: datetime) -> Filing:
    days = EVIDENCE_DAYS if arrival.target.kind == LETTER else RETURN_DAYS
    data = pack(arrival.envelope, arrival.raw)
    return Filing(arrival.target.borrower_id, arrival.target.kind, data, at + timedelta(days=days))
