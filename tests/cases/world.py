"""A made-up world: two lenders with copies, an employee who read, a list that turned up."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from mingdai.accounts.models import Borrower, Staff
from mingdai.accounts.ticketing import TicketRequest, assign_ticket, open_ticket
from mingdai.cases.models import Attribution, Case, FoundList
from mingdai.cases.opening import open_case
from mingdai.cases.queueing import claim, claim_list
from mingdai.cases.receiving import Arrival, receive
from mingdai.cases.requesting import approve, ask
from mingdai.cases.working import carry_out, look_at_list
from mingdai.gate.aliasing import address
from mingdai.gate.disclosing import disclose_to_partner, read_for_staff
from mingdai.gate.models import Alias, Disclosure
from mingdai.partners.models import Partner
from mingdai.vault.keeping import keep
from mingdai.words import ActorId
from tests.conftest import NOON
from tests.gate.world import NECESSARY, give_grant, handover_of, make_lender
from tests.vault.people import VALUES, id_number, make_borrower

FIELDS = NECESSARY | {"email", "address"}
DAY = timedelta(days=1)
FOUND = NOON + DAY
LATER = NOON + 2 * DAY
CITIES = ("示例省甲州市", "示例省乙州市", "示例省丙州市")
GIVEN = "一二三四五六七八九十"


def people(count: int, *, first: int = 0) -> list[Borrower]:
    """Made-up borrowers with all fields."""
    rng = random.Random(first)  # noqa: S311 - made-up people
    return [_person(number, rng) for number in range(first, first + count)]


def _person(number: int, rng: random.Random) -> Borrower:
    values = {
        **VALUES,
        "name": "示" + rng.choice(GIVEN) + rng.choice(GIVEN),
        "mobile": mobile(number),
        "id_number": id_number(f"19{rng.randrange(70, 99)}0307", f"{number % 1000:03d}"),
        "email": f"person{number}@mail.example",
        "address": f"{rng.choice(CITIES)}示例路{number + 1}号",
    }
    borrower = make_borrower(mobile(number))
    for code in sorted(FIELDS):
        keep(borrower, code, values[code], at=NOON - DAY)
    return borrower


def lenders() -> tuple[Partner, Partner]:
    """Two lenders that nobody reaches: their copies count as sent."""
    return make_lender("heyan-ml"), make_lender(
        "yunting", legal_name="云庭示例小额贷款有限公司", short_name="云庭示例小贷"
    )


def hand_over(borrowers: Iterable[Borrower], lender: Partner, *, at: datetime = NOON) -> None:
    """Each borrower's fields go to the lender, with an alias of its own."""
    for borrower in borrowers:
        given = give_grant(borrower, lender, fields=FIELDS, at=at)
        disclose_to_partner(handover_of(given), at=at)
    Disclosure.objects.filter(partner=lender, sent_at=None).update(
        sent_at=at, state=Disclosure.State.SENT
    )


def employ(login: str, role: str = "compliance") -> Staff:
    """An employee."""
    staff, _ = Staff.objects.get_or_create(login=login, defaults={"role": role, "created_at": NOON})
    return staff


def actor(staff: Staff) -> ActorId:
    return ActorId(f"staff:{staff.pk}")


def staff_reads(borrowers: Iterable[Borrower], staff: Staff, *, at: datetime = NOON) -> None:
    """The employee reads name and mobile of each, on a ticket."""
    for borrower in borrowers:
        wanted = TicketRequest("case", borrower.pk, ("mobile", "name"), "投诉", ActorId("system"))
        ticket = open_ticket(borrower, wanted, at=at)
        assign_ticket(ticket, staff, at=at)
        for code in ("mobile", "name"):
            read_for_staff(ticket, staff_id=staff.pk, code=code, at=at)


def mobile(number: int) -> str:
    """The mobile number of the person of this number."""
    return f"199{number:08d}"


def alias_of(borrower: Borrower, lender: Partner) -> str:
    """The address this lender has in place of the borrower's own."""
    return address(Alias.objects.get(borrower=borrower, partner=lender))


def opened(login: str = "anna") -> Case:
    """A case opened by a compliance officer."""
    return open_case("网上出现一份客户名单", actor=actor(employ(login)), at=LATER)


def arrival(**changes: object) -> Arrival:
    columns: dict[str, object] = {
        "source": "匿名举报邮箱收到的附件",
        "found_at": FOUND,
        "delete_on": date(2026, 12, 20),
    }
    return Arrival(**{**columns, **changes})


def received(case: Case, text: str | bytes, name: str = "list.csv", **changes: object) -> FoundList:
    """The list, received and looked at."""
    data = text.encode() if isinstance(text, str) else text
    row = receive(case, [data], name, arrival(**changes), actor=actor(employ("anna")), at=LATER)
    look_at_list(claim_list(at=LATER) or row)
    row.refresh_from_db()
    return row


def chosen(row: FoundList) -> dict[int, list[str]]:
    """The columns as they were understood."""
    columns = row.understood["columns"]
    return {place: each["roles"] for place, each in enumerate(columns) if each["roles"]}


def asked(row: FoundList) -> Attribution:
    """Asked for by one officer, approved by another."""
    found = ask(row, chosen(row), staff=employ("anna"), at=LATER)
    approve(found, staff=employ("dora"), at=LATER)
    return found


def attributed(row: FoundList) -> Attribution:
    """Carried out to its end."""
    wanted = asked(row)
    carry_out(claim(holder="here:1", at=LATER), at=LATER)
    wanted.refresh_from_db()
    row.refresh_from_db()
    return wanted
