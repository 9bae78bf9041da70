"""`python -m mingdai_demo run|guide|code|letter|decoy`: the demo world on embedded defaults."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from mingdai.cli.main import main as mingdai
from mingdai.ledger import keys as ledger_keys
from mingdai_demo.baiting import bait
from mingdai_demo.environment import HOST, is_free
from mingdai_demo.guiding import guide_text, wait_until_ready
from mingdai_demo.mailbox import serve
from mingdai_demo.posting import TEXTS, Letter, folder, post, remember_port
from mingdai_demo.running import commands, start
from mingdai_demo.seeding import Addresses, sandbox_config, seed
from mingdai_demo.staffing import logins, seed_staff


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m mingdai_demo", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="command", dest="command")
    verbs.add_parser("run", help="seed the demo world and start everything")
    verbs.add_parser("seed", help="seed the demo world")
    verbs.add_parser("guide", help="wait until it answers and say what to try")
    verbs.add_parser("code", help="the second-factor codes of the demo employees, now")
    verbs.add_parser("mailbox", help="the simulated mailbox that takes what is sent on")
    letter = verbs.add_parser("letter", help="hand a made-up letter to the running mail door")
    letter.add_argument("kind", choices=sorted(TEXTS))
    letter.add_argument("--to", required=True, help="the alias, as the pages show it")
    letter.add_argument("--lender", default="yunting.example", help="the lender's domain")
    decoy = verbs.add_parser("decoy", help="place a decoy in one employee's queue")
    decoy.add_argument("login")
    chosen = parser.parse_args(argv)
    if chosen.command == "decoy":
        bait(chosen.login, at=timezone.now())
        return 0
    if chosen.command == "letter":
        return send_letter(Letter(chosen.kind, chosen.lender, chosen.to))
    verbs_by_name = {"run": run, "seed": seed_world, "guide": guide, "code": code}
    return {**verbs_by_name, "mailbox": mailbox}[chosen.command]()


def run() -> int:
    """Seed and start; the port must be free."""
    port = int(os.environ["PORT"])
    if not is_free(port):
        sys.stderr.write(f"port {port} is taken; choose another: PORT={port + 10} make run\n")
        return 2
    seed_world()
    remember_port(settings.MINGDAI_DATA, os.environ["MINGDAI_MAIL_PORT"])
    processes = commands(
        os.environ, log_vkey=ledger_keys.vkey(), sandbox_config=str(sandbox_config())
    )
    return start(processes, os.environ)


def mailbox() -> int:
    """Keep what is sent on as files, until stopped."""
    home = folder(settings.MINGDAI_DATA) / "mailbox"
    return serve(home, int(os.environ["MINGDAI_MAILBOX_PORT"]))


def send_letter(letter: Letter) -> int:
    """0 where the door took the letter."""
    answer = post(letter, data=settings.MINGDAI_DATA, at=timezone.now())
    sys.stdout.write(f"{answer}\n")
    return 0 if answer.startswith("250") else 1


def seed_world() -> int:
    """Tables, keys, lenders, products, employees; safe to repeat."""
    mingdai(["migrate"])
    at = timezone.now()
    sandbox = f"http://{HOST}:{os.environ['MINGDAI_SANDBOX_PORT']}"
    seed(Addresses(platform=settings.MINGDAI_PUBLIC_URL, sandbox=sandbox), at=at)
    seed_staff(at=at)
    return 0


def guide() -> int:
    """Print the guide once the pages answer, then wait to be stopped with the others."""
    address = settings.MINGDAI_PUBLIC_URL
    if not wait_until_ready(f"{address}/healthz"):
        sys.stderr.write(f"{address} does not answer\n")
        return 1
    sys.stdout.write(guide_text(address, logins()))
    sys.stdout.flush()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    return 0


def code() -> int:
    """One line an employee: the log-in and the six digits that are right now."""
    for each in logins():
        sys.stdout.write(f"{each.login} {each.code(timezone.now())}\n")
    return 0
