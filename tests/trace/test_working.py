import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mingdai.errors import Invalid
from mingdai.trace.working import PREFIX, in_memory, remove_left, working_folder

SOURCE = str(Path(__file__).resolve().parents[2] / "src")


def test_the_folder_is_gone_at_the_end_and_after_a_failure(tmp_path):
    with working_folder(tmp_path) as folder:
        (folder / "spill").mkdir()
        assert folder.parent == tmp_path
    with pytest.raises(ValueError, match="broken"), working_folder(tmp_path):
        raise ValueError("broken")

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_no_folder_is_refused(tmp_path):
    with pytest.raises(Invalid, match="working.missing"), working_folder(tmp_path / "absent"):
        pass


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path):
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from mingdai.trace.working import working_folder\n"
        "with working_folder(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'spill').write_bytes(b'x')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False,
                          env={**os.environ, "PYTHONPATH": SOURCE})  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1

    with working_folder(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_in_use_is_left_alone(tmp_path):
    with working_folder(tmp_path) as first, working_folder(tmp_path) as second:
        assert sorted(tmp_path.iterdir()) == sorted([first, second])


def test_what_is_not_ours_is_left_alone(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / f"{PREFIX}new").mkdir()

    assert remove_left(tmp_path) == 0
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_in_memory_is_told_from_one_on_a_disk():
    assert in_memory(Path("/dev/shm"))  # noqa: S108
    assert not in_memory(Path("/proc"))


def test_no_folder_is_asked_for_none():
    with working_folder(None) as folder:
        assert folder is None
