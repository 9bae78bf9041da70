"""`mingdai case`: open a case, add a found list, ask for its attribution, read what came of it.

Who acts is named by `--by`, a compliance officer's log-in.  Approving is not a command: the second
person signs in to the console, because whoever may run this could type any name.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from mingdai.accounts.models import Staff
from mingdai.cases.models import Attribution, Case, FoundList
from mingdai.cases.opening import close_case, open_case
from mingdai.cases.receiving import USUAL, Arrival, receive
from mingdai.cases.requesting import ask
from mingdai.cases.spelling import canonical
from mingdai.errors import Invalid
from mingdai.words import ActorId

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_CHUNK = 1 << 20


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """One sub-command for each verb."""
    parser = subparsers.add_parser("case", help="cases and their found lists")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    opening = verbs.add_parser("open", help="open a case")
    opening.add_argument("--reason", required=True, help="why, without personal information")
    listing = verbs.add_parser("list", help="every case")
    showing = verbs.add_parser("show", help="lists, columns and attributions of a case")
    adding = verbs.add_parser("add", help="receive a found list into a case")
    asking = verbs.add_parser("attribute", help="ask for the attribution of its newest list")
    result = verbs.add_parser("result", help="the newest result, as JSON")
    closing = verbs.add_parser("close", help="close a case; its lists are deleted")
    for each in (showing, adding, asking, result, closing):
        each.add_argument("number", help="as C2026-0001")
    adding.add_argument("file", type=Path, metavar="FILE", help="CSV, TSV, TXT or XLSX")
    adding.add_argument("--source", required=True, help="where it was found, without names")
    adding.add_argument("--found-at", required=True, help="when, as 2026-06-01T12:00+08:00")
    adding.add_argument("--delete-on", help=f"day of deletion (default: in {USUAL.days} days)")
    asking.add_argument("--columns", default="", help="correct the reading: mobile=2,name=1,none=3")
    for each in (opening, adding, asking, closing):
        each.add_argument("--by", required=True, metavar="LOGIN")
    for each in (listing, showing):
        each.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 done, 1 there is no result yet."""
    return _VERBS[args.verb](args)


def _open(args: argparse.Namespace) -> int:
    case = open_case(args.reason, actor=_actor(args.by), at=timezone.now())
    sys.stdout.write(f"{case.number}\n")
    return 0


def _list(args: argparse.Namespace) -> int:
    for case in Case.objects.order_by("number"):
        _say(args, {
            "number": case.number, "opened_at": case.opened_at.isoformat(),
            "closed_at": case.closed_at.isoformat() if case.closed_at else "",
            "lists": case.lists.count(), "reason": case.reason,
        })  # fmt: skip
    return 0


def _show(args: argparse.Namespace) -> int:
    for row in _case(args.number).lists.order_by("received_at"):
        _say(args, {"list": str(row.pk), "state": row.state, "delete_on": str(row.delete_on),
                    "failure": row.failure, **row.understood})  # fmt: skip
        for each in row.attributions.order_by("asked_at"):
            _say(args, {"attribution": str(each.pk), "state": each.state, "at": each.said,
                        "failure": each.failure,
                        "conclusion": each.result.get("conclusion", "")})  # fmt: skip
    return 0


def _add(args: argparse.Namespace) -> int:
    now = timezone.now()
    day = date.fromisoformat(args.delete_on) if args.delete_on else (now + USUAL).date()
    arrival = Arrival(args.source, _time(args.found_at), day)
    row = receive(
        _case(args.number), _chunks(args.file), args.file.name, arrival,
        actor=_actor(args.by), at=now,
    )  # fmt: skip
    sys.stdout.write(f"{row.pk}\n`mingdai tracer` looks at its columns; then: case show\n")
    return 0


def _attribute(args: argparse.Namespace) -> int:
    row = _newest_list(_case(args.number))
    found = ask(row, _columns(row, args.columns), staff=_staff(args.by), at=timezone.now())
    sys.stdout.write(f"{found.pk}\nwaits for a second compliance officer, in the console\n")
    return 0


def _result(args: argparse.Namespace) -> int:
    rows = Attribution.objects.filter(
        found_list__case=_case(args.number), state=Attribution.State.DONE
    )
    row = rows.order_by("-ended_at").first()
    if row is None:
        sys.stderr.write("there is no result yet\n")
        return 1
    sys.stdout.write(canonical(row.result).decode())
    return 0


def _close(args: argparse.Namespace) -> int:
    close_case(_case(args.number), actor=_actor(args.by), at=timezone.now())
    return 0


_VERBS = {
    "open": _open, "list": _list, "show": _show, "add": _add, "attribute": _attribute,
    "result": _result, "close": _close,
}  # fmt: skip


def _columns(row: FoundList, wish: str) -> dict[int, list[str]]:
    """What was understood, corrected by `ROLE=NUMBER` counted from 1."""
    columns = row.understood.get("columns", [])
    found = {place: list(each["roles"]) for place, each in enumerate(columns)}
    for part in filter(None, wish.split(",")):
        role, _, place = part.strip().partition("=")
        if not place.isdecimal() or not 1 <= int(place) <= len(columns):
            raise Invalid(code="list.columns", reason="ROLE=NUMBER, from 1", field="columns")
        found[int(place) - 1] = [] if role == "none" else [role]
    return found


def _case(number: str) -> Case:
    case = Case.objects.filter(number=number).first()
    if case is None:
        raise Invalid(code="case.unknown", reason="there is no case of this number", field="number")
    return case


def _newest_list(case: Case) -> FoundList:
    row = case.lists.order_by("-received_at").first()
    if row is None:
        raise Invalid(code="list.missing", reason="the case has no list", field="number")
    return row


def _staff(login: str) -> Staff:
    staff = Staff.objects.filter(login=login, is_active=True).first()
    if staff is None or staff.role != Staff.Role.COMPLIANCE:
        raise Invalid(code="staff.unknown", reason="no compliance officer of this log-in")
    return staff


def _actor(login: str) -> ActorId:
    return ActorId(f"staff:{_staff(login).pk}")


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(code="list.found_at", reason="as 2026-06-01T12:00+08:00") from error
    return found if found.tzinfo else timezone.make_aware(found)


def _chunks(path: Path) -> Iterator[bytes]:
    if not path.is_file():
        raise Invalid(code="list.missing", reason="there is no such file", field="FILE")
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _say(args: argparse.Namespace, row: dict[str, object]) -> None:
    """A line for a program, or for a person."""
    if args.json:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    sys.stdout.write("  ".join(f"{name} {value}" for name, value in row.items() if value) + "\n")
