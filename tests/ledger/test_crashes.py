"""SIGKILL at every step of publication, from outside, at moments seen in the file system.

A named pipe in place of the next temporary file holds the process at exactly that write; a lock on
the store of the last signed head holds it between tiles and signature; a witness that never
answers holds it between signature and publication.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mingdai_proofs.ledgers import verify_ledger
from mingdai_proofs.notes import KeyKind, Signer
from mingdai_proofs.policies import open_checkpoint
from mingdai_proofs.sources import Folder
from mingdai_proofs.witnessing import Witness
from tests.ledger.world import TEARS, tear_unsigned

ROOT = Path(__file__).resolve().parents[2]
BEFORE, MORE = 250, 20
"""The batch that is cut off crosses a tile's edge: 250 entries are published, 20 wait."""
WITNESS = Signer.from_seed("witness.example", KeyKind.ED25519_COSIGNATURE, bytes(32))


def start(data: Path, *words: str, witness: str = "", holder: str = "child") -> subprocess.Popen:
    environment = {
        **os.environ,
        "MINGDAI_DATA": str(data),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "mingdai.settings",
        "MINGDAI_WITNESSES": witness,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.child", holder, *words], env=environment, cwd=ROOT
    )


def work(data: Path, *words: str) -> None:
    assert start(data, *words).wait(timeout=60) == 0


def wait_for(condition, process=None) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "the moment never came"
        assert process is None or process.poll() is None, "the process ended first"
        time.sleep(0.002)


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=10) == -signal.SIGKILL


def placed(data: Path) -> int:
    with closing(sqlite3.connect(f"file:{data / 'mingdai.sqlite3'}?mode=ro", uri=True)) as db:
        return db.execute('SELECT count("index") FROM ledger_ledgerentry').fetchone()[0]


def signed_size(data: Path) -> int:
    with closing(sqlite3.connect(f"file:{data}/log-state/signed.sqlite3?mode=ro", uri=True)) as db:
        return db.execute("SELECT size FROM head ORDER BY epoch DESC").fetchone()[0]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    data = tmp_path_factory.mktemp("prepared")
    work(data, "migrate", "append", str(BEFORE), "rounds", "append", str(MORE))
    return data


@pytest.fixture(scope="module")
def undisturbed(prepared, tmp_path_factory):
    """The checkpoint of a run that nobody killed."""
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    shutil.copytree(prepared, data)
    work(data, "rounds")
    return (data / "log/checkpoint").read_bytes()


@pytest.fixture
def data(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "data")
    return tmp_path / "data"


@contextmanager
def held_at(path: Path):
    """Whoever opens `path` to write it waits for ever."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    yield
    path.unlink()


def finish_and_compare(data: Path, undisturbed: bytes, before: bytes = b"") -> None:
    key = next(iter((data / "keys").glob("log.key"))).read_text().strip()
    log = Signer.parse(key).verifier
    before = before or (data / "log/checkpoint").read_bytes()
    work(data, "rounds")

    report = verify_ledger(Folder(data / "log"), [log], previous=before)
    assert report.flaw is None
    assert report.entries == BEFORE + MORE
    assert (data / "log/checkpoint").read_bytes() == undisturbed
    assert open_checkpoint(undisturbed, [log])[0].size == signed_size(data)
    assert list((data / "log").rglob("*.new")) == []


HELD = [
    ("after placing, before any file", "log/tile/entries/000.new", BEFORE),
    ("between the bundles", "log/tile/entries/001.p/14.new", BEFORE),
    ("between bundles and tiles", "log/tile/0/000.new", BEFORE),
    ("between the tiles", "log/tile/1/000.p/1.new", BEFORE),
    ("after signing, before publishing", "log/checkpoint.new", BEFORE + MORE),
]


@pytest.mark.parametrize(("moment", "path", "signed"), HELD, ids=[each[0] for each in HELD])
def test_killed_at_a_write_it_ends_in_the_same_checkpoint(data, undisturbed, moment, path, signed):
    with held_at(data / path):
        process = start(data, "round")
        wait_for(lambda: placed(data) == BEFORE + MORE, process)
        wait_for(lambda: signed_size(data) == signed, process)
        time.sleep(0.2)
        assert process.poll() is None
        kill(process)

    assert f"\n{BEFORE}\n".encode() in (data / "log/checkpoint").read_bytes(), moment
    finish_and_compare(data, undisturbed)


def test_killed_after_tiles_before_signing_it_ends_in_the_same_checkpoint(data, undisturbed):
    with closing(sqlite3.connect(data / "log-state/signed.sqlite3", isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        process = start(data, "round")
        wait_for((data / "log/tile/1/000.p/1").exists, process)
        kill(process)
        lock.execute("ROLLBACK")
    assert signed_size(data) == BEFORE

    finish_and_compare(data, undisturbed)


@pytest.mark.parametrize("how", TEARS)
def test_the_power_cut_before_the_flush_what_is_torn_is_written_again(data, undisturbed, how):
    before = (data / "log/checkpoint").read_bytes()
    with closing(sqlite3.connect(data / "log-state/signed.sqlite3", isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        process = start(data, "round")
        wait_for((data / "log/tile/1/000.p/1").exists, process)
        kill(process)
        lock.execute("ROLLBACK")

    assert tear_unsigned(data / "log", BEFORE, how) == 5

    finish_and_compare(data, undisturbed, before)


@pytest.mark.parametrize("how", TEARS)
def test_the_power_cut_after_publishing_the_checkpoint_is_made_again(data, undisturbed, how):
    work(data, "rounds")

    assert tear_unsigned(data / "log", BEFORE + MORE, how) == 0

    finish_and_compare(data, undisturbed, undisturbed)


def read_request(line: socket.socket) -> bytes:
    """The body of the next request on a kept connection."""
    with line.makefile("rb") as stream:
        length = 0
        while (header := stream.readline().strip().lower()) != b"":
            name, _, value = header.partition(b":")
            length = int(value) if name == b"content-length" else length
        return stream.read(length)


def test_killed_while_a_witness_is_asked_it_ends_in_the_same_checkpoint(
    data, undisturbed, tmp_path
):
    log = Signer.parse((data / "keys/log.key").read_text().strip()).verifier
    witness = Witness(tmp_path / "witness", [WITNESS], [log])
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        process = start(data, "round", witness=f"one {WITNESS.verifier.vkey} {url}")
        line, _ = server.accept()
        answer = witness.add_checkpoint(read_request(line), now_s=1).body.encode()
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer)
        asked = read_request(line)
        kill(process)
        line.close()
    witness.close()
    assert f"\n{BEFORE + MORE}\n".encode() in asked
    assert signed_size(data) == BEFORE + MORE

    finish_and_compare(data, undisturbed)


def test_killed_after_publishing_nothing_is_left_to_do(data, undisturbed):
    process = start(data, "round", "rest")
    wait_for(lambda: (data / "log/checkpoint").read_bytes() == undisturbed, process)
    kill(process)

    finish_and_compare(data, undisturbed)


def test_killed_again_and_again_it_still_ends_in_the_same_checkpoint(data, undisturbed):
    for path in [each[1] for each in HELD]:
        with held_at(data / path):
            process = start(data, "round")
            wait_for(lambda: placed(data) == BEFORE + MORE, process)
            time.sleep(0.1)
            kill(process)

    finish_and_compare(data, undisturbed)


def test_of_two_sequencers_at_once_one_works_at_a_time_and_nothing_forks(data):
    processes = [start(data, "trickle", "40", holder=name) for name in ("a", "b")]
    assert [each.wait(timeout=120) for each in processes] == [0, 0]
    work(data, "rounds")

    log = Signer.parse((data / "keys/log.key").read_text().strip()).verifier
    report = verify_ledger(Folder(data / "log"), [log])
    assert report.flaw is None
    assert report.entries == BEFORE + MORE + 80


def test_killed_at_random_while_it_writes_the_log_stays_one_history(data):
    log = Signer.parse((data / "keys/log.key").read_text().strip()).verifier
    seen = (data / "log/checkpoint").read_bytes()
    for number in range(6):
        process = start(data, "trickle", "2000")
        wait_for(lambda before=seen: (data / "log/checkpoint").read_bytes() != before, process)
        time.sleep(0.03 * number)
        kill(process)

        report = verify_ledger(Folder(data / "log"), [log], previous=seen)
        assert report.flaw is None
        seen = (data / "log/checkpoint").read_bytes()
    work(data, "rounds")

    assert verify_ledger(Folder(data / "log"), [log], previous=seen).entries == placed(data)
