"""Go's own transparency-log packages read what we wrote; they share no code with it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.proofs.worlds import LOG, written

PROGRAM = Path(__file__).parent / "go/main.go"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("go") is None,
        reason="needs apt packages golang-go and golang-golang-x-mod-dev",
    ),
]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory):
    built = tmp_path_factory.mktemp("go") / "verify"
    cache = tmp_path_factory.mktemp("go-cache")
    settings = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(cache)}
    subprocess.run(
        [shutil.which("go"), "build", "-o", built, PROGRAM],
        check=True,
        env={**os.environ, **settings, "GOFLAGS": ""},
    )
    return built


@pytest.fixture
def folder(tmp_path):
    log, _ = written(700)
    log.save(tmp_path)
    (tmp_path / "old").write_bytes(written(300)[0].files["checkpoint"])
    return tmp_path


def run(verifier, folder):
    return subprocess.run(
        [verifier, folder, LOG.verifier.vkey, folder / "old"],
        capture_output=True,
        text=True,
        check=False,
    )


def test_go_accepts_checkpoints_inclusion_and_consistency(verifier, folder):
    result = run(verifier, folder)

    assert (result.returncode, result.stdout) == (0, "verified 700 records, grown from 300\n")


@pytest.mark.parametrize(
    "path", ["checkpoint", "old", "tile/0/001", "tile/1/000.p/2", "tile/entries/002.p/188"]
)
def test_go_refuses_one_flipped_bit(verifier, folder, path):
    data = bytearray((folder / path).read_bytes())
    data[30] ^= 1
    (folder / path).write_bytes(data)

    result = run(verifier, folder)

    assert result.returncode == 1
    assert result.stdout == ""
