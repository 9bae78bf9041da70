"""The catalogue's format is read exactly, and documented exactly."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from mingdai.errors import Invalid
from mingdai.market.admitting import refusals
from mingdai.market.catalogue import catalogue_hash, read_catalogue, read_lender_file
from mingdai.market.schedules import FeeBasis, Repayment, Span
from mingdai.words import LicenceKind, Route

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")


def spoiled(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


def test_a_file_becomes_frozen_products_in_fen(lender_text):
    (product,) = read_lender_file(lender_text)

    assert (product.amount_min, product.amount_max) == (100_000, 5_000_000)
    assert product.spans == (Span(months=6), Span(months=12))
    assert product.repayments == (Repayment.EQUAL_INSTALMENT,)
    assert product.annual_pct == Fraction(12)
    assert product.route is Route.VIA_CREDIT_AGENCY
    assert product.lender.licence is LicenceKind.BANK
    assert product.lender.licence_until == date(2030, 12, 31)
    assert product.registered()["mobile"] == "联系借款人"


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ('amount_min = "1000.00"', "amount_min = 1000.00", "money.not_a_string", ".amount_min"),
        ('amount_min = "1000.00"', "amount_min = 1000", "money.not_a_string", ".amount_min"),
        ('annual_pct = "12.00"', "annual_pct = 12.0", "catalogue.bad_value", ".annual_pct"),
        ('annual_pct = "12.00"', 'annual_pct = "-1"', "catalogue.bad_value", ".annual_pct"),
        ('"equal_instalment"', '"balloon"', "catalogue.unknown_word", ".repayments"),
        ('"equal_instalment"', "1", "catalogue.bad_value", ".repayments"),
        ('"6m", "12m"', '"6m", "6m"', "catalogue.bad_value", ".terms"),
        ('"6m"', '"6x"', "catalogue.bad_value", ".terms"),
        ('"6m"', '"361m"', "catalogue.bad_value", ".terms"),
        ('id = "shili-dai"', 'id = "Shili"', "catalogue.bad_value", ".id"),
        ('name = "示例贷"', 'name = "a\\nb"', "catalogue.bad_value", ".name"),
        ('name = "示例贷"', 'title = "示例贷"', "catalogue.missing_key", ".name"),
        ('name = "示例贷"', 'name = "示例贷"\nhot = true', "catalogue.unknown_key", ".hot"),
        ('licence = "bank"', 'licence = "king"', "catalogue.unknown_word", ".licence"),
        ("2030-12-31", '"2030-12-31"', "catalogue.bad_value", ".licence_until"),
        ('regions = "all"', 'regions = ["99"]', "catalogue.unknown_word", ".regions"),
        ("age_min = 20", "age_min = true", "catalogue.bad_value", ".age_min"),
        ('["放款", "To pay out"]', '"放款"', "catalogue.bad_value", ".bank_card"),
        ('basis = "of_contract_rate"', 'basis = "x"', "catalogue.unknown_word", ".basis"),
    ],
)
def test_what_is_not_well_formed_is_refused_at_its_place(lender_text, old, new, code, field):
    with pytest.raises(Invalid) as refused:
        read_lender_file(spoiled(lender_text, old, new))

    assert refused.value.code == code
    assert refused.value.field.endswith(field)


@pytest.mark.parametrize("text", ["[", "lender = 1", "", "[lender]\nid = 1"])
def test_what_is_no_catalogue_is_refused(text):
    with pytest.raises(Invalid, match=r"catalogue\.(not_toml|bad_value|missing_key)"):
        read_lender_file(text)


def test_an_id_is_used_once_over_all_files(lender_text, tmp_path):
    (tmp_path / "a.toml").write_text(lender_text, encoding="utf-8")
    (tmp_path / "b.toml").write_text(lender_text, encoding="utf-8")

    with pytest.raises(Invalid, match=r"catalogue\.twice"):
        read_catalogue(tmp_path)


def test_the_version_is_what_a_borrower_sees_and_not_what_a_lender_pays(lender_text):
    (product,) = read_lender_file(lender_text)
    (pricier,) = read_lender_file(spoiled(lender_text, '"80.00"', '"800.00"'))
    (dearer,) = read_lender_file(spoiled(lender_text, '"12.00"', '"12.01"'))

    assert pricier.version == product.version
    assert "800" not in str(pricier.spec)
    assert dearer.version != product.version
    assert catalogue_hash((product,)) != catalogue_hash((dearer,))


def test_the_documented_example_is_read_and_admitted():
    example = re.search(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    assert example

    (product,) = read_lender_file(example[1])

    assert product.fees[0].basis is FeeBasis.ON_BALANCE
    assert refusals(product, date(2026, 11, 24)) == []


def test_every_key_is_documented():
    source = (ROOT / "src/mingdai/market/catalogue.py").read_text(encoding="utf-8")
    keys = set(re.findall(r"(?:table|root)\.[a-z]+\(\s*\"([a-z_]+)\"", source))

    assert len(keys) > 25
    ways = ("`{}`", "`[{}]`", "`[[{}]]`", "[product.{}]`", "[[product.{}]]`")
    documented = {key for key in keys if any(way.format(key) in DOCS for way in ways)}
    assert keys - documented == set()
