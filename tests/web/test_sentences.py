"""Every code a borrower can meet has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mingdai.web.sentences import GENERAL, is_known, sentence
from mingdai.words import FIELDS

SOURCE = Path(__file__).resolve().parents[2] / "src/mingdai"


def codes_of(*folders: str) -> list[str]:
    """Codes of refusals in the rooms a borrower's request passes."""
    found = set()
    for folder in folders:
        for path in (SOURCE / folder).glob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r'code="([a-z_]+\.[a-z_0-9]+)"', text))
    return sorted(found)


@pytest.mark.parametrize("code", codes_of("law"))
def test_every_rule_has_its_sentence(code):
    assert is_known(code)


@pytest.mark.parametrize("code", [f"field.{each.code}" for each in FIELDS])
def test_every_field_has_its_sentence(code):
    assert is_known(code)


@pytest.mark.parametrize(
    "code",
    [
        "login.wrong_code",
        "login.too_often",
        "login.locked",
        "cost.too_soon",
        "consent.declined_lately",
    ],
)
def test_what_a_page_can_answer_has_its_sentence(code):
    assert sentence(code) != str(GENERAL)


def test_an_unknown_code_gets_the_general_sentence():
    assert sentence("odd.code") == str(GENERAL)
