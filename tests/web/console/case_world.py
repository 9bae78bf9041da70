"""Cases as the console meets them, at the time of the clock: received, asked for, carried out."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from mingdai.accounts.models import Borrower
from mingdai.cases.models import Attribution, Case, FoundList
from mingdai.cases.opening import open_case
from mingdai.cases.queueing import claim, claim_list
from mingdai.cases.receiving import USUAL, Arrival, receive
from mingdai.cases.requesting import approve, ask
from mingdai.cases.working import carry_out, look_at_list
from mingdai.partners.models import Partner
from tests.cases.world import (
    actor,
    alias_of,
    chosen,
    employ,
    hand_over,
    lenders,
    mobile,
    people,
    staff_reads,
)

REASON = "接到举报，网上有人出售一份借款人名单"


def copies() -> tuple[list[Borrower], Partner, Partner]:
    """Twelve borrowers, two lenders that hold eight each, an employee who read three."""
    everybody = people(12)
    one, other = lenders()
    hand_over(everybody[:8], one)
    hand_over(everybody[4:], other)
    staff_reads(everybody[:3], employ("ben", "operator"))
    return everybody, one, other


def case() -> Case:
    return open_case(REASON, actor=actor(employ("anna")), at=timezone.now())


def received(text: str, *, inside: Case | None = None) -> FoundList:
    """A list that arrived; nobody has looked at it."""
    now = timezone.now()
    arrival = Arrival("举报邮箱收到的附件", now - timedelta(hours=1), (now + USUAL).date())
    data = text.encode("gb18030")
    return receive(
        inside or case(), [data], "found.csv", arrival, actor=actor(employ("anna")), at=now
    )


def looked_at(row: FoundList) -> FoundList:
    look_at_list(claim_list(at=timezone.now()) or row)
    row.refresh_from_db()
    return row


def asked(row: FoundList, login: str = "anna") -> Attribution:
    return ask(row, chosen(row), staff=employ(login), at=timezone.now())


def approved(found: Attribution) -> Attribution:
    approve(found, staff=employ("dora"), at=timezone.now())
    return found


def carried_out(found: Attribution) -> Attribution:
    now = timezone.now()
    carry_out(claim(holder="here:1", at=now) or found, at=now)
    found.refresh_from_db()
    return found


def lines(everybody: list[Borrower], lender: Partner, numbers: tuple[int, ...]) -> str:
    """Name, masked mobile and alias of these people, as a list would show them."""
    rows = [
        f"{number},示某某,{mobile(number)[:3]}****{mobile(number)[7:]},"
        f"{alias_of(everybody[number], lender)}"
        for number in numbers
    ]
    return "序号,客户姓名,联系电话,邮箱\n" + "\n".join(rows) + "\n"


def named() -> Attribution:
    """A result that names a lender: three of its aliases are in the list, and two strangers."""
    everybody, one, _ = copies()
    text = lines(everybody, one, (0, 5, 6)) + "8,王某某,138****0001,a@b.example\n"
    return carried_out(approved(asked(looked_at(received(text)))))


def nobody() -> Attribution:
    """A result that fits nobody."""
    copies()
    text = "电话\n" + "\n".join(mobile(each) for each in range(500, 540)) + "\n"
    return carried_out(approved(asked(looked_at(received(text)))))
