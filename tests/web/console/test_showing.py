from __future__ import annotations

import pytest

from mingdai.accounts.models import Staff
from mingdai.gate.models import Disclosure
from mingdai.partners.models import Partner
from mingdai.web.console.admitting import POWERS
from mingdai.web.console.showing import WORDS, hexed, may, tell_problem, tone, word
from mingdai.words import LegalBasis, PartnerKind, RecipientKind


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("role", Staff.Role.values),
        ("reader", list(RecipientKind)),
        ("delivery", Disclosure.State.values),
        ("partner", Partner.Status.values),
        ("partner_kind", list(PartnerKind)),
        ("basis", list(LegalBasis)),
    ],
)
def test_every_code_of_a_closed_list_has_a_word(kind, codes):
    assert WORDS[kind].keys() == set(codes)


def test_an_unknown_code_stands_for_itself():
    assert word("act", "renamed") == "renamed"
    assert tone("renamed") == ""


def test_a_problem_without_a_sentence_shows_its_code_only():
    assert tell_problem("http.418") == ""
    assert tell_problem("http.timeout") != ""


def test_an_entry_id_is_hex():
    assert hexed(memoryview(b"\x01\xff")) == "01ff"
    assert hexed(None) == ""


def test_a_power_is_asked_by_name():
    assert may(POWERS["compliance"], "govern")
    assert not may(POWERS["operator"], "govern")
    with pytest.raises(ValueError, match="rule_the_world"):
        may(POWERS["operator"], "rule_the_world")
