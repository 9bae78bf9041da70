import signal
import subprocess
import sys

from mingdai.audit.parting import end_with_parent

PARENT = """
import subprocess, sys, time
from mingdai.audit.parting import end_with_parent
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"],
    preexec_fn=end_with_parent(), start_new_session=True)
print("started", flush=True)
time.sleep(60)
"""


def test_a_child_of_a_killed_parent_ends():
    """The child holds the pipe open: its end is read as the end of the output."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    assert parent.stdout.readline() == b"started\n"

    parent.send_signal(signal.SIGKILL)

    assert parent.communicate(timeout=20)[0] == b""


def test_elsewhere_nothing_is_promised(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")

    assert end_with_parent() is None
