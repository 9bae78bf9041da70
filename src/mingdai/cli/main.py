"""`mingdai <verb> …`: one table of commands; each lives in a file of its own.

Checking commands (`verify`, `cost`, `market replay`) run where Django is not installed, so a
command's module is imported when it is asked for, by the name in the table.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from mingdai.errors import MingdaiError


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table: the module that has `add_parser` and `run`, and what it stands on."""

    module: str
    help: str
    needs_django: bool = True


COMMANDS: dict[str, Command] = {
    "audit": Command("mingdai.cli.audit", "where a planted identity went", needs_django=False),
    "cost": Command("mingdai.cli.cost", "the true cost of a loan", needs_django=False),
    "market": Command("mingdai.cli.market", "replay a match receipt", needs_django=False),
    "verify": Command("mingdai.cli.verify", "check a receipt or a ledger", needs_django=False),
    "ledger": Command("mingdai.cli.ledger", "key, proofs and state of the ledger"),
    "gate": Command("mingdai.cli.gate", "resume, deliver, dead letters"),
    "vault": Command("mingdai.cli.vault", "rotate keys, expire fields"),
    "staff": Command("mingdai.cli.staff", "add an employee, reset a second factor"),
    "partner": Command("mingdai.cli.partner", "try spellings, put a decoy clause on file"),
    "decoy": Command("mingdai.cli.decoy", "place made-up borrowers, list them"),
    "migrate": Command("mingdai.cli.migrate", "bring tables, keys and static files up to date"),
    "trace": Command("mingdai.cli.trace", "whose copy a found list is", needs_django=False),
    "worker": Command("mingdai.cli.worker", "sequence, deliver, sweep, until stopped"),
    "auditor": Command("mingdai.cli.auditor", "walk ordered audits, one at a time, until stopped"),
    "tracer": Command("mingdai.cli.tracer", "attribute found lists of cases, until stopped"),
    "case": Command("mingdai.cli.case", "open a case, add a list, ask for its attribution"),
    "web": Command("mingdai.cli.web", "serve pages, API and log"),
    "mail": Command("mingdai.mail.running", "receive, judge and pass on letters, until stopped"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; exit code 0 is yes, 1 is no, 2 is a call that could not be taken."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = next((each for each in arguments if not each.startswith("-")), "")
    command = COMMANDS.get(name)
    if command is None or arguments[0] != name:
        _overview().print_help()
        return 0 if {"-h", "--help"} & set(arguments) else 2
    if command.needs_django:
        _start_django()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: a second thread waits
    module = importlib.import_module(command.module)
    parser = argparse.ArgumentParser(prog="mingdai")
    module.add_parser(parser.add_subparsers(required=True, metavar="command"))
    parsed = parser.parse_args(arguments)
    try:
        return int(module.run(parsed))
    except MingdaiError as error:
        _complain(error, as_json=bool(getattr(parsed, "json", False)))
        return 2


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingdai.settings")
    importlib.import_module("django").setup()


def _overview() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:10} {each.help}" for name, each in COMMANDS.items())
    return argparse.ArgumentParser(
        prog="mingdai",
        description="A loan marketplace with one door for personal information.",
        epilog=f"commands:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="mingdai <command> [-h] …",
    )


def _complain(error: MingdaiError, *, as_json: bool) -> None:
    """Say what was refused, by which rule and what to do; never a stack trace."""
    fields = {
        "code": error.code,
        "reason": error.reason,
        "source": error.source,
        "remedy": error.remedy,
    }
    if as_json:
        sys.stderr.write(json.dumps({"error": fields}, ensure_ascii=False) + "\n")
        return
    extra = "".join(f"\n  {name}: {fields[name]}" for name in ("source", "remedy") if fields[name])
    sys.stderr.write(f"mingdai: {error.code}: {error.reason}{extra}\n")
