from __future__ import annotations

import uuid

import pytest

from mingdai.errors import Invalid, Refused
from mingdai.trace.answering import NOTE_CHARACTERS, answer, open_sightings
from mingdai.trace.expecting import expected_domains
from mingdai.words import ActorId
from tests.conftest import NOON
from tests.mail.post import STRANGER, write
from tests.mail.world import make_post

LENDER = ActorId("partner:heyan-ml")


@pytest.fixture
def post(db, data_folder):
    return make_post()


@pytest.fixture
def sighting(post):
    raw = STRANGER.sign(write("a@chengdai.example", "you"))
    return post.judged(raw, mail_from="a@chengdai.example").sighting


def given(sighting, code: str, **changes):
    words = {"partner_id": "heyan-ml", "note": "", "actor": LENDER, "at": NOON, **changes}
    return answer(sighting.pk, code=code, **words)


def test_a_partner_sees_its_open_sightings_and_that_is_recorded(sighting):
    assert open_sightings("heyan-ml", at=NOON) == [sighting]
    assert open_sightings("somebody-else", at=NOON) == []

    sighting.refresh_from_db()
    assert sighting.told_at == NOON


def test_an_answer_is_kept_and_a_later_one_replaces_it(sighting):
    given(sighting, "investigating", note="查询中")
    assert open_sightings("heyan-ml", at=NOON) == [sighting]

    row = given(sighting, "not_ours", note="无关")

    assert (row.answer, row.answer_note, row.answered_by) == ("not_ours", "无关", LENDER)
    assert open_sightings("heyan-ml", at=NOON) == []


def test_naming_an_own_service_proposes_it_and_does_not_yet_expect_it(sighting, post):
    given(sighting, "our_service")

    proposed = post.lender.expected_senders.get(state="proposed")
    assert (proposed.domain, proposed.relation) == ("chengdai.example", "answer")
    assert "chengdai.example" not in expected_domains("heyan-ml")


@pytest.mark.parametrize(
    ("code", "note", "problem"),
    [("maybe", "", "answer.code"), ("not_ours", "x" * (NOTE_CHARACTERS + 1), "answer.note")],
)
def test_what_is_no_answer_is_refused(sighting, code, note, problem):
    with pytest.raises(Invalid, match=problem.replace(".", r"\.")):
        given(sighting, code, note=note)


def test_nobody_answers_for_another(sighting):
    with pytest.raises(Refused, match=r"sighting\.none"):
        given(sighting, "not_ours", partner_id="somebody-else")
    sighting.pk = uuid.uuid4()
    with pytest.raises(Refused, match=r"sighting\.none"):
        given(sighting, "not_ours")
