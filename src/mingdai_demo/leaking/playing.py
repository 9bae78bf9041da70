"""The story of `make leak-demo`, told while it happens.

Borrowers apply over the pages, lenders receive sealed applications, letters come through the mail
door, employees read on tickets, lists go through cases with two officers.  Only what a lender and
an employee do with their own copies differs by the switch.
"""

from __future__ import annotations

import json
import random
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import time
from typing import Any

from mingdai.cli.main import main as mingdai
from mingdai_demo.leaking.borrowing import Borrower, Seen
from mingdai_demo.leaking.browsing import Browser
from mingdai_demo.leaking.hosting import World, wait_until
from mingdai_demo.leaking.insiding import assign, open_ticket, read_all
from mingdai_demo.leaking.officing import Found, Officer
from mingdai_demo.leaking.passing import Row, as_list, copied_out, gathered
from mingdai_demo.leaking.people import borrowers, strangers
from mingdai_demo.posting import Letter, post

LEAKER, LEAKER_NAME, DOMAIN = "yunting", "示例云汀消费金融", "yunting.example"
INSIDER = "ben"
PRODUCT = ("yunting-qingxiang", "amount=10000&term=12m")
OTHER = ("jiangyu-suijie", "amount=10000&term=12m")
PEOPLE, SHARED, OUTSIDERS, DECOYS = 6, 4, 24, 2
"""Who applies, how many of them to a second lender too, strangers in a list, decoys in a queue."""


@dataclass(slots=True)
class Play:
    """One run: the world, the switch, and a seed, so that every run has the same people."""

    world: World
    leaks: bool
    stack: ExitStack
    rng: random.Random = field(default_factory=lambda: random.Random(20_260_301))  # noqa: S311

    def browser(self) -> Browser:
        """Somebody's own."""
        return self.stack.enter_context(Browser(self.world.url))

    def officer(self, login: str) -> Officer:
        """An employee, signed in."""
        found = Officer(self.browser(), login)
        found.sign_in(self.world.data, at=_now())
        return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the product said: sightings of the borrowers' addresses, and whom it names.

    An employee is named by log-in: of the second list, and of the letter to a decoy (`decoyed`, ""
    where there was none).  `verified` is whether every number follows from its inputs.
    """

    sightings: tuple[Seen, ...]
    lender_list: tuple[str, ...]
    staff_list: tuple[str, ...]
    decoyed: str
    verified: bool


def play(world: World, output: Path, *, leaks: bool) -> Outcome:
    """Play it through; reports are below `output`."""
    with ExitStack() as stack:
        here = Play(world, leaks, stack)
        people, application = _apply(here)
        copies = copied_out(world.data, LEAKER) if leaks else []
        seen = _write(here, people)
        officers = (here.officer("anna"), here.officer("chen"))
        say("\n三　一份名单被发现 · a list is found")
        first = _attribute(
            officers, _found(here, copies or _known(people), "论坛上的压缩包（示例）")
        )
        read = _read(here, officers[0], application)
        decoyed = _bite(here, officers[0], read)
        say("\n五　又一份名单被发现 · another list is found")
        notes = _without_address(read if leaks else _known(people))
        second = _attribute(officers, _found(here, notes, "群聊里的表格（示例）"))
    verified = [_report(first, output / "lender"), _report(second, output / "employee")]
    return Outcome(seen, _names(first), _names(second), decoyed, all(verified))


def _apply(here: Play) -> tuple[list[Borrower], str]:
    """Everybody to the one lender, some to another too; people, and the last application."""
    say(f"\n一　{PEOPLE} 位虚构的借款人在网页上申请 · made-up borrowers apply on the pages")
    people = [Borrower(here.browser(), each) for each in borrowers(PEOPLE, here.rng)]
    given = []
    for number, each in enumerate(people):
        each.sign_in()
        products = (PRODUCT, OTHER) if number < SHARED else (PRODUCT,)
        given += [(each, each.apply(*product)) for product in products]
    for each, application in given:
        each.wait_until_given(application)
    say(f"   {PEOPLE} → {PRODUCT[0]}, {SHARED} → {OTHER[0]}; 都已送达 · all delivered")
    return people, given[-1][1]


def _write(here: Play, people: list[Borrower]) -> tuple[Seen, ...]:
    """Letters to addresses that only the lender was given; what two borrowers see of them."""
    say(f"\n二　写到只给过{LEAKER_NAME}的地址的信 · letters to aliases")
    first, last = people[0], people[-1]
    alias, ended = first.alias_for(LEAKER_NAME), last.alias_for(LEAKER_NAME)
    last.withdraw(LEAKER_NAME)
    _post(here, first, alias, ("lender", "stranger", "forged") if here.leaks else ("lender",))
    _post(here, last, ended, ("stranger",) if here.leaks else ())
    seen = tuple(each for person in (first, last) for each in person.sightings())
    for each in seen:
        say(f"   线索 sighting: {each.headline}（{each.grade}）")
    return seen


def _post(here: Play, borrower: Borrower, alias: str, kinds: tuple[str, ...]) -> None:
    """Through the real mail door; then what the borrower's page of letters says."""
    for number, kind in enumerate(kinds, start=1):
        answer = post(Letter(kind, DOMAIN, alias), data=here.world.data, at=_now())
        wait_until(partial(_has_letters, borrower, number))
        say(f"   {kind}: SMTP {answer} → {_judged(borrower)[0]}")


def _has_letters(borrower: Borrower, count: int) -> bool:
    return len(_judged(borrower)) >= count


def _judged(borrower: Borrower) -> list[str]:
    """Letters whose sender was looked at, the newest first."""
    return [each for each in borrower.letters() if not each.startswith("?")]


def _read(here: Play, officer: Officer, application: str) -> list[Row]:
    """An employee reads on tickets: one real application, and decoys that nobody else is shown."""
    say("\n四　员工的工单里有只给他看的诱饵 · decoys in one employee's queue")
    insider = here.officer(INSIDER)
    ticket = open_ticket(insider.browser, application, "核对联系方式")
    assign(officer.browser, ticket, INSIDER)
    for _ in range(DECOYS):
        here.world.demo("decoy", INSIDER)
    read = read_all(insider.browser)
    say(f"   {INSIDER} 在自己的工单里看了 {len(read)} 位 · read on own tickets")
    return read


def _bite(here: Play, officer: Officer, read: list[Row]) -> str:
    """With the leak on a stranger writes to every alias in the notes; whose queue held it."""
    if not here.leaks:
        return officer.decoyed()
    for *_, address in read:
        post(Letter("stranger", DOMAIN, address), data=here.world.data, at=_now())
    decoyed = wait_until(officer.decoyed)
    say(f"   诱饵地址收到信，这一份只给过员工 a letter to a decoy, shown only to: {decoyed}")
    return decoyed


def _known(people: list[Borrower]) -> list[Row]:
    """Some of ours, as anybody may know them who never asked us."""
    return gathered(each.person for each in people[: PEOPLE // 2])


def _without_address(rows: list[Row]) -> list[Row]:
    return [(name, mobile, "") for name, mobile, _ in rows]


def _found(here: Play, mine: list[Row], source: str) -> Found:
    """A list that turns up: these among strangers."""
    has_address = any(email for *_, email in mine)
    outside = gathered(strangers(OUTSIDERS, here.rng))
    rows = [*mine, *(outside if has_address else _without_address(outside))]
    say(f"   {source}：{len(rows)} 行 rows")
    return Found(as_list(rows, here.rng), source, _now())


def _attribute(officers: tuple[Officer, Officer], found: Found) -> dict[str, Any]:
    """Through the console: received, asked for, approved by somebody else, carried out."""
    asking, approving = officers
    case = asking.open_case("示例：发现一份名单")
    attribution = asking.ask(asking.add_list(case, found))
    approving.approve(attribution)
    result = asking.result(attribution)
    named = "、".join(_names(result))
    say(
        f"   案件 case {result['case']}：{asking.login} 提出 asked, {approving.login} 批准 approved"
    )
    say(f"   {result['rows']} 行，{result['matched']} 行对上 · rows, matched")
    say(f"   产品说 the product says: {result['conclusion']}；指到 names: {named or '没有 nobody'}")
    return result


def _names(result: dict[str, Any]) -> tuple[str, ...]:
    """Lenders by their id, employees by their log-in."""
    known = result["header"]["recipients"]
    return tuple(
        known[each]["name"] if known[each]["kind"] == "staff" else each for each in result["accuse"]
    )


def _report(result: dict[str, Any], folder: Path) -> bool:
    """Write the result and its report; whether every number of it can be computed again."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "result.json"
    path.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    say(f"\n$ mingdai verify trace {path}")
    verified = mingdai(["verify", "trace", str(path)]) == 0
    say(f"$ mingdai trace report {path} -o {folder}")
    return mingdai(["trace", "report", str(path), "-o", str(folder)]) == 0 and verified


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _now() -> datetime:
    return datetime.fromtimestamp(int(time()), UTC)
