from __future__ import annotations

import pytest

from mingdai.cases.answering import answer_result, open_results, record_answer
from mingdai.cases.models import Answer
from mingdai.errors import Invalid, Refused
from mingdai.words import ActorId
from tests.cases.world import LATER, asked, lenders, mobile, opened, received

pytestmark = pytest.mark.django_db
BY = ActorId("partner:heyan-ml")


@pytest.fixture
def row() -> Answer:
    one, _ = lenders()
    found = asked(received(opened(), mobile(1)))
    return Answer.objects.create(attribution=found, recipient_id=one.pk, partner=one, due_at=LATER)


def answer(row: Answer, **changes) -> Answer:
    given = {
        "partner_id": "heyan-ml",
        "code": "not_ours",
        "note": "已核对",
        "actor": BY,
        "at": LATER,
    }
    return answer_result(row.attribution_id, **{**given, **changes})


def test_a_partner_sees_what_names_it_and_has_seen_it_from_then_on(row):
    assert open_results("yunting", at=LATER) == []
    assert open_results("heyan-ml", at=LATER) == [row]

    row.refresh_from_db()
    assert row.told_at == LATER


def test_its_answer_is_kept_as_given_and_the_later_one_counts(row):
    answer(row, code="investigating")
    assert open_results("heyan-ml", at=LATER) == [row]

    answer(row)

    row.refresh_from_db()
    assert (row.code, row.note, row.answered_by, row.answered_at) == (
        "not_ours",
        "已核对",
        BY,
        LATER,
    )
    assert open_results("heyan-ml", at=LATER) == []


def test_nobody_answers_for_another(row):
    with pytest.raises(Refused, match=r"answer\.none"):
        answer(row, partner_id="yunting")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"code": "guilty"}, r"answer\.code"), ({"note": "x" * 501}, r"answer\.note")],
)
def test_what_is_not_well_formed_is_refused(row, change, code):
    with pytest.raises(Invalid, match=code):
        answer(row, **change)


def test_an_officer_records_what_an_employee_says(row):
    record_answer(row, code="investigating", note="", actor=ActorId("staff:1"), at=LATER)

    row.refresh_from_db()
    assert (row.told_at, row.answered_by) == (LATER, "staff:1")
