from datetime import UTC, date, datetime, timedelta

import pytest

from mingdai_sandbox.deciding import MAGIC, Applied, Magic, decide, read_magic
from mingdai_sandbox.repaying import Payment

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
PACE = timedelta(seconds=2)
QUOTED = (Payment(date(2026, 4, 30), 500_000, 6_000), Payment(date(2026, 5, 31), 500_000, 3_000))


def applied(amount_yuan: int) -> Applied:
    return Applied(amount_fen=amount_yuan * 100, term=2, term_unit="month", quoted=QUOTED)


@pytest.mark.parametrize(
    ("amount_yuan", "kinds"),
    [
        (10_000, ["received", "approved", "disbursed", "repayment_plan"]),
        (10_001, ["received", "rejected"]),
        (10_002, ["received", "need_documents"]),
        (10_003, ["received", "approved", "disbursed", "repayment_plan"]),
        (10_004, ["received", "approved", "disbursed", "repayment_plan"]),
        (10_007, ["received", "disbursed", "repayment_plan"]),
        (10_009, ["received", "approved", "disbursed", "repayment_plan", "closed"]),
    ],
)
def test_the_last_two_yuan_digits_choose_the_story(amount_yuan, kinds):
    magic = read_magic(amount_yuan * 100)

    events = decide(applied(amount_yuan), magic=magic, at=NOON, pace=PACE)

    assert [each.kind for each in events] == kinds


def test_cents_do_not_change_the_story():
    assert read_magic(10_001_99) is Magic.REJECT


def test_every_listed_ending_is_read_back():
    assert {read_magic(int(ending) * 100) for ending in MAGIC} == {
        each for each, _ in MAGIC.values()
    }


def test_an_ordinary_amount_is_approved_exactly_as_quoted():
    events = decide(applied(10_000), magic=Magic.APPROVE, at=NOON, pace=PACE)

    assert events[1].data["payments"] == [each.as_json() for each in QUOTED]
    assert events[1].data["amount_fen"] == events[2].data["net_fen"] == 1_000_000
    assert events[2].data["drawn_at"] == (NOON + 2 * PACE).isoformat()


def test_worse_terms_cost_more_than_was_quoted():
    events = decide(applied(10_006), magic=Magic.WORSE_TERMS, at=NOON, pace=PACE)

    payments = events[1].data["payments"]
    assert sum(p["interest_fen"] + p["fees_fen"] for p in payments) > 9_000
    assert events[1].data["fees"][0]["amount_fen"] == 2_000


def test_a_forced_loan_names_no_draw():
    events = decide(applied(10_007), magic=Magic.FORCED_LOAN, at=NOON, pace=PACE)

    assert events[1].kind == "disbursed"
    assert "drawn_at" not in events[1].data


def test_a_payout_below_nominal_is_three_percent_short():
    events = decide(applied(10_008), magic=Magic.NET_BELOW_NOMINAL, at=NOON, pace=PACE)

    assert events[2].data["net_fen"] == 1_000_800 - 30_024
    assert events[1].data["net_fen"] == 1_000_800


def test_duplicate_callbacks_are_pairs_of_the_same_event():
    events = decide(applied(10_005), magic=Magic.SEND_TWICE, at=NOON, pace=PACE)

    assert [e.kind for e in events[:4]] == ["received", "received", "approved", "approved"]
    assert events[2] is events[3]


def test_without_a_quote_the_plan_still_repays_the_amount():
    without = Applied(amount_fen=1_000_000, term=12, term_unit="month")

    payments = decide(without, magic=Magic.APPROVE, at=NOON, pace=PACE)[1].data["payments"]

    assert len(payments) == 12
    assert sum(p["principal_fen"] for p in payments) == 1_000_000


def test_a_loan_in_days_is_repaid_at_once():
    short = Applied(amount_fen=1_000_000, term=30, term_unit="day")

    payments = decide(short, magic=Magic.APPROVE, at=NOON, pace=PACE)[1].data["payments"]

    assert [p["due_on"] for p in payments] == ["2026-04-30"]


def test_every_event_happens_a_pace_after_the_one_before_and_the_draw_between():
    events = decide(applied(10_009), magic=Magic.SETTLE_EARLY, at=NOON, pace=PACE)

    steps = [(each.at - NOON) / PACE for each in events]

    assert steps == [0, 1, 3, 4, 5]
    assert events[1].at.isoformat() < events[2].data["drawn_at"] < events[2].at.isoformat()
