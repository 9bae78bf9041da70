from __future__ import annotations

import smtplib
import subprocess
import sys
import time

from mingdai_demo.environment import choose_port


def test_what_is_sent_on_is_kept_as_numbered_files(tmp_path):
    port = choose_port(48163, taken=set())
    imports = "from pathlib import Path; from mingdai_demo.mailbox import serve"
    code = f"{imports}; serve(Path({str(tmp_path)!r}), {port})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as box:
        for text in ("one", "two"):
            send(port, text)
        said = [box.stdout.readline() for _ in range(2)]
        box.terminate()

        assert box.wait(timeout=20) == 0

    assert [each.read_bytes() for each in sorted(tmp_path.glob("*.eml"))] == [
        b"one\r\n",
        b"two\r\n",
    ]
    assert said[-1] == "simulated mailbox: 0002.eml\n"


def send(port: int, text: str) -> None:
    for _ in range(100):
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=10) as session:
                session.sendmail("a@x.example", ["b@example.com"], text)
                return
        except OSError:
            time.sleep(0.1)
