"""One disclosure through the gate beside a bare Django insert of the same rows, as durable.

`python -m bench.gate` prints, for SQLite and, where `DATABASE_URL` is set, for PostgreSQL: the time
of each, their ratio (median over rounds in which both take turns, each first every other time),
and disclosures a second by 4 client processes.  Disclosure and baseline write the same rows over
the same connection, each in one transaction that is flushed at commit (SQLite synchronous=FULL,
PostgreSQL fsync and synchronous_commit on; anything less is refused).  `TMPDIR` chooses SQLite's
disk.
"""

# ruff: noqa: E402 - Django is set up on a folder of its own before anything of ours is imported

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

FOLDER = Path(os.environ.get("MINGDAI_BENCH") or tempfile.mkdtemp(prefix="mingdai-bench-"))
os.environ["MINGDAI_BENCH"] = str(FOLDER)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingdai.settings")
os.environ["MINGDAI_DATA"] = str(FOLDER / "data")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from mingdai.consent.models import Grant
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Disclosure, Envelope
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.sequencing import forget_writer, sequence_and_publish
from mingdai.partners.models import Partner
from tests.gate.world import give_grant, handover_of, make_lender, make_person

ROUNDS = 9
EACH = 30
CLIENTS = 4
EACH_CLIENT = 200
TARGET_RATIO = 2.5
TARGET_RATE = 300


def main(arguments: list[str]) -> int:
    """Without arguments: every database.  `one`: the one of the environment.  `client ID`: load."""
    if arguments[:1] == ["client"]:
        return load(arguments[1:])
    if arguments[:1] == ["one"]:
        return measure()
    try:
        for url in dict.fromkeys(("", os.environ.get("DATABASE_URL", ""))):
            folder = FOLDER / ("postgresql" if url else "sqlite")
            folder.mkdir()
            child = {**os.environ, "DATABASE_URL": url, "MINGDAI_BENCH": str(folder)}
            subprocess.run([sys.executable, "-m", "bench.gate", "one"], env=child, check=True)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    return 0


def measure() -> int:
    """The ratio and the rate on this database."""
    call_command("migrate", verbosity=0)
    sequence_and_publish(holder="bench", at=timezone.now())
    forget_writer()
    name = connection.vendor
    require_durable()
    gate, bare = ratio()
    found = statistics.median(a / b for a, b in zip(gate, bare, strict=True))
    ms = [1000 * statistics.median(each) / EACH for each in (gate, bare)]
    say(name, "one disclosure through the gate, durable", f"{ms[0]:.2f} ms")
    say(name, "bare insert of the same rows, durable", f"{ms[1]:.2f} ms")
    say(name, "ratio, median of rounds", f"{found:.2f} (limit {TARGET_RATIO})")
    rate = CLIENTS * EACH_CLIENT / together()
    limit = f" (at least {TARGET_RATE})" if name == "postgresql" else ""
    say(name, f"disclosures a second by {CLIENTS} processes", f"{rate:.0f}{limit}")
    return 0


def require_durable() -> None:
    """Exit unless a commit on this connection waits for the disk."""
    wanted = {
        "sqlite": [("PRAGMA synchronous", 2), ("PRAGMA journal_mode", "wal")],
        "postgresql": [("SHOW fsync", "on"), ("SHOW synchronous_commit", "on")],
    }
    with connection.cursor() as cursor:
        for question, answer in wanted[connection.vendor]:
            cursor.execute(question)
            if cursor.fetchone()[0] != answer:
                raise SystemExit(f"not durable: {question} is not {answer}")


def ratio() -> tuple[list[float], list[float]]:
    """Seconds for `EACH` disclosures, and for as many bare inserts, in turns."""
    lender = make_lender()
    borrower = make_person(mobile=number(0))
    grants = iter([give_grant(borrower, lender) for _ in range((ROUNDS + 1) * EACH)])
    gate, bare = [], []
    for turn in range(ROUNDS + 1):
        taken = [next(grants) for _ in range(EACH)]
        if not turn:
            disclose(taken.pop())
        rows = [copies() for _ in range(EACH)]
        pair = [
            (gate, lambda taken=taken: [disclose(each) for each in taken]),
            (bare, lambda rows=rows: [insert(*each) for each in rows]),
        ]
        for found, act in pair if turn % 2 else reversed(pair):
            found.append(timed(act))
    return gate[1:], bare[1:]


def disclose(given: Grant) -> None:
    """The trunk."""
    disclose_to_partner(handover_of(given), at=timezone.now())


def copies() -> tuple[LedgerEntry, Disclosure, Envelope]:
    """The newest disclosure's three rows with ids of their own."""
    row = Disclosure.objects.select_related("entry", "envelope").latest("disclosed_at")
    entry, envelope = row.entry, row.envelope
    entry.pk, entry.entry_id = None, os.urandom(16)
    row.pk = uuid.uuid4()
    return entry, row, envelope


def insert(entry: LedgerEntry, row: Disclosure, envelope: Envelope) -> None:
    """What any Django program would do to keep the same rows."""
    with transaction.atomic():
        entry.save(force_insert=True)
        row.entry = entry
        row.save(force_insert=True)
        envelope.disclosure = row
        envelope.save(force_insert=True)


def together() -> float:
    """Seconds for all clients, from the first's start to the last's end."""
    lender = Partner.objects.get()
    ids = []
    for client in range(CLIENTS):
        borrower = make_person(mobile=number(client + 1))
        ids.append([str(give_grant(borrower, lender).pk) for _ in range(EACH_CLIENT)])
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.gate", "client", *each],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for each in ids
    ]
    for each in processes:
        each.stdout.readline()
    start = time.perf_counter()
    for each in processes:
        each.stdin.close()
    for each in processes:
        if each.wait():
            raise SystemExit("a client failed")
        each.stdout.close()
    return time.perf_counter() - start


def load(ids: list[str]) -> int:
    """One client: warm up, say so, wait for the start, disclose everything."""
    grants = [Grant.objects.get(pk=each) for each in ids]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    for each in grants:
        disclose(each)
    return 0


def number(count: int) -> str:
    """A made-up mobile number."""
    return f"199000{count:05d}"


def timed(act) -> float:  # noqa: ANN001 - any callable
    """Seconds it takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def say(database: str, name: str, value: str) -> None:
    """One figure."""
    print(f"gate: {database:11} {name:44} {value}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
