"""Walk an ordered audit in a process of its own and watch it.

A browser that hangs or a page that crashes it takes nothing else down.  The child gets no key, no
database and no setting of the marketplace: only the address, the planted identity, the limits.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from mingdai.audit.models import Audit
from mingdai.audit.ordering import evidence_of, folder_of
from mingdai.audit.parting import end_with_parent

LOG = "walk.out"
ERRORS = "walk.err"
GRACE_S = 10.0
"""Between asking a walk to end and ending it."""

_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")
_LINE = re.compile(r"\s*(\d+)\s+(\S+)\s+(.*)")
_REFUSED = re.compile(r"^mingdai: ([a-z_.]+):", re.MULTILINE)


@dataclass(slots=True)
class Walk:
    """A walk that runs; `hosts` are those it was at."""

    audit: Audit
    process: subprocess.Popen[bytes]
    read_to: int = 0
    hosts: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Bring the audit's last line, steps and hosts up to what the walk has said so far."""
        with (folder_of(self.audit) / LOG).open("rb") as stream:
            stream.seek(self.read_to)
            fresh, _, _ = stream.read().rpartition(b"\n")
        if not fresh:
            return
        self.read_to += len(fresh) + 1
        for line in fresh.decode("utf-8", "replace").splitlines():
            self._hear(line)

    def _hear(self, line: str) -> None:
        known = _LINE.fullmatch(line)
        if known is None:
            return
        self.audit.steps, self.audit.said = int(known[1]), known[3][:300]
        if known[2] != "-":
            self.hosts.add(known[2])
        self.audit.hosts = len(self.hosts)

    def stop(self) -> None:
        """End it and its browser: first asked, then made to."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(GRACE_S)


def begin(audit: Audit) -> Walk:
    """Start the walk; what an earlier start left of evidence goes first."""
    folder = folder_of(audit)
    shutil.rmtree(evidence_of(audit), ignore_errors=True)
    with (folder / LOG).open("wb") as said, (folder / ERRORS).open("wb") as wrong:
        process = subprocess.Popen(  # noqa: S603 - our own program; the address is http
            command(audit),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=wrong,
            env={key: os.environ[key] for key in _KEPT if key in os.environ},
            start_new_session=True,
            preexec_fn=end_with_parent(),
        )
    return Walk(audit, process)


def command(audit: Audit) -> list[str]:
    """The command line of the walk."""
    folder = folder_of(audit)
    call = [sys.executable, "-m", "mingdai.cli", "audit", "walk", audit.url]
    call += ["--identity", str(folder / "identity.json")]
    call += ["--max-hops", str(audit.max_hops), "--minutes", str(audit.minutes)]
    for each in audit.allow:
        call += ["--allow", each]
    if audit.authority:
        call += ["--authority", str(folder / "authority.json")]
    return [*call, "-o", str(evidence_of(audit))]


def complaint(audit: Audit) -> str:
    """The code of the refusal the walk ended with, `audit.crashed` where there is none."""
    text = (folder_of(audit) / ERRORS).read_text(encoding="utf-8", errors="replace")
    found = _REFUSED.search(text)
    return found[1] if found else "audit.crashed"


def log_lines(audit: Audit, *, most: int) -> list[tuple[str, str]]:
    """The last lines of the walk: host and what was done; [] before the first."""
    path: Path = folder_of(audit) / LOG
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    known = (_LINE.fullmatch(line) for line in text.splitlines())
    return [(each[2], each[3]) for each in known if each][-most:]
