"""Published annual rates, row by row, and what is said where there is none."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from mingdai.errors import Invalid
from mingdai.market.calendars import add_months
from mingdai.market.conventions import Convention
from mingdai.market.costing import compute_cost, exceeds_compound, exceeds_simple
from mingdai.market.flows import CashFlow, Flow, Offset

NOW = Offset()


def cash(advances, payments, nominal=None):
    def flows(pairs):
        return tuple(Flow(at, round(float(amount) * 100)) for at, amount in pairs)

    return CashFlow(flows(advances), flows(payments), nominal)


def months(count, amount, first=1):
    return [(Offset(months=first + number), amount) for number in range(count)]


def dated(first, count, amount, step=1):
    day = date.fromisoformat(first)
    return [(add_months(day, step * number), amount) for number in range(count)]


def weekly(first, count, amount, weeks=1):
    day = date.fromisoformat(first)
    return [(day + timedelta(weeks=weeks * number), amount) for number in range(count)]


def daily(first, count, amount):
    day = date.fromisoformat(first)
    return [(day + timedelta(days=number), amount) for number in range(count)]


def semimonthly(first, second, count, amount):
    return sorted(
        dated(first, (count + 1) // 2, amount) + dated(second, count // 2, amount),
        key=lambda pair: pair[0],
    )


@pytest.mark.parametrize(
    ("loan", "simple", "compound"),
    [
        pytest.param(
            cash([(NOW, 100000)], [(NOW, 1000), *months(12, 8833.3)]), 12.8038, 13.5826, id="C1"
        ),
        pytest.param(cash([(NOW, 100000)], months(12, 8833.3)), 10.8957, 11.4566, id="C2"),
        pytest.param(cash([(NOW, 10000)], months(12, 945.60)), 24.00, 26.82, id="C3"),
        pytest.param(cash([(NOW, 10000)], months(12, 1004.62)), 36.00, 42.58, id="C4"),
    ],
)
def test_pboc_says_simple_and_compound(loan, simple, compound):
    cost = compute_cost(loan)

    assert cost.simple_pct == pytest.approx(simple, abs=0.006)
    assert cost.compound_pct == pytest.approx(compound, abs=0.006)
    assert cost.apr_pct == cost.simple_pct


def test_c5_a_deducted_week_is_finite_and_right():
    cost = compute_cost(cash([(NOW, 1400)], [(Offset(days=7), 2000)], nominal=200000))

    assert cost.simple_pct == pytest.approx(2234.69, abs=0.005)
    assert cost.compound_pct == pytest.approx(1.19407e10, rel=1e-4)
    assert cost.flags == (
        "over_24",
        "over_36",
        "net_below_nominal",
        "under_90_days",
        "short_and_over_36",
    )


def test_1000_now_and_1600_in_two_days_is_10950_percent():
    cost = compute_cost(cash([(NOW, 1000)], [(Offset(days=2), 1600)]), Convention.DAY365)

    assert cost.simple_pct == 10950.0
    assert cost.apr_pct == pytest.approx((1.6**182.5 - 1) * 100, rel=1e-9)
    assert (cost.total_repaid, cost.net_received) == (160000, 100000)
    assert "short_and_over_36" in cost.flags


# 12 CFR 1026, Appendix J (c), as transcribed in simontreanor/FSharp.Finance.Personal,
# tests/AprUsActuarialTests.fs; the last block are that suite's own further rows.
REGULATION_Z = [
    ("c1i", "1978-01-10", 5000, dated("1978-02-10", 24, 230), 9.69),
    ("c1ii", "1978-02-10", 6000, dated("1978-04-01", 36, 200), 11.82),
    ("c1iii", "1978-02-23", 5000, semimonthly("1978-03-01", "1978-03-16", 24, 219.17), 10.34),
    ("c1iv", "1978-05-23", 10000, dated("1978-10-01", 40, 385, step=3), 8.97),
    ("c1v", "1978-03-20", 500, weekly("1978-04-21", 30, 17.60), 14.96),
    ("c2i", "1978-01-10", 5000, dated("1978-02-10", 1, 250) + dated("1978-03-10", 23, 230), 10.08),
    (
        "c2ii",
        "1978-03-18",
        400,
        dated("1978-04-20", 1, 39.50) + weekly("1978-05-18", 11, 38.31, weeks=4),
        28.50,
    ),
    ("c3i", "1978-01-10", 5000, dated("1978-02-10", 23, 230) + dated("1980-01-10", 1, 280), 10.50),
    (
        "c3ii",
        "1978-04-03",
        200,
        weekly("1978-04-11", 19, 9.50, weeks=2) + dated("1979-01-02", 1, 30),
        12.22,
    ),
    (
        "c4i",
        "1978-01-10",
        5000,
        dated("1978-02-10", 1, 250) + dated("1978-03-10", 22, 230) + dated("1980-01-10", 1, 280),
        10.90,
    ),
    (
        "c4ii",
        "1978-01-10",
        8000,
        dated("1978-03-01", 1, 449.36)
        + dated("1978-05-01", 18, 465, step=2)
        + dated("1981-05-01", 1, 200),
        7.30,
    ),
    ("c5i", "1978-01-03", 1000, dated("1978-09-15", 1, 1080), 11.45),
    ("quarters, 3 months and odd", "1978-06-23", 10000, dated("1978-10-01", 40, 385, step=3), 9.15),
    ("quarters, short first", "1978-07-23", 10000, dated("1978-10-01", 40, 385, step=3), 9.32),
    ("days", "2023-10-26", 1000, daily("2023-11-30", 5, 220), 94.15),
    ("weeks, long first", "2023-10-28", 1000, weekly("2023-11-30", 5, 250), 176.52),
    ("weeks, regular", "2023-11-23", 1000, weekly("2023-11-30", 5, 250), 412.40),
    ("weeks, short first", "2023-11-24", 1000, weekly("2023-11-30", 5, 250), 434.30),
    ("years", "2023-10-26", 1000, dated("2023-11-30", 5, 500, step=12), 78.34),
]


@pytest.mark.parametrize(
    ("start", "amount", "payments", "apr"),
    [row[1:] for row in REGULATION_Z],
    ids=[row[0] for row in REGULATION_Z],
)
def test_regulation_z_appendix_j_is_met_to_two_decimals(start, amount, payments, apr):
    cost = compute_cost(cash([(date.fromisoformat(start), amount)], payments), Convention.REGZ)

    assert cost.apr_pct is not None
    assert round(cost.apr_pct, 2) == apr


@pytest.mark.parametrize(
    ("start", "end", "paid", "apr"),
    [
        # one advance, one payment, (b)(5)(v)-(vii): 6 months, 18 months, 2 years
        ("1978-01-15", "1978-07-15", 1044, 8.80),
        ("1978-01-10", "1979-07-10", 1135.19, 8.76),
        ("1978-01-15", "1980-01-15", 1240, 11.36),
    ],
)
def test_regulation_z_counts_a_single_payment_in_months_or_years(start, end, paid, apr):
    loan = cash([(date.fromisoformat(start), 1000)], [(date.fromisoformat(end), paid)])

    cost = compute_cost(loan, Convention.REGZ)

    assert cost.apr_pct == pytest.approx(apr, abs=0.0051)


def grown(first, factor):
    pairs, amount = [], first
    for year in range(20):
        pairs += months(12, round(amount, 2), first=12 * year + 1)
        amount *= factor
    return pairs


def declining(principal_part):
    pairs, owed, month = [], 200000.0, 1
    while owed > 0.005:
        part = min(principal_part, owed)
        pairs.append((Offset(months=month), round(part + round(owed * 0.06 / 12, 2), 2)))
        owed, month = owed - part, month + 1
    return pairs


# ec.europa.eu/info/system/files/aprc-examples-calculation_en.pdf, as transcribed in
# rimas-kudelis/php-apr-calculator, spec/CalculatorSpec.php: 200 000, 4 000 paid at day 0.
EUROPE = [
    ("1", months(240, 1432.86), 6.434412),
    ("3", months(240, 1449.53), 6.588554),
    ("4", months(240, 1599.53), 7.946625),
    ("5", months(240, 1490.18), 6.961575),
    ("6", [*months(240, 1432.86), (Offset(months=240), 100)], 6.436359),
    ("7", [*months(180, 1199.10), (Offset(months=180), 142097.69)], 6.409523),
    ("8a", [*months(240, 1166.67), (Offset(months=240), 200000)], 7.430479),
    (
        "8b",
        [*months(6, 1166.67), *months(234, 1398.33, first=7), (Offset(months=240), 200000)],
        8.869280,
    ),
    ("9", grown(1130.33, 1.03), 6.406400),
    ("10", grown(1778.58, 0.97), 6.468360),
    ("11", [*months(220, 1500), (Offset(months=221), 407.70)], 6.452756),
    ("12", declining(900), 6.492533),
    ("13", declining(200000 / 240), 6.476009),
]


@pytest.mark.parametrize(
    ("payments", "apr"), [row[1:] for row in EUROPE], ids=[row[0] for row in EUROPE]
)
def test_the_european_commissions_examples_are_met(payments, apr):
    loan = cash([(NOW, 200000)], [(NOW, 4000), *payments])

    cost = compute_cost(loan, Convention.EU)

    assert cost.apr_pct == pytest.approx(apr, abs=5e-5)  # 9 and 13: we take whole cents


def test_europe_takes_exact_fractions_of_a_year_and_means_months():
    fractions = [(Fraction(number, 12), 1432.86) for number in range(1, 241)]

    cost = compute_cost(cash([(NOW, 200000)], [(NOW, 4000), *fractions]), Convention.EU)

    assert cost.apr_pct == pytest.approx(6.434412, abs=5e-6)
    assert cost.simple_pct == pytest.approx(6.252107, abs=5e-6)


# Short loans, 365.25-day year: the same file, rows ported from a UK suite.
SHORT = [
    (100, 101, 365, 1.0),
    (100, 100, 1, 0.0),
    (100, 125, 31, 1286.2),
    (350, 447.97, 23, 4935.9),
    (250, 319.97, 28, 2400.3),
    (150, 191.99, 36, 1123.2),
    (100, 127.99, 26, 3103.4),
    (280, 358.40, 25, 3584.2),
    (400, 511.96, 36, 1122.9),
    (250, 319.97, 27, 2716.8),
    (150, 191.99, 9, 2238723.9),
    (200, 255.98, 27, 2717.4),
    (300, 383.97, 16, 27865.8),
    (364.54, 450, 30, 1199.0),
    (250, 319.98, 16, 27875.8),
]


@pytest.mark.parametrize(("lent", "repaid", "days", "apr"), SHORT)
def test_short_loans_on_a_year_of_365_and_a_quarter_days(lent, repaid, days, apr):
    loan = cash([(NOW, lent)], [(Offset(days=days), repaid)])

    cost = compute_cost(loan, Convention.DAY365_25)

    assert cost.apr_pct is not None
    assert round(cost.apr_pct, 1) == apr


@pytest.mark.parametrize(
    ("lent", "payments", "apr"),
    [
        (200, months(1, 250), 1355.2),
        (200, months(1, 350), 82400.5),
        (10000, months(60, 222.44), 12.7),
    ],
)
def test_a_month_without_dates_is_a_twelfth_of_a_year(lent, payments, apr):
    cost = compute_cost(cash([(NOW, lent)], payments), Convention.DAY365_25)

    assert cost.apr_pct is not None
    assert round(cost.apr_pct, 1) == apr


@pytest.mark.parametrize(
    ("payment", "flagged"), [(945.59, False), (945.60, False), (945.61, True)], ids=str
)
def test_24_percent_is_allowed_and_a_fen_more_a_month_is_not(payment, flagged):
    loan = cash([(NOW, 10000)], months(12, payment))

    assert ("over_24" in compute_cost(loan).flags) is flagged
    assert exceeds_simple(loan, Fraction(24)) is flagged


def test_any_fee_breaks_24_percent():
    loan = cash([(NOW, 10000)], [(NOW, 1), *months(12, 945.60)])

    assert "over_24" in compute_cost(loan).flags


def test_the_same_loan_is_above_24_percent_by_irr():
    assert exceeds_compound(cash([(NOW, 10000)], months(12, 945.60)), Fraction(24))
    assert not exceeds_compound(cash([(NOW, 10000)], months(12, 945.60)), Fraction(27))


@pytest.mark.parametrize(
    ("days", "flag", "held"),
    [
        (89, "under_90_days", True),
        (90, "under_90_days", False),
        (14, "short_and_over_36", True),
        (15, "short_and_over_36", False),
    ],
)
def test_short_terms_are_flagged_at_their_boundary(days, flag, held):
    cost = compute_cost(cash([(NOW, 1000)], [(Offset(days=days), 2000)]))

    assert (flag in cost.flags) is held


def test_repaying_less_is_a_negative_rate_and_says_so():
    cost = compute_cost(cash([(NOW, 1000)], [(Offset(months=12), 900)]))

    assert cost.simple_pct is not None
    assert cost.simple_pct < 0
    assert [note.split(":")[0] for note in cost.notes] == ["negative_rate"]


def test_repaying_the_same_is_zero():
    cost = compute_cost(cash([(NOW, 1200)], months(12, 100)))

    assert (cost.simple_pct, cost.compound_pct, cost.notes) == (0.0, 0.0, ())


@pytest.mark.parametrize(
    "payments", [[], [(NOW, 1000)], [(NOW, 1000), (Offset(days=3), 10)]], ids=str
)
def test_a_loan_with_no_rate_has_no_figure(payments):
    cost = compute_cost(cash([(NOW, 1000)], payments))

    assert (cost.simple_pct, cost.compound_pct, cost.apr_pct) == (None, None, None)
    assert cost.notes[0].startswith("no_solution")


def test_two_rates_are_no_rate():
    loan = cash([(NOW, 100), (Offset(months=2), 132)], [(Offset(months=1), 230)])

    cost = compute_cost(loan)

    assert cost.simple_pct is None
    assert cost.notes[0].startswith("several_rates")


def test_a_second_advance_after_a_payment_still_has_its_one_rate():
    loan = cash(
        [(NOW, 1000), (Offset(months=3), 100)], [*months(2, 100), *months(12, 100, first=4)]
    )

    cost = compute_cost(loan)

    expected = pyxirr.irr([-1000, 100, 100, -100, *[100] * 12])
    assert cost.simple_pct == pytest.approx(expected * 1200, abs=1e-6)


def test_a_figure_beyond_json_is_null_with_a_note():
    cost = compute_cost(cash([(NOW, 1000)], [(Offset(days=1), 1600000)]), Convention.DAY365)

    assert (cost.compound_pct, cost.apr_pct) == (None, None)
    assert cost.simple_pct == 58363500.0
    assert cost.notes[0].startswith("too_large")


@pytest.mark.parametrize(
    ("advances", "payments", "code"),
    [
        ([], months(1, 1), "cost.no_advance"),
        ([(date(2026, 1, 10), 10)], [(date(2026, 1, 9), 10)], "cost.payment_before_advance"),
        ([(NOW, 10)], [(date(2026, 1, 9), 10)], "cost.start_needed"),
        ([(date(2026, 1, 10), 10)], [(Fraction(1, 2), 10)], "cost.mixed_times"),
    ],
)
def test_what_is_no_cash_flow_is_refused_by_code(advances, payments, code):
    with pytest.raises(Invalid) as refused:
        compute_cost(cash(advances, payments))

    assert refused.value.code == code


@given(
    principal=st.integers(10_000, 10**9),
    count=st.integers(2, 60),
    share=st.integers(1, 300),
)
def test_the_rate_agrees_with_another_library(principal, count, share):
    payment = principal * (100 + share) // 100 // count + 1
    loan = CashFlow(
        (Flow(NOW, principal),),
        tuple(Flow(Offset(months=number), payment) for number in range(1, count + 1)),
    )

    cost = compute_cost(loan)

    other = pyxirr.irr([-principal, *[payment] * count])
    assert cost.simple_pct == pytest.approx(other * 1200, rel=1e-7, abs=1e-5)


TIMES = st.one_of(
    st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    st.builds(Offset, st.integers(0, 40), st.integers(0, 9), st.integers(0, 99)),
    st.fractions(0, 30, max_denominator=366),
)
FLOWS = st.lists(st.builds(Flow, TIMES, st.integers(1, 10**13)), max_size=8).map(tuple)


@given(advances=FLOWS, payments=FLOWS, convention=st.sampled_from(Convention))
def test_any_cash_flow_is_answered_or_refused_by_code(advances, payments, convention):
    try:
        cost = compute_cost(CashFlow(advances, payments), convention)
    except Invalid:
        return

    figures = [cost.simple_pct, cost.compound_pct, cost.apr_pct]
    assert cost.notes or None not in figures
    assert all(figure is None or abs(figure) <= 1e308 for figure in figures)
