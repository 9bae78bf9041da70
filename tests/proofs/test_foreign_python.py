"""Other people's verifiers in Python read what we wrote; they share no code with it."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proofs.worlds import LOG, written

BIN = Path(sys.executable).parent
TILES = ["tile/0/001", "tile/1/000.p/2"]

needs_aics = pytest.mark.skipif(
    importlib.util.find_spec("aics_tlog") is None, reason="aics-tlog needs Python 3.12"
)


@pytest.fixture
def folder(tmp_path):
    log, _ = written(700)
    log.save(tmp_path)
    (tmp_path / "old").write_bytes(written(300)[0].files["checkpoint"])
    return tmp_path


def run(program, *arguments):
    return subprocess.run(
        [BIN / program, *map(str, arguments)], capture_output=True, check=False, timeout=60
    )


def aics(folder, verb, *arguments):
    known = ("--log-key", LOG.verifier.vkey, "--tiles", folder)
    return run("aics-tlog", verb, *known, *arguments)


def flip(path):
    data = bytearray(path.read_bytes())
    data[30] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("index", [0, 255, 256, 699])
def test_tlog_scales_finds_every_leaf_in_the_checkpoint(folder, index):
    result = run("tlog-tiles", "get-leaf", "--check", folder, index)

    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == written(700)[1][index]


def test_tlog_scales_proves_as_we_do(folder):
    index = 300
    result = run("tlog-tiles", "gen-proof", folder, index)

    proof, _, checkpoint = result.stdout.decode().partition("\n\n")
    assert checkpoint.encode() == (folder / "checkpoint").read_bytes()
    ours = written(700)[0].prove(index).text.partition("\n\n")[0]
    assert proof == ours


@pytest.mark.parametrize("path", TILES)
def test_tlog_scales_refuses_one_flipped_bit(folder, path):
    flip(folder / path)

    result = run("tlog-tiles", "get-leaf", "--check", folder, 300)

    assert result.returncode != 0
    assert result.stdout == b""


@needs_aics
def test_aics_tlog_accepts_checkpoint_inclusion_and_growth(folder):
    leaf = folder / "leaf"
    leaf.write_bytes(written(700)[1][300])

    answers = [
        aics(folder, "verify-checkpoint"),
        aics(folder, "verify-inclusion", "--index", 300, "--leaf", leaf),
        aics(folder, "verify-consistency", "--old-checkpoint", folder / "old"),
    ]

    assert [each.returncode for each in answers] == [0, 0, 0], answers


@needs_aics
@pytest.mark.parametrize("path", TILES)
def test_aics_tlog_refuses_one_flipped_bit(folder, path):
    leaf = folder / "leaf"
    leaf.write_bytes(written(700)[1][300])
    flip(folder / path)

    assert aics(folder, "verify-inclusion", "--index", 300, "--leaf", leaf).returncode != 0
