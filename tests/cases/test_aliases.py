from __future__ import annotations

import pytest

from mingdai.gate.marking import ALIAS_BITS
from mingdai.gate.models import Disclosure
from tests.cases.world import alias_of, attributed, hand_over, lenders, opened, people, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    everybody = people(3)
    one, _ = lenders()
    hand_over(everybody, one)
    return [alias_of(each, one) for each in everybody]


def evidence(text: str) -> dict:
    result = attributed(received(opened(), text)).result
    return {**result["aliases"], "named": result["accuse"], "evidence": result["evidence"]}


def test_an_alias_counts_once_however_often_and_wherever_it_stands(known):
    text = f"{known[0].upper()},x\n备注：{known[0]} 已拨打,{known[1]}\n"

    found = evidence(text)

    assert found["hits"] == {"heyan-ml": 2}
    assert found["named"] == ["heyan-ml"]


def test_the_chance_is_that_of_guessing_sixty_bits(known):
    found = evidence(f"{known[0]}\nother@mail.example\n")

    [by_design] = [each for each in found["evidence"] if each["by_design"]]
    expected = by_design["detail"]["expected_by_guessing"]
    assert expected == pytest.approx(3 * 2 / 2**ALIAS_BITS)


def test_an_alias_the_borrower_left_out_speaks_against_nobody_but_us(known):
    """Minted for the consent sheet, and not among the fields that went."""
    Disclosure.objects.update(fields=["name", "mobile"])

    found = evidence(f"{known[0]}\nother@mail.example\n")

    assert (found["hits"], found["named"], found["never_given"]) == ({}, [], 1)


@pytest.mark.parametrize("spoilt", ["x{}", "{}x", "{}.cn"])
def test_another_address_is_no_alias(known, spoilt):
    found = evidence(spoilt.format(known[0]) + "\na@mail.example\n")

    assert (found["hits"], found["named"]) == ({}, [])
