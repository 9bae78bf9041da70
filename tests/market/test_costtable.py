"""The cost table has every part the rule asks for, in both languages, under one hash."""

from datetime import date

import pytest

from mingdai.market.canonical import canonical_bytes
from mingdai.market.costtable import cost_table, missing_parts, table_hash
from mingdai.market.schedules import Repayment, Span

START = date(2026, 11, 30)


@pytest.fixture
def table(make_product, fee):
    product = make_product(
        fee=[
            fee(
                kind="guarantee", payee="示例担保有限公司", timing="per_period", basis="on_balance"
            ),
            fee(kind="insurance", basis="fixed", value="60.00"),
        ]
    )
    return cost_table(product, 1_000_000, Span(months=12), Repayment.EQUAL_INSTALMENT, start=START)


def test_every_item_has_method_standard_payee_and_total(table):
    items = {item["kind"]: item for item in table["items"]}

    assert list(items) == ["interest", "guarantee", "insurance"]
    assert items["interest"]["standard"] == {"zh": "年利率 12.00%", "en": "12.00% a year"}
    assert items["guarantee"]["payee"] == "示例担保有限公司"
    assert items["guarantee"]["standard"]["zh"] == "每期剩余本金的 1.00%"
    assert items["insurance"]["total"] == "60.00"
    assert missing_parts(table) == []


def test_the_totals_add_up(table):
    total = sum(round(float(item["total"]) * 100) for item in table["items"])

    assert table["normal"]["total_cost"] == f"{total // 100}.{total % 100:02d}"
    assert table["schedule"][-1]["balance"] == "0.00"
    assert [row["due"] for row in table["schedule"][:3]] == [
        "2026-12-30",
        "2027-01-30",
        "2027-02-28",
    ]


def test_simple_and_compound_are_both_there_and_labelled(table):
    normal = table["normal"]

    assert float(normal["simple_pct"]) < float(normal["compound_pct"])
    assert (normal["simple_name"]["zh"], normal["convention"]) == ("单利", "pboc")


def test_default_costs_say_the_rate_that_results(table):
    (penalty,) = table["default"]

    assert penalty["standard"]["zh"] == "逾期本金按合同利率的 150.00% 计收，即年利率 18.00%"


@pytest.mark.parametrize(
    ("basis", "value", "said"),
    [
        ("on_overdue_daily", "0.05", "逾期金额每日 0.05%"),
        ("on_balance", "1.00", "剩余本金的 1.00%"),
        ("fixed", "0.00", "0.00 元"),
    ],
)
def test_default_costs_are_worded_by_their_basis(make_product, basis, value, said):
    default = {
        "kind": "late_fee",
        "payee_kind": "lender",
        "payee": "示例",
        "basis": basis,
        "value": value,
    }
    product = make_product(default_cost=[default])

    table = cost_table(product, 1_000_000, Span(months=6), Repayment.INTEREST_FIRST, start=START)

    assert table["default"][0]["standard"]["zh"] == said


def test_nothing_else_is_charged_and_the_platform_is_free(table):
    assert set(table["statements"]) == {"no_other_charge", "platform_free", "dates"}


@pytest.mark.parametrize("part", ["principal", "items", "normal", "default", "statements"])
def test_a_missing_part_is_named(table, part):
    del table[part]

    assert part in missing_parts(table)


def test_a_missing_payee_and_a_missing_statement_are_named(table):
    table["items"][0]["payee"] = ""
    del table["statements"]["no_other_charge"]

    assert missing_parts(table) == ["items.payee", "statements.no_other_charge"]


def test_the_same_loan_has_the_same_hash_and_another_another(make_product):
    def hashed(pct):
        product = make_product(annual_pct=pct)
        return table_hash(
            cost_table(product, 500_000, Span(months=6), Repayment.EQUAL_INSTALMENT, start=START)
        )

    assert hashed("12.00") == hashed("12.00")
    assert hashed("12.00") != hashed("12.01")


def test_both_languages_are_everywhere(table):
    def pairs(value):
        if isinstance(value, dict):
            if "zh" in value:
                yield value
            else:
                for each in value.values():
                    yield from pairs(each)
        elif isinstance(value, list):
            for each in value:
                yield from pairs(each)

    found = list(pairs(table))

    assert len(found) > 15
    assert all(set(each) == {"zh", "en"} and each["zh"] and each["en"] for each in found)
    assert canonical_bytes(table)
