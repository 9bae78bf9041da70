from __future__ import annotations

import pytest

from mingdai.errors import Invalid, Refused
from mingdai.partners.models import PartnerChange
from mingdai.trace.expecting import (
    ANSWER,
    MOST_PROPOSED,
    confirm_sender,
    decline_sender,
    expected_callers,
    expected_domains,
    explained_by,
    name_sender,
    propose_sender,
    register_sender,
    retire_sender,
    senders_of,
)
from mingdai.trace.models import ExpectedSender, Grade, Sighting
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


def test_confirming_explains_subdomains_and_decoys_and_not_what_came_to_an_ended_address(db):
    post = make_post()
    raw = STRANGER.sign(write("a@chengdai.example", "you"))
    sighting = post.judged(raw, mail_from="a@chengdai.example").sighting
    row = proposed(post.lender, "chengdai.example")
    found = explained_by(row)

    for grade, domain, explained in (
        (Grade.OTHER, "mail.chengdai.example", True),
        (Grade.OTHER, "notchengdai.example", False),
        (Grade.DECOY, "chengdai.example", True),
        (Grade.UNBOUND, "chengdai.example", False),
        (Grade.UNAUTHENTICATED, "", False),
    ):
        Sighting.objects.filter(pk=sighting.pk).update(grade=grade, authenticated_as=domain)
        assert found.exists() == explained, grade
    Sighting.objects.update(grade=Grade.DECOY, authenticated_as="chengdai.example")
    type(post.alias).objects.update(ended_at=NOON)
    assert not found.exists()


def test_a_confirmed_sender_that_goes_bad_is_expected_no_more_and_its_sightings_are_open(db):
    post = make_post()
    raw = STRANGER.sign(write("a@chengdai.example", "you"))
    sighting = post.judged(raw, mail_from="a@chengdai.example").sighting
    row = proposed(post.lender, "chengdai.example")
    with pytest.raises(Refused, match=r"sender\.not_confirmed"):
        retire_sender(row.pk, actor=ANNA, at=NOON)
    confirm_sender(row.pk, actor=ANNA, at=NOON)

    opened = retire_sender(row.pk, actor=ANNA, at=NOON)

    sighting.refresh_from_db()
    row.refresh_from_db()
    assert (opened, sighting.explained_at, row.state) == (1, None, "declined")
    assert expected_domains(post.lender.pk) == {"heyan.example"}
    acts = PartnerChange.objects.filter(act__startswith="sender_").values_list("act", flat=True)
    assert set(acts) == {"sender_confirmed", "sender_retired"}


def test_what_another_domain_explains_stays_explained(db):
    post = make_post()
    raw = STRANGER.sign(write("a@chengdai.example", "you"))
    sighting = post.judged(raw, mail_from="a@chengdai.example").sighting
    Sighting.objects.update(authenticated_as="mail.chengdai.example")
    for domain in ("chengdai.example", "mail.chengdai.example"):
        confirm_sender(proposed(post.lender, domain).pk, actor=ANNA, at=NOON)
    narrow = ExpectedSender.objects.get(domain="mail.chengdai.example")

    assert retire_sender(narrow.pk, actor=ANNA, at=NOON) == 0
    sighting.refresh_from_db()
    assert sighting.explained_at == NOON


def test_a_name_below_which_anybody_registers_is_nobodys_own(lender):
    for domain in ("com.cn", "co.uk", "github.io"):
        with pytest.raises(Refused, match=r"sender\.public_suffix"):
            name_sender(lender.pk, domain, at=NOON)


def test_a_partner_names_a_sender_once_and_only_so_many_at_a_time(lender):
    name_sender(lender.pk, "post.heyan.example", at=NOON)
    again = name_sender(lender.pk, "Post.Heyan.example", at=NOON)
    for number in range(MOST_PROPOSED - 1):
        name_sender(lender.pk, f"n{number}.example", at=NOON)

    assert (again.state, again.relation) == ("proposed", "named")
    assert senders_of(lender.pk).count() == MOST_PROPOSED
    assert name_sender(lender.pk, "n1.example", at=NOON).state == "proposed"
    with pytest.raises(Refused, match=r"sender\.too_many"):
        name_sender(lender.pk, "one-more.example", at=NOON)
    assert expected_domains(lender.pk) == frozenset()


def test_a_number_is_no_domain_and_a_domain_no_number(lender):
    register_sender(lender.pk, "heyan.example", actor=ANNA, at=NOON)
    ExpectedSender.objects.create(
        partner=lender,
        channel="phone",
        domain="4000000100",
        state="registered",
        proposed_at=NOON,
    )

    assert expected_domains(lender.pk) == {"heyan.example"}
    assert expected_callers(lender.pk) == {"4000000100"}
    assert expected_callers(None) == frozenset()
