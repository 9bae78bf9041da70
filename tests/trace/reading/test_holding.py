import subprocess
import sys
from pathlib import Path

from mingdai.trace.reading.holding import held


def test_what_is_held_can_be_read_more_than_once():
    with held([b"one\n", b"two\n"]) as path:
        assert path.read_bytes() == b"one\ntwo\n"
        assert path.read_bytes() == b"one\ntwo\n"


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with held([b"one"]) as path:
        assert list(tmp_path.iterdir()) == []

    assert not path.exists() or path.read_bytes() != b"one"


def test_a_killed_process_leaves_nothing(tmp_path):
    program = (
        "import os, signal\n"
        "from mingdai.trace.reading.holding import held\n"
        "with held([b'one']):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    source = str(Path(__file__).resolve().parents[3] / "src")

    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=False,
                          env={"TMPDIR": str(tmp_path), "PYTHONPATH": source})  # fmt: skip

    assert done.returncode == -9
    assert list(tmp_path.iterdir()) == []
