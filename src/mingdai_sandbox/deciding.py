"""What a made-up lender decides: read off the last two yuan digits of the amount applied for.

The table is public (docs/lender.md) so that whoever tries the demo or writes a test can choose the
outcome.  Pure: the same application at the same time gives the same decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from mingdai_sandbox.repaying import Payment, repay_at_once, spread_equally, worsen

SHANGHAI = timezone(timedelta(hours=8))
"""Lenders count days in China's one time zone, which has had no summer time since 1991."""

MONTHLY_RATE_PPM = 9_900
"""0.99 % a month, where the application carries no quoted cash flow."""


class Magic(StrEnum):
    """What an amount asks the sandbox to do."""

    APPROVE = "approve"
    REJECT = "reject"
    NEED_DOCUMENTS = "need_documents"
    TIME_OUT = "time_out"
    FAIL_ONCE = "fail_once"
    SEND_TWICE = "send_twice"
    WORSE_TERMS = "worse_terms"
    FORCED_LOAN = "forced_loan"
    NET_BELOW_NOMINAL = "net_below_nominal"
    SETTLE_EARLY = "settle_early"


MAGIC: dict[str, tuple[Magic, str]] = {
    "01": (Magic.REJECT, "rejected, reason `income_too_low`"),
    "02": (Magic.NEED_DOCUMENTS, "asks for documents and decides nothing"),
    "03": (Magic.TIME_OUT, "takes it in, then holds the first answer until the caller gives up"),
    "04": (Magic.FAIL_ONCE, "answers 500 to the first delivery, takes in the second"),
    "05": (Magic.SEND_TWICE, "approves and sends every event twice with the same event id"),
    "06": (Magic.WORSE_TERMS, "approves with more interest and a fee than was quoted"),
    "07": (Magic.FORCED_LOAN, "pays out although nobody approved or drew"),
    "08": (Magic.NET_BELOW_NOMINAL, "approves as quoted, pays out 3 % less than the amount"),
    "09": (Magic.SETTLE_EARLY, "approves as quoted, is repaid early and closes"),
}
"""Last two yuan digits: what happens, in words.  Any other amount is approved as quoted."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What the lender decides on; money in fen.

    `quoted` is the cash flow quoted, or empty; `net_fen` what was quoted to be paid out, 0 where
    that is the whole amount.
    """

    amount_fen: int
    term: int
    term_unit: str
    quoted: tuple[Payment, ...] = ()
    net_fen: int = 0

    @property
    def payout_fen(self) -> int:
        """What reaches the borrower."""
        return self.net_fen or self.amount_fen


@dataclass(frozen=True, slots=True)
class Planned:
    """An event to send: when it happens, and its data."""

    kind: str
    at: datetime
    data: dict[str, object]


def read_magic(amount_fen: int) -> Magic:
    """What the last two yuan digits of this amount ask for."""
    return MAGIC.get(f"{amount_fen // 100 % 100:02d}", (Magic.APPROVE, ""))[0]


def decide(applied: Applied, *, magic: Magic, at: datetime, pace: timedelta) -> list[Planned]:
    """The events of this application, in the order in which they are sent, `pace` apart."""
    received = Planned("received", at, {"reference": "示例"})
    if magic is Magic.REJECT:
        events = [received, Planned("rejected", at + pace, {"reason": "income_too_low"})]
    elif magic is Magic.NEED_DOCUMENTS:
        documents: dict[str, object] = {"documents": ["income_proof"]}
        events = [received, Planned("need_documents", at + pace, documents)]
    elif magic is Magic.FORCED_LOAN:
        paid = Planned("disbursed", at + pace, _payout(applied, applied.payout_fen))
        plan = Planned("repayment_plan", at + 2 * pace, _payments(_plan(applied, at)))
        events = [received, paid, plan]
    else:
        events = [received, *_approve(applied, magic, at, pace)]
    return [each for each in events for _ in range(2 if magic is Magic.SEND_TWICE else 1)]


def _approve(applied: Applied, magic: Magic, at: datetime, pace: timedelta) -> list[Planned]:
    """The borrower's draw is simulated, two paces after the application."""
    plan, net, drawn_at = _plan(applied, at), applied.payout_fen, at + 2 * pace
    if magic is Magic.WORSE_TERMS:
        plan = worsen(plan)
    if magic is Magic.NET_BELOW_NOMINAL:
        net -= applied.amount_fen * 3 // 100
    paid = {**_payout(applied, net), "drawn_at": drawn_at.isoformat()}
    events = [
        Planned("approved", at + pace, _terms(applied, plan)),
        Planned("disbursed", at + 3 * pace, paid),
        Planned("repayment_plan", at + 4 * pace, _payments(plan)),
    ]
    if magic is Magic.SETTLE_EARLY:
        events.append(Planned("closed", at + 5 * pace, {"reason": "settled_early"}))
    return events


def _payout(applied: Applied, net_fen: int) -> dict[str, object]:
    return {"amount_fen": applied.amount_fen, "net_fen": net_fen}


def _payments(plan: Sequence[Payment]) -> dict[str, object]:
    return {"payments": [each.as_json() for each in plan]}


def _terms(applied: Applied, plan: Sequence[Payment]) -> dict[str, object]:
    interest = sum(each.interest_fen for each in plan)
    fees = sum(each.fees_fen for each in plan)
    listed = [{"name": "服务费", "payee": "示例服务有限公司", "amount_fen": fees}] if fees else []
    return {
        "amount_fen": applied.amount_fen,
        "net_fen": applied.payout_fen,
        "term": applied.term,
        "term_unit": applied.term_unit,
        "rate_parts": [{"code": "interest", "total_fen": interest}],
        "fees": listed,
        "payments": [each.as_json() for each in plan],
    }


def _plan(applied: Applied, at: datetime) -> list[Payment]:
    if applied.quoted:
        return list(applied.quoted)
    day = at.astimezone(SHANGHAI).date()
    if applied.term_unit == "day":
        return repay_at_once(
            applied.amount_fen, days=applied.term, daily_rate_ppm=MONTHLY_RATE_PPM // 30, start=day
        )
    return spread_equally(
        applied.amount_fen, months=applied.term, monthly_rate_ppm=MONTHLY_RATE_PPM, start=day
    )
