"""Ceilings are dated, by lender, and exact at their line."""

from datetime import date

import pytest

from mingdai.errors import Invalid
from mingdai.market.ceilings import exceeded, read_ceilings, shipped_ceilings
from mingdai.market.flows import CashFlow, Flow, Offset
from mingdai.words import LicenceKind

AT = date(2026, 11, 24)


def loan(payment, *, fee=0):
    at_once = (Flow(Offset(), fee),) if fee else ()
    months = tuple(Flow(Offset(months=number), payment) for number in range(1, 13))
    return CashFlow((Flow(Offset(), 1_000_000),), at_once + months)


def rules(cash, licence=LicenceKind.BANK, on=AT):
    return [row.rule for row in exceeded(cash, licence=licence, on=on)]


@pytest.mark.parametrize(
    ("cash", "broken"),
    [
        (loan(94_559), []),
        (loan(94_560), []),
        (loan(94_561), ["all_in_24"]),
        (loan(94_560, fee=100), ["all_in_24"]),
        (loan(100_462), ["all_in_24"]),
        (loan(100_464), ["all_in_24", "alarm_36"]),
    ],
    ids=["just under", "at 24", "a fen over", "a fee of 1 yuan", "at 36", "over 36"],
)
def test_24_and_36_percent_hold_at_their_line(cash, broken):
    assert rules(cash) == broken


@pytest.mark.parametrize(
    ("licence", "on", "broken"),
    [
        (LicenceKind.BANK, date(2025, 9, 30), ["practice_24"]),
        (LicenceKind.BANK, date(2025, 10, 1), ["all_in_24"]),
        (LicenceKind.CONSUMER_FINANCE, AT, ["all_in_24", "window_20"]),
        (LicenceKind.TRUST, AT, ["all_in_24"]),
        (LicenceKind.SMALL_LOAN, date(2025, 9, 30), ["practice_24"]),
        (LicenceKind.SMALL_LOAN, date(2027, 12, 31), ["small_loan_24"]),
        (LicenceKind.SMALL_LOAN, date(2028, 1, 1), ["small_loan_lpr4"]),
        (LicenceKind.NONE, date(2020, 8, 19), []),
        (LicenceKind.NONE, date(2020, 8, 20), ["civil_lpr4"]),
    ],
    ids=str,
)
def test_the_rule_of_the_day_and_the_lender_binds(licence, on, broken):
    assert rules(loan(96_000), licence, on) == broken


def test_small_loan_companies_come_down_to_four_times_lpr_in_2028():
    at_20 = loan(92_635)

    assert rules(at_20, LicenceKind.SMALL_LOAN, date(2027, 12, 31)) == []
    assert rules(at_20, LicenceKind.SMALL_LOAN, date(2028, 1, 1)) == ["small_loan_lpr4"]


def test_every_row_says_where_it_stands():
    assert all(
        row.source and row.basis and row.mark in {"V", "V2", "G"} for row in shipped_ceilings()
    )


def test_a_compound_ceiling_compares_the_effective_rate():
    text = """
[[ceiling]]
licences = ["any"]
rule = "irr_24"
value_pct = "24"
convention = "compound"
effect = "refuse"
from = 2026-01-01
source = "test"
basis = "test"
mark = "G"
"""
    rows = read_ceilings(text)

    broken = exceeded(loan(94_560), licence=LicenceKind.BANK, on=AT, ceilings=rows)

    assert [row.reason().code for row in broken] == ["listing.ceiling"]
    assert exceeded(loan(93_000), licence=LicenceKind.BANK, on=AT, ceilings=rows) == []


@pytest.mark.parametrize(
    "text", ["", "[[ceiling]]", "nonsense", "[[ceiling]]\nrule = 'x'\nyes = 1"]
)
def test_a_row_that_cannot_be_read_is_refused(text):
    with pytest.raises(Invalid) as refused:
        read_ceilings(text)

    assert refused.value.code == "ceilings.malformed"
