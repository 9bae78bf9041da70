"""Verify the whole ledger in the background, with the verifier anybody can run.

One run at a time on a machine, in a thread that reads files only; its state is a file in the data
folder that every web process reads, and a claim the kernel frees when the process dies.  Each good
run's checkpoint is kept: the next one also checks that the log has only grown since.
Why so: docs/decisions/0090-verification-state-in-a-file.md.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from mingdai.ledger import keys
from mingdai.ledger.storing import log_folder
from mingdai_proofs.flaws import Flaw, Flawed
from mingdai_proofs.ledgers import LedgerReport, open_head, verify_ledger
from mingdai_proofs.policies import Policy
from mingdai_proofs.sources import Folder
from mingdai_proofs.tiles import TILE_WIDTH

TELL_EVERY_S = 0.25
TRIES = 3
"""Runs over a log that changes under the reader before that is reported."""

_BUNDLES = "tile/entries/"


@dataclass(frozen=True, slots=True)
class Verification:
    """How the last run stands.  `state` is none, running, interrupted, sound or flawed.

    `done` of `size` entries were read; `seconds` is how long it took; `code` is the flaw's, ""
    for none; `since` is the size of the older checkpoint it was compared with, 0 for none.
    """

    state: str = "none"
    started_at: str = ""
    seconds: float = 0.0
    done: int = 0
    size: int = 0
    tiles: int = 0
    since: int = 0
    code: str = ""
    reason: str = ""

    @property
    def started(self) -> datetime | None:
        """When the run began."""
        return datetime.fromisoformat(self.started_at) if self.started_at else None

    @property
    def finished(self) -> datetime | None:
        """When it ended."""
        begun = self.started
        return begun + timedelta(seconds=self.seconds) if begun else None


def current() -> Verification:
    """The last run as it stands now."""
    seen = _read()
    if seen.state == "running" and not _is_claimed():
        seen = _read()
    if seen.state == "running" and not _is_claimed():
        return replace(seen, state="interrupted")
    return seen


def start(*, at: datetime) -> threading.Thread | None:
    """Begin a run; its thread, or None where one is running already."""
    handle = _claim()
    if handle is None:
        return None
    begun = Verification(state="running", started_at=at.isoformat(), size=_size_now())
    _write(begun)
    run = threading.Thread(
        target=_run,
        args=(begun, keys.policy(), log_folder(), handle),
        name="verify-ledger",
        daemon=True,
    )
    run.start()
    return run


class _Watched(Folder):
    """The log's folder, telling how many entries were read."""

    def __init__(self, root: Path, tell: Callable[[int], None]) -> None:
        super().__init__(root)
        self._tell, self._bundles = tell, 0

    def read(self, path: str) -> bytes:
        """The file's bytes."""
        data = super().read(path)
        if path.startswith(_BUNDLES):
            self._bundles += 1
            self._tell(self._bundles * TILE_WIDTH)
        return data


def _run(begun: Verification, policy: Policy, log: Path, handle: int) -> None:
    """Verify, and write down how it went, whatever happens."""
    clock = time.monotonic()
    told = clock

    def tell(done: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= TELL_EVERY_S:
            told = now
            _write(replace(begun, done=min(done, begun.size), seconds=now - clock))

    try:
        report, since = _verified(policy, log, tell)
        _write(_ended(begun, report, since=since, seconds=time.monotonic() - clock))
    finally:
        os.close(handle)


def _verified(policy: Policy, log: Path, tell: Callable[[int], None]) -> tuple[LedgerReport, int]:
    """The verdict, and the size of the older checkpoint it was compared with."""
    older = _older(policy, log)
    since = open_head(older, policy).size if older else 0
    report = verify_ledger(_Watched(log, tell), policy, previous=older)
    for _ in range(TRIES - 1):
        if report.flaw is None or report.flaw.code != "source.changed":
            break
        report = verify_ledger(_Watched(log, tell), policy, previous=older)
    if report.flaw is None and report.head is not None:
        _keep(log, report.head.size)
    return report, since


def _older(policy: Policy, log: Path) -> bytes | None:
    """The checkpoint of the last good run, unless the log was begun anew under another name."""
    try:
        data = _kept_file().read_bytes()
        head = open_head(data, policy)
    except (FileNotFoundError, Flawed):
        return None
    return data if head.origin == policy.logs[0].name else None


def _keep(log: Path, size: int) -> None:
    """Keep the published checkpoint; one that grew meanwhile is for the next run to check."""
    data = (log / "checkpoint").read_bytes()
    if data.split(b"\n", 2)[1] == str(size).encode():
        _put(_kept_file(), data)


def _ended(
    begun: Verification, report: LedgerReport, *, since: int, seconds: float
) -> Verification:
    flaw = report.flaw or Flaw("", "")
    return replace(
        begun,
        state="flawed" if report.flaw else "sound",
        done=report.entries,
        size=report.head.size if report.head else begun.size,
        tiles=report.tiles,
        since=since,
        seconds=seconds,
        code=flaw.code,
        reason=flaw.reason,
    )


def _folder() -> Path:
    folder = Path(settings.MINGDAI_DATA) / "console"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _state_file() -> Path:
    return _folder() / "verification.json"


def _kept_file() -> Path:
    return _folder() / "verified-checkpoint"


def _size_now() -> int:
    try:
        return int((log_folder() / "checkpoint").read_bytes().split(b"\n", 2)[1])
    except (FileNotFoundError, IndexError, ValueError):
        return 0


def _read() -> Verification:
    try:
        return Verification(**json.loads(_state_file().read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return Verification()


def _write(seen: Verification) -> None:
    _put(_state_file(), json.dumps(asdict(seen)).encode())


def _put(path: Path, data: bytes) -> None:
    spare = path.with_name(f"{path.name}.new")
    spare.write_bytes(data)
    spare.replace(path)


def _claim() -> int | None:
    """The claim to be the one run, None where another has it."""
    handle = os.open(_folder() / "verification.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def _is_claimed() -> bool:
    handle = _claim()
    if handle is None:
        return True
    os.close(handle)
    return False
