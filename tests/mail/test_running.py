from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading

import pytest

from mingdai.errors import Unavailable
from mingdai.mail.resolving import DnsResolver, ZoneResolver
from mingdai.mail.running import add_parser, duties, repeat, resolver
from tests.mail.post import LENDER, deliver, write


def test_the_command_has_three_parts():
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())

    assert parser.parse_args(["mail"]).part == "all"
    assert parser.parse_args(["mail", "door", "--port", "0"]).port == 0
    with pytest.raises(SystemExit):
        parser.parse_args(["mail", "window"])


def test_the_resolver_is_the_dns_unless_a_zone_file_is_named(settings, tmp_path):
    assert isinstance(resolver(), DnsResolver)
    (tmp_path / "zone").write_text(LENDER.zone)
    settings.MINGDAI_MAIL_ZONE = str(tmp_path / "zone")

    found = resolver()
    assert isinstance(found, ZoneResolver)
    assert found.lookup("_dmarc.heyan.example", "TXT") == ["v=DMARC1; p=reject"]


def test_a_duty_that_fails_is_tried_again(db):
    stop = threading.Event()
    told = []

    def act(at):
        told.append(at)
        if len(told) == 1:
            raise Unavailable(code="x.y", reason="not now")
        stop.set()
        return 1

    repeat("duty", act, stop, 0.0)

    assert len(told) == 2


def test_judging_is_one_of_the_duties(settings):
    assert "judge" in duties()


def test_a_door_and_its_work_end_in_order_on_a_signal(tmp_path):
    given = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mingdai.settings",
        "MINGDAI_DATA": str(tmp_path / "data"),
        "DATABASE_URL": "",
    }
    mingdai = [sys.executable, "-m", "mingdai.cli"]
    subprocess.run([*mingdai, "migrate"], env=given, check=True, capture_output=True)
    with subprocess.Popen(
        [*mingdai, "mail", "--port", "0"], env=given, stdout=subprocess.PIPE, text=True
    ) as process:
        line = process.stdout.readline()
        with pytest.raises(Exception, match="No such mailbox"):
            deliver(
                int(line.rpartition(":")[2]),
                write("a@heyan.example", "x"),
                mail_from="a@heyan.example",
                to="nobody@alias.mingdai.example",
            )
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=30) == 0
