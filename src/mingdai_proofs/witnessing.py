"""A witness: cosigns a log's checkpoint only if the log has grown from the last one it signed.

Check and store are one transaction, on disk before the answer goes out; so no crash and no two
requests at once make it sign two histories.  Source: C2SP tlog-witness.  A witness run by the
platform itself is no independent proof, and pages that name it must say so.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.encodings import decode_hash, encode_base64, parse_decimal
from mingdai_proofs.flaws import Flawed, refuse
from mingdai_proofs.merkle import EMPTY_ROOT, verify_consistency
from mingdai_proofs.notes import Signer, Verifier, split_note
from mingdai_proofs.policies import open_checkpoint

MAX_PROOF_LINES = 63
MAX_ORIGIN_BYTES = 255
MAX_REQUEST_BYTES = 1_000_000
PLAIN = "text/plain; charset=utf-8"
SIZE_TYPE = "text/x.tlog.size"
_CODE = "request.malformed"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    body: str
    content_type: str = PLAIN


@dataclass(frozen=True, slots=True)
class Request:
    """A parsed add-checkpoint request."""

    old: int
    path: tuple[bytes, ...]
    note: bytes
    head: Checkpoint

    @classmethod
    def parse(cls, body: bytes) -> Request:
        """Read a request body; raises Flawed.  Nothing is verified."""
        if len(body) > MAX_REQUEST_BYTES:
            refuse(_CODE, "the request is too long")
        head, blank, note = body.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            refuse(_CODE, "the request is not text")
        old = lines.pop(0)
        if not blank or not old.startswith("old ") or len(lines) > MAX_PROOF_LINES:
            refuse(_CODE, "a request is an old size, at most 63 hashes and a checkpoint")
        path = tuple(decode_hash(line, _CODE) for line in lines)
        text, _ = split_note(note)
        return cls(
            parse_decimal(old.removeprefix("old "), _CODE), path, note, Checkpoint.parse(text)
        )


class Witness:
    """Cosigns for the logs it knows; remembers each log's last checkpoint in `folder`."""

    def __init__(self, folder: Path, signers: Sequence[Signer], logs: Sequence[Verifier]) -> None:
        """Open or create the store.  Raises ValueError without signers or logs."""
        if not signers or not logs:
            raise ValueError("a witness needs its own keys and at least one log's")
        self.signers = tuple(signers)
        self._logs: dict[str, list[Verifier]] = {}
        for each in logs:
            if len(each.name.encode()) > MAX_ORIGIN_BYTES:
                raise ValueError(f"an origin has at most {MAX_ORIGIN_BYTES} bytes")
            self._logs.setdefault(each.name, []).append(each)
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        self._store = sqlite3.connect(
            folder / "witness.sqlite3", check_same_thread=False, isolation_level=None, timeout=30
        )
        self._store.execute("PRAGMA journal_mode=WAL")
        self._store.execute("PRAGMA synchronous=FULL")
        self._store.execute(
            "CREATE TABLE IF NOT EXISTS head ("
            "origin TEXT PRIMARY KEY, origin_hash TEXT UNIQUE, size INTEGER, root BLOB, note BLOB)"
        )

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            self._store.close()

    def add_checkpoint(self, body: bytes, *, now_s: int) -> Answer:
        """Answer an add-checkpoint request made at `now_s` (POSIX seconds)."""
        try:
            request = Request.parse(body)
        except Flawed as flawed:
            return Answer(400, f"{flawed}\n")
        logs = self._logs.get(request.head.origin)
        if not logs:
            return Answer(404, "request.origin: this witness does not know the log\n")
        try:
            open_checkpoint(request.note, logs)
        except Flawed as flawed:
            return Answer(403, f"{flawed}\n")
        if request.old > request.head.size:
            return Answer(400, "request.size: the old size is larger than the checkpoint's\n")
        with self._lock:
            self._store.execute("BEGIN IMMEDIATE")
            try:
                answer = self._advance(request, now_s)
                self._store.execute("COMMIT")
            except BaseException:
                self._store.execute("ROLLBACK")
                raise
        return answer

    def _advance(self, request: Request, now_s: int) -> Answer:
        """Check against the last checkpoint, cosign and store; the caller commits."""
        head = request.head
        row = self._store.execute(
            "SELECT size, root FROM head WHERE origin = ?", (head.origin,)
        ).fetchone()
        size, root = row or (0, EMPTY_ROOT)
        if request.old != size or (head.size == size and head.root != root):
            return Answer(409, f"{size}\n", SIZE_TYPE)
        flaw = verify_consistency(size, head.size, root, head.root, request.path)
        if flaw:
            return Answer(422, f"{flaw}\n")
        lines = "".join(each.line(head.text, at_s=now_s) for each in self.signers)
        note = f"{head.text}\n{self._log_lines(request)}{lines}".encode()
        self._store.execute(
            "INSERT OR REPLACE INTO head VALUES (?, ?, ?, ?, ?)",
            (head.origin, origin_hash(head.origin), head.size, head.root, note),
        )
        return Answer(200, lines)

    def _log_lines(self, request: Request) -> str:
        """The log's own signature lines; those of anybody else are not kept."""
        known = {(each.name, each.key_id) for each in self._logs[request.head.origin]}
        kept = {
            f"— {name} {encode_base64(key_id + signature)}\n": None
            for name, key_id, signature in split_note(request.note)[1]
            if (name, key_id) in known
        }
        return "".join(kept)

    def latest(self, hashed_origin: str) -> Answer:
        """The last cosigned checkpoint of the log whose `origin_hash` is given."""
        with self._lock:
            row = self._store.execute(
                "SELECT note FROM head WHERE origin_hash = ?", (hashed_origin,)
            ).fetchone()
        if not row:
            return Answer(404, "request.origin: no checkpoint of that log was cosigned\n")
        return Answer(200, bytes(row[0]).decode())


def origin_hash(origin: str) -> str:
    """The hexadecimal SHA-256 of an origin, by which a witness publishes its checkpoint."""
    return sha256(origin.encode()).hexdigest()
