"""Publishing: entries become bundles and tiles, a signed head, a checkpoint; in this order.

1. bundles and tiles are durable; 2. the last signed head moves on by compare-and-swap; 3. the head
is signed; 4. witnesses cosign; 5. the file `checkpoint` is replaced.  Whatever step a crash cuts
off, the next round takes up from the last signed head and does the same thing again: bundles and
tiles follow from the placed entries, and Ed25519 signs the same head with the same bytes.
Source: C2SP tlog-tiles, tlog-checkpoint, tlog-witness.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from mingdai.ledger import keys
from mingdai.ledger.asking import Answers, Bench, Request
from mingdai.ledger.guarding import Standing
from mingdai.ledger.proving import published
from mingdai.ledger.remembering import SignedStore
from mingdai.ledger.storing import LogFolder, log_folder
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.merkle import leaf_hashes
from mingdai_proofs.notes import Signer, add_lines, sign
from mingdai_proofs.policies import NONE, Policy
from mingdai_proofs.tiles import TileHashes

logger = logging.getLogger("mingdai.ledger")

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(seconds=8)
_PARTIAL = ".p/"


class Writer:
    """The one who makes the log grow.  Holds the right edge only, whatever the log's size."""

    def __init__(
        self, standing: Standing, store: SignedStore, *, signer: Signer, policy: Policy
    ) -> None:
        """Go on from `standing`; `policy` says when a checkpoint may be published."""
        self.head = standing.head
        self.retry_at: datetime | None = None
        self._frontier = standing.frontier
        self._edge = standing.edge
        self._store = store
        self._signer = signer
        self._policy = policy
        self._bench = Bench(keys.witnesses())
        self._folder = LogFolder(log_folder())
        self._hashes = TileHashes(self._folder.read, standing.head.size)
        self._partial = {
            path.partition(_PARTIAL)[0]
            for path, _ in (*standing.frontier.partials(), *standing.edge.partials())
        }
        self._finished: list[str] = []
        self._accepted = b""
        self._wait = FIRST_WAIT

    def close(self) -> None:
        """Let go of the store and of the witnesses."""
        self._store.close()
        self._bench.close()

    def is_current(self) -> bool:
        """Whether nobody else signed since; a writer that is not must be opened again."""
        return self._store.head() == self.head

    def is_published(self) -> bool:
        """Whether the last signed head is the published one, with what today's policy asks for."""
        now = published()
        if now is None or now.head != self.head:
            return False
        if not self._needs_witnesses() or now.data == self._accepted:
            return True
        return self._policy.judge(now.data) is None

    def extend(self, entries: Sequence[bytes], *, at: datetime) -> None:
        """Make the log longer by these placed entries, up to the right to sign the new head.

        After any error this writer must be closed and another opened.
        """
        bundles = self._edge.append(entries)
        changes = self._frontier.append(leaf_hashes(entries))
        files = [*bundles, *changes.files]
        self._folder.write(files)
        head = Checkpoint(self.head.origin, changes.size, changes.root)
        self._store.advance(self.head, head, at=at)
        self.head = head
        self._hashes = self._hashes.at_size(head.size)
        self._note_partials([path for path, _ in files])

    def _note_partials(self, paths: Sequence[str]) -> None:
        """Remember which partial files there are, and which of them a full file replaces."""
        for path in paths:
            base, is_partial, _ = path.partition(_PARTIAL)
            if is_partial:
                self._partial.add(base)
            elif base in self._partial:
                self._partial.remove(base)
                self._finished.append(base)

    def publish(self, *, at: datetime) -> bool:
        """Publish the last signed head; False when the witnesses' quorum did not cosign it."""
        note = sign(self.head.text, [self._signer])
        answers = self._ask(note) if self.head.size else Answers()
        self._store.note_trouble(answers.troubles, at=at)
        data = add_lines(note, answers.lines) if answers.lines else note
        flaw = self._policy.judge(data) if self._needs_witnesses() else None
        if flaw:
            logger.warning("size %d is not published: %s", self.head.size, flaw.code)
            self.retry_at, self._wait = at + self._wait, min(self._wait * 2, LONGEST_WAIT)
            return False
        self._folder.replace("checkpoint", data)
        self._accepted = data
        self.retry_at, self._wait = None, FIRST_WAIT
        self._folder.drop_partials(self._finished)
        self._finished.clear()
        return True

    def _needs_witnesses(self) -> bool:
        """Whether the head waits for witnesses; a checkpoint of size 0 covers no entry."""
        return self.head.size > 0 and self._policy.quorum != NONE

    def _ask(self, note: bytes) -> Answers:
        request = Request(self.head, note, self._signer.verifier, self._hashes.hash_at)
        return self._bench.ask(request)
