from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from mingdai.errors import Invalid, Refused
from mingdai.gate.models import Disclosure
from mingdai.trace.answering import (
    NOTE_CHARACTERS,
    answer,
    every_sighting,
    grade_told,
    one_sighting,
    open_sightings,
)
from mingdai.trace.expecting import expected_domains
from mingdai.trace.models import Grade, Sighting, SightingAnswer
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
    for _ in range(2):
        given(sighting, "investigating", note="查询中")
    assert open_sightings("heyan-ml", at=NOON) == [sighting]

    row = given(sighting, "not_ours", note="无关")

    assert (row.answer, row.answer_note, row.answered_by) == ("not_ours", "无关", LENDER)
    assert open_sightings("heyan-ml", at=NOON) == []
    kept = SightingAnswer.objects.order_by("pk").values_list("code", flat=True)
    assert list(kept) == ["investigating", "not_ours"]


def test_naming_an_own_service_proposes_it_and_does_not_yet_expect_it(sighting, post):
    given(sighting, "our_service")

    proposed = post.lender.expected_senders.get(state="proposed")
    assert (proposed.domain, proposed.relation) == ("chengdai.example", "answer")
    assert "chengdai.example" not in expected_domains("heyan-ml")


@pytest.mark.parametrize(
    ("code", "note", "problem"),
    [
        ("maybe", "", "answer.code"),
        ("not_ours", "x" * (NOTE_CHARACTERS + 1), "answer.note"),
        ("not_ours", "a\x00b", "answer.note"),
    ],
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


@pytest.mark.parametrize(
    "note", ["call 19900000001", "ask a@heyan.example", "电话１９９０００００００１"]
)
def test_a_note_holds_no_number_and_no_address(sighting, note):
    with pytest.raises(Refused, match=r"answer\.personal"):
        given(sighting, "not_ours", note=note)


@pytest.mark.parametrize(
    "change", [{"sent_at": None, "attempts": 0}, {"fields": ["name", "mobile"]}]
)
def test_of_an_address_that_never_left_nobody_is_told(sighting, change):
    """Nothing was sent, or the borrower left the e-mail out."""
    Disclosure.objects.update(**change)

    assert every_sighting("heyan-ml", at=NOON) == []
    with pytest.raises(Refused, match=r"sighting\.none"):
        one_sighting(sighting.pk, partner_id="heyan-ml", at=NOON)
    with pytest.raises(Refused, match=r"sighting\.none"):
        given(sighting, "not_ours")
    sighting.refresh_from_db()
    assert sighting.told_at is None


def test_a_row_says_when_the_address_was_given_and_what_the_checks_found(sighting, post):
    row = one_sighting(sighting.pk, partner_id="heyan-ml", at=NOON)

    assert (row.given_id, row.given_at) == (post.disclosure.pk, post.disclosure.disclosed_at)
    assert row.verdict["dkim"] == "pass"


def test_a_decoy_is_told_as_any_other_address_would_be(sighting, post):
    for authenticated, ended_at, told in (
        ("chengdai.example", None, Grade.OTHER),
        ("", None, Grade.UNAUTHENTICATED),
        ("chengdai.example", NOON, Grade.UNBOUND),
    ):
        sighting.grade, sighting.authenticated_as = Grade.DECOY, authenticated
        sighting.alias.ended_at = ended_at
        assert grade_told(sighting) == told


def test_a_long_list_is_turned_page_by_page_in_constant_queries(
    sighting, post, django_assert_num_queries
):
    for day in range(1, 6):
        raw = STRANGER.sign(write("a@chengdai.example", "you", text=str(day)))
        post.judged(raw, mail_from="a@chengdai.example", at=NOON + timedelta(days=day))
    every = list(Sighting.objects.order_by("first_seen_at"))

    with django_assert_num_queries(2):
        first = open_sightings("heyan-ml", at=NOON, limit=4)
    rest = open_sightings("heyan-ml", at=NOON, after=first[-1].pk, limit=4)

    assert [*first, *rest] == every
    with pytest.raises(Refused, match=r"sighting\.none"):
        open_sightings("heyan-ml", at=NOON, after=uuid.uuid4())
