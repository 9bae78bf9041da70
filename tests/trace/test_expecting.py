from __future__ import annotations

import pytest

from mingdai.errors import Invalid, Refused
from mingdai.partners.models import PartnerChange
from mingdai.trace.expecting import (
    ANSWER,
    confirm_sender,
    decline_sender,
    expected_domains,
    propose_sender,
    register_sender,
)
from mingdai.words import ActorId
from tests.conftest import NOON
from tests.gate.world import make_lender
from tests.mail.post import STRANGER, write
from tests.mail.world import make_post

ANNA = ActorId("staff:anna")


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


@pytest.fixture
def lender(db):
    return make_lender()


def proposed(lender, domain: str = "youdi.example"):
    return propose_sender(lender.pk, domain, relation=ANSWER, related_to="heyan.example", at=NOON)


def test_a_registered_domain_is_expected(lender):
    register_sender(lender.pk, "Heyan.Example", actor=ANNA, at=NOON)
    register_sender(lender.pk, "heyan.example", actor=ANNA, at=NOON)

    assert expected_domains(lender.pk) == {"heyan.example"}
    assert expected_domains(None) == frozenset()


@pytest.mark.parametrize("domain", ["", "heyan", "a b.example", "-"])
def test_what_is_no_domain_is_refused(lender, domain):
    with pytest.raises(Invalid, match=r"sender\.domain"):
        register_sender(lender.pk, domain, actor=ANNA, at=NOON)


def test_a_learned_domain_counts_only_once_confirmed(lender):
    row = proposed(lender)
    assert expected_domains(lender.pk) == frozenset()

    confirm_sender(row.pk, actor=ANNA, at=NOON)

    assert expected_domains(lender.pk) == {"youdi.example"}
    change = PartnerChange.objects.get(act="sender_confirmed")
    assert (change.actor, change.reason) == (ANNA, "youdi.example")


def test_a_declined_domain_is_not_proposed_again(lender):
    row = proposed(lender)
    decline_sender(row.pk, actor=ANNA, at=NOON)

    assert proposed(lender).state == "declined"
    with pytest.raises(Refused, match=r"sender\.not_proposed"):
        confirm_sender(row.pk, actor=ANNA, at=NOON)


def test_confirming_a_sender_explains_its_sightings(db):
    post = make_post()
    raw = STRANGER.sign(write("a@chengdai.example", "you"))
    letter = post.judged(raw, mail_from="a@chengdai.example")

    explained = confirm_sender(proposed(post.lender, "chengdai.example").pk, actor=ANNA, at=NOON)

    assert explained == 1
    letter.sighting.refresh_from_db()
    assert letter.sighting.explained_at == NOON
