import sys

from mingdai_demo.running import commands, start

ENVIRONMENT = {
    "MINGDAI_DATA": "/srv/data folder",
    "PORT": "8000",
    "MINGDAI_WITNESS_PORT": "8001",
    "MINGDAI_SANDBOX_PORT": "8002",
}


def test_every_part_is_a_process_of_its_own():
    named = commands(ENVIRONMENT, log_vkey="log+1+key", sandbox_config="/srv/config.json")

    assert set(named) == {"witness", "sandbox", "web", "worker", "guide"}
    assert "'/srv/data folder/witness'" in named["witness"]


def test_the_first_failure_ends_the_others_and_is_the_answer(capfd):
    waits = f"{sys.executable} -c 'import time; time.sleep(60)'"

    answer = start({"fails": "sh -c 'exit 3'", "waits": waits}, {"PATH": "/usr/bin:/bin"})

    assert answer == 3
    assert "waits stopped" in capfd.readouterr().out
