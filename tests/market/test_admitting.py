"""What may not be listed, with the code that says why."""

from datetime import date
from pathlib import Path

import pytest

from mingdai.market.admitting import refusals, warnings
from mingdai.words import NEVER_ASKED

AT = date(2026, 11, 24)
ROOT = Path(__file__).parents[2]


def codes(product, at=AT):
    return [reason.code for reason in refusals(product, at)]


def test_a_plain_product_is_admitted(make_product):
    assert codes(make_product()) == []


@pytest.mark.parametrize(
    ("lender", "code"),
    [
        ({"licence": "none"}, "listing.no_licence"),
        ({"licence": "guarantee"}, "listing.no_licence"),
        ({"licence_number": None}, "listing.no_licence"),
        ({"licence_number": ""}, "listing.no_licence"),
        ({"licence_until": date(2026, 11, 23)}, "listing.licence_expired"),
        ({"complaint_phone": None}, "listing.no_complaint_phone"),
        ({"complaint_phone": " "}, "listing.no_complaint_phone"),
    ],
    ids=str,
)
def test_a_lender_without_its_papers_is_refused(make_product, lender, code):
    assert code in codes(make_product(lender=lender))


def test_a_licence_is_good_on_its_last_day(make_product):
    assert codes(make_product(lender={"licence_until": AT})) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"route": "direct"}, "listing.direct_route"),
        ({"route": "inside"}, "listing.direct_route"),
        ({"route": "lender_page"}, "listing.no_page"),
        ({"route": "lender_page", "page": "http://bank.example/"}, "listing.no_page"),
        ({"amount_min": "60000.00"}, "listing.amounts"),
        ({"amount_min": "0"}, "listing.amounts"),
        ({"terms": []}, "listing.no_terms"),
        ({"terms": ["12m", "30d"]}, "listing.no_terms"),
        ({"repayments": []}, "listing.no_terms"),
        ({"fields": {}}, "listing.no_fields"),
        ({"annual_pct": "24.10"}, "listing.ceiling"),
    ],
    ids=str,
)
def test_a_product_that_cannot_be_is_refused(make_product, changes, code):
    assert code in codes(make_product(**changes))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"regions": []}, "listing.empty_eligibility"),
        ({"employment": []}, "listing.empty_eligibility"),
        ({"income": []}, "listing.empty_eligibility"),
        ({"age_min": 50, "age_max": 40}, "listing.empty_eligibility"),
        ({"age_min": 17}, "listing.under_18"),
    ],
    ids=str,
)
def test_nobody_or_a_minor_is_no_eligibility(make_product, changes, code):
    who = {"age_min": 20, "age_max": 60, "regions": "all", "employment": "all", "income": "all"}

    assert codes(make_product(eligibility={**who, **changes})) == [code]


@pytest.mark.parametrize(
    ("fields", "route", "code"),
    [
        ({"email": ["", ""]}, "via_credit_agency", "listing.over_asking"),
        ({"email": ["送合同", ""]}, "via_credit_agency", "listing.over_asking"),
        ({"email": ["送合同", "To send the contract"]}, "via_credit_agency", None),
        ({"name": ["", ""]}, "via_credit_agency", None),
        ({"blood_group": ["想知道", "Curious"]}, "via_credit_agency", "listing.unknown_field"),
        ({"monthly_income": ["评估", "To judge"]}, "lender_page", "listing.credit_field_route"),
        *(
            ({code: ["必须", "Needed"]}, "via_credit_agency", "listing.never_asked")
            for code, _, _ in NEVER_ASKED
        ),
    ],
    ids=str,
)
def test_over_asking_is_refused(make_product, fields, route, code):
    page = {"page": "https://lender.example/"} if route == "lender_page" else {}

    assert codes(make_product(fields=fields, route=route, **page)) == ([code] if code else [])


def test_the_platform_is_paid_nothing_by_the_borrower(make_product, fee):
    paid = make_product(fee=[fee(payee_kind="platform", value="0.10")])
    free = make_product(fee=[fee(payee_kind="platform", value="0.00")])

    assert codes(paid) == ["listing.platform_fee"]
    assert codes(free) == []


def test_a_membership_fee_kept_back_is_refused_by_law_and_by_cost(make_product, fee):
    kept = fee(kind="membership", timing="deducted", basis="fixed", value="880.00")

    assert codes(make_product(fee=[kept])) == [
        "listing.net_below_nominal",
        "listing.ceiling",
        "listing.ceiling",
    ]


def test_a_week_at_high_interest_is_never_listed(make_product):
    week = make_product(
        terms=["7d"],
        repayments=["lump_sum"],
        annual_pct="2234.69",
        amount_min="1400.00",
        amount_max="1400.00",
    )

    assert {"listing.ceiling", "listing.short_and_over_36"} == set(codes(week))


def test_1000_for_two_days_and_1600_back_is_refused(make_product):
    two_days = make_product(
        terms=["2d"],
        repayments=["lump_sum"],
        annual_pct="10950",
        amount_min="1000.00",
        amount_max="1000.00",
    )

    assert "listing.short_and_over_36" in codes(two_days)


def test_24_percent_is_listed_and_any_fee_breaks_it(make_product, fee):
    assert codes(make_product(annual_pct="24.00")) == []
    assert codes(make_product(annual_pct="24.00", fee=[fee(value="0.10")])) == ["listing.ceiling"]


def test_a_reported_line_only_warns(make_product):
    product = make_product(annual_pct="21.00", lender={"licence": "consumer_finance"})

    assert codes(product) == []
    assert [reason.code for reason in warnings(product, AT)] == ["listing.ceiling"]


def test_every_code_is_documented():
    source = (ROOT / "src/mingdai/market/admitting.py").read_text(encoding="utf-8")
    said = {part.split('"')[0] for part in source.split('"listing.')[1:]} | {"ceiling"}

    written = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")

    assert [code for code in sorted(said) if f"`listing.{code}`" not in written] == []
