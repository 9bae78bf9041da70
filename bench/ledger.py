"""The ledger's figures, each beside a baseline measured in the same run.

`python -m bench.ledger` prints one line a figure: name, value, baseline, ratio or limit.  Every
durable figure says what it flushes.  Runs on a temporary folder (`TMPDIR` chooses the disk) and on
SQLite, or on PostgreSQL where `DATABASE_URL` is set; takes about two minutes on two cores.
"""

# ruff: noqa: E402 - Django is set up on a folder of its own before anything of ours is imported

from __future__ import annotations

import fcntl
import gc
import importlib
import importlib.util
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="mingdai-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingdai.settings")
os.environ["MINGDAI_DATA"] = str(FOLDER / "data")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from bench.submitting import FRAME
from mingdai.ledger import keys, proving
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.placing import BATCH
from mingdai.ledger.publishing import Writer
from mingdai.ledger.sequencing import forget_writer, open_writer, sequence_and_publish
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.entries import FILLER_BYTES, Entry, EntryKind, encode_entry
from mingdai_proofs.frontier import Frontier
from mingdai_proofs.inclusion import InclusionProof
from mingdai_proofs.ledgers import verify_ledger
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.notes import Signer
from mingdai_proofs.sources import Folder

ROUNDS = 60
MILLION = 1_000_000
RATE = 1_000
SECONDS = 10


def main() -> int:
    """Measure everything and print it."""
    spread_folders()
    call_command("migrate", verbosity=0)
    try:
        for figure in (batches, rows, latency, large_log, pymerkle):
            for name, value in figure().items():
                print(f"ledger: {name:58} {value}", flush=True)
    finally:
        forget_writer()
        shutil.rmtree(FOLDER, ignore_errors=True)
    return 0


def entries(count: int) -> list[bytes]:
    """Well-formed entries that differ in every random byte."""
    template = encode_entry(
        Entry(
            kind=EntryKind.DISCLOSED,
            at_s=1_763_870_400,
            entry_id=bytes(16),
            recipient="lender-a",
            purpose="credit_decision",
            basis="consent",
            route="lender_page",
            fields=("name", "mobile"),
            subject_tag=bytes(32),
            commitments=(bytes(32), bytes(32)),
            detail=bytes(32),
            previous=bytes(32),
        ),
        bytes(FILLER_BYTES),
    )
    head, middle, tail = template[:24], template[40:64], template[480:]
    return [b"".join((head, os.urandom(16), middle, os.urandom(416), tail)) for _ in range(count)]


@contextmanager
def fresh_log(name: str, witness: str = "") -> Iterator[Path]:
    """A log of its own in `name`; `witness` is a `name vkey url` triple."""
    forget_writer()
    settings.MINGDAI_DATA = Path(tempfile.mkdtemp(prefix=name, dir=FOLDER))
    settings.MINGDAI_KEYS = settings.MINGDAI_DATA / "keys"
    settings.MINGDAI_WITNESSES = [tuple(witness.split())] if witness else []
    yield settings.MINGDAI_DATA
    forget_writer()
    shutil.rmtree(settings.MINGDAI_DATA)


def spread_folders() -> None:
    """Give each log a part of the disk of its own, as a data folder in operation has.

    ext4 does not give out an inode again for five minutes and looks at each one before it makes a
    file: beside thousands of files that tests deleted, making one takes 0.4 ms instead of 0.01.
    Folders inside one with the attribute T are laid elsewhere.  Other systems ignore it.
    """
    if tool := shutil.which("chattr"):
        subprocess.run([tool, "+T", FOLDER], check=False, stderr=subprocess.DEVNULL)


def make_file_ms(folder: Path) -> str:
    """What making one empty file costs in this folder now."""
    made = []
    for number in range(50):
        path = folder / f"made-{number}"
        made.append(milliseconds(lambda each=path: each.touch(exist_ok=False)))
    return f"{statistics.median(made):.3f} ms"


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def flat_journal(handle: int, batch: list[bytes]) -> None:
    """The floor: hash each entry, append all to one file, fdatasync."""
    for each in batch:
        sha256(b"\x00" + each).digest()
    os.write(handle, b"".join(batch))
    os.fdatasync(handle)


def signed_journal(handle: int, batch: list[bytes], state: tuple[Frontier, Signer]) -> None:
    """The floor of any verifiable log: the flat journal, and the tree's root hashed and signed."""
    frontier, signer = state
    os.write(handle, b"".join(batch))
    root = frontier.append([leaf_hash(each) for each in batch]).root
    os.fdatasync(handle)
    signer.line(Checkpoint(signer.verifier.name, frontier.size, root).text)


def extend_and_publish(writer: Writer, batch: list[bytes]) -> None:
    """The ledger alone: bundles, tiles, last signed head, signature, checkpoint.

    All is flushed but the checkpoint file, which is made again from the last signed head.
    """
    now = timezone.now()
    writer.extend(batch, at=now)
    writer.publish(at=now)


def batches() -> dict[str, str]:
    """Batches of 1,024, the ledger alone: its durable store of entries is the bundles."""
    journal, signed, ours = [], [], []
    with fresh_log("batches") as data:
        writer = open_writer(timezone.now())
        writer.publish(at=timezone.now())
        handle = os.open(data / "journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        state = Frontier(), keys.log_key()
        for _ in range(ROUNDS):
            batch = entries(BATCH)
            signed.append(milliseconds(lambda b=batch: signed_journal(handle, b, state)))
            journal.append(milliseconds(lambda b=batch: flat_journal(handle, b)))
            ours.append(milliseconds(lambda b=batch: extend_and_publish(writer, b)))
        os.close(handle)
        writer.close()
        creating = make_file_ms(data / "log" / "tile" / "entries")
    floor, mine = statistics.median(journal), statistics.median(ours)
    verifiable = statistics.median(signed)
    rate = f"{BATCH / mine * 1000:,.0f}/s, {mine:.1f} ms"
    return {
        "flushed per batch": "journal: 1 fdatasync; ledger: 1 syncfs, then 1 fsync (signed head)",
        "making one empty file beside the bundles (9 a batch)": creating,
        "flat journal, hash + fdatasync, batches of 1,024": f"{BATCH / floor * 1000:,.0f}/s",
        "flat journal, hash + fdatasync + signed tree root": f"{BATCH / verifiable * 1000:,.0f}/s",
        "ledger alone, bundles + tiles + signed + published": rate,
        "  ratio to the flat journal (>= 0.33)": f"{floor / mine:.2f}",
        "  ratio to the flat journal with signed tree root": f"{verifiable / mine:.2f}",
    }


def rows() -> dict[str, str]:
    """The same with the database: rows inserted by the ORM, committed, placed, published."""
    LedgerEntry.objects.all().delete()
    inserting, sequencing = [], []
    with fresh_log("rows"):
        sequence_and_publish(holder="bench", at=timezone.now())
        for _ in range(ROUNDS // 3):
            batch = entries(BATCH)
            inserting.append(milliseconds(lambda b=batch: insert(b)))
            sequencing.append(
                milliseconds(lambda: sequence_and_publish(holder="bench", at=timezone.now()))
            )
        assert proving.covered_size() == BATCH * (ROUNDS // 3)
        LedgerEntry.objects.all().delete()
    insert_ms, sequence_ms = statistics.median(inserting), statistics.median(sequencing)
    total = insert_ms + sequence_ms
    return {
        "with rows: insert (ORM) + place + publish": f"{BATCH / total * 1000:,.0f}/s",
        "  of that: insert and commit": f"{insert_ms:.1f} ms",
        "  of that: place, commit, publish": f"{sequence_ms:.1f} ms",
    }


def insert(batch: list[bytes]) -> None:
    now = timezone.now()
    with transaction.atomic():
        LedgerEntry.objects.bulk_create(
            LedgerEntry(entry_id=each[24:40], kind=EntryKind.DISCLOSED, data=each, created_at=now)
            for each in batch
        )


@contextmanager
def local_witness() -> Iterator[str]:
    """A witness process; its `name vkey url` triple."""
    command = [sys.executable, "-m", "mingdai_proofs"]
    where = ["--data", str(FOLDER / "witness"), "--name", "witness.example"]
    vkey = subprocess.run(
        [*command, "witness-keys", *where], check=True, capture_output=True, text=True
    ).stdout.split()[0]
    process = subprocess.Popen(
        [*command, "witness", *where, "--port", "0", "--log", keys.vkey()],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = process.stdout.readline().split(" at ")[1].strip()
        yield f"witness.example {vkey} {url}"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def latency() -> dict[str, str]:
    """Submit to cosigned receipt at 1,000 submits/s, group commit.

    Three processes, as in operation: a client submits, this one sequences, a witness cosigns.
    """
    with fresh_log("latency") as data:
        keys.vkey()
        with local_witness() as triple:
            settings.MINGDAI_WITNESSES = [tuple(triple.split())]
            writer = open_writer(timezone.now())
            writer.publish(at=timezone.now())
            waits = submit_steadily(writer)
            writer.close()
        assert data.exists()
    waits.sort()
    p50, p99 = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    return {
        "flushed before each receipt": (
            "bundles + tiles + names (1 syncfs), signed head (1 fsync), the witness's store"
        ),
        f"submit -> cosigned receipt at {RATE}/s, p50 (<= 15 ms)": f"{p50:.1f} ms",
        f"submit -> cosigned receipt at {RATE}/s, p99 (<= 50 ms)": f"{p99:.1f} ms",
    }


@contextmanager
def steady_client() -> Iterator[int]:
    """A client process that submits; the pipe from it, wide enough that it never waits."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.submitting", str(RATE), str(SECONDS)], stdout=subprocess.PIPE
    )
    try:
        fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 2**20)
        yield process.stdout.fileno()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def submit_steadily(writer: Writer) -> list[float]:
    """Milliseconds each entry waited for its receipt: this process only sequences and proves."""
    waits: list[float] = []
    with steady_client() as pipe:
        while len(waits) < RATE * SECONDS:
            batch = list(FRAME.iter_unpack(os.read(pipe, FRAME.size * BATCH)))
            start = writer.head.size
            extend_and_publish(writer, [data for _, data in batch])
            for index, (submitted, _) in enumerate(batch, start):
                proving.proof_of(index)
                waits.append((time.monotonic() - submitted) * 1000)
    return waits


def memory_mb() -> float:
    """Resident memory of this process now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def large_log() -> dict[str, str]:
    """10^6 entries through the writer: memory, proofs from tiles on disk, offline verification."""
    with fresh_log("large") as data:
        writer = open_writer(timezone.now())
        memory = {}
        for size in range(BATCH, MILLION + BATCH, BATCH):
            extend_and_publish(writer, entries(BATCH))
            if size // 100_000 != (size - BATCH) // 100_000:
                memory[size // 100_000] = memory_mb()
        writer.close()
        found = prove(size)
        began = time.perf_counter()
        report = verify_ledger(Folder(data / "log"), [keys.log_key().verifier])
        seconds = time.perf_counter() - began
        assert report.flaw is None
        assert report.entries == size
    return {
        "memory of the writer at 10^5 and 10^6 (flat)": f"{memory[1]:.1f} MB, {memory[10]:.1f} MB",
        **found,
        "offline verification of 10^6 (>= 80,000/s)": f"{size / seconds:,.0f}/s",
    }


def prove(size: int) -> dict[str, str]:
    """Proofs of random entries; each opens its tiles anew with an empty cache, then warm."""
    draw = random.Random(7)
    cold, warm = [], []
    for _ in range(2_000):
        index = draw.randrange(size)
        cold.append(milliseconds(lambda i=index: proving.proof_of(i)))
        warm.append(milliseconds(lambda i=index: proving.proof_of(i)))
    proof = InclusionProof.parse(proving.proof_of(5))
    assert len(proof.path) >= 19
    return {
        "inclusion proof at 10^6, random, tile from disk (<= 0.2 ms)": (
            f"{statistics.median(cold):.3f} ms, p99 {sorted(cold)[1980]:.3f} ms"
        ),
        "inclusion proof at 10^6, tile in memory": f"{statistics.median(warm):.3f} ms",
    }


def pymerkle() -> dict[str, str]:
    """The Python peer: its own form of tree and proof, SQLite store, 10^6 entries."""
    if importlib.util.find_spec("pymerkle") is None:
        return {"pymerkle": "not installed: pip install -e .[bench]"}
    module = importlib.import_module("pymerkle")
    path = FOLDER / "pymerkle.db"
    supply = entries(BATCH)
    with module.SqliteTree(str(path)) as tree:
        began = time.perf_counter()
        for _ in range(MILLION // BATCH):
            tree.append_entries(supply, BATCH)
        rate = MILLION / (time.perf_counter() - began)
        proofs = []
        for index in range(77, MILLION // 2, MILLION // 10):
            tree.cache_clear()
            proofs.append(milliseconds(lambda i=index: tree.prove_inclusion(i)))
    return {
        "pymerkle SqliteTree append, batches of 1,024": f"{rate:,.0f}/s",
        "pymerkle SqliteTree proof at 10^6, cache cleared": f"{statistics.median(proofs):.1f} ms",
    }


if __name__ == "__main__":
    sys.exit(main())
