import os
import signal
import subprocess
import sys

from mingdai_demo.running import commands, start

ENVIRONMENT = {
    "MINGDAI_DATA": "/srv/data folder",
    "PORT": "8000",
    "MINGDAI_WITNESS_PORT": "8001",
    "MINGDAI_SANDBOX_PORT": "8002",
    "MINGDAI_MAIL_PORT": "8003",
    "MINGDAI_MAILBOX_PORT": "8004",
}


def test_every_part_is_a_process_of_its_own():
    named = commands(ENVIRONMENT, log_vkey="log+1+key", sandbox_config="/srv/config.json")

    assert set(named) == {"witness", "sandbox", "web", "worker", "auditor", "guide"} | {
        "mail",
        "mailbox",
        "tracer",
    }
    assert "'/srv/data folder/witness'" in named["witness"]


def test_the_first_failure_ends_the_others_and_is_the_answer(capfd):
    waits = f"{sys.executable} -c 'import time; time.sleep(60)'"

    answer = start({"fails": "sh -c 'exit 3'", "waits": waits}, {"PATH": "/usr/bin:/bin"})

    assert answer == 3
    assert "waits stopped" in capfd.readouterr().out


def test_a_closed_terminal_ends_every_process():
    waits = f"{sys.executable} -c 'import time; print(1, flush=True); time.sleep(60)'"
    code = f"from mingdai_demo.running import start; start({{'waits': {waits!r}}}, {{}})"
    runner = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    said = ""
    while "| 1" not in said:
        said += runner.stdout.readline()

    os.killpg(runner.pid, signal.SIGHUP)

    assert "waits stopped" in runner.communicate(timeout=20)[0]
