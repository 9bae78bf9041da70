"""What a lender's engineer is told of a result that names the lender, and how it answers."""

from __future__ import annotations

import pytest

from mingdai.cases.models import Answer, Attribution
from tests.api.conftest import Engineer
from tests.web.console.case_world import named

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Attribution:
    return named()


@pytest.fixture
def engineer(done) -> Engineer:
    return Engineer(Answer.objects.get().partner)


def code(response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def test_it_sees_how_strong_the_evidence_is_and_no_mark(engineer, done):
    response = engineer.get("/attributions")

    [found] = response.json()["attributions"]
    text = response.content.decode()
    assert (found["attribution_id"], found["case"]) == (str(done.pk), "C2026-0001")
    assert (found["rows"], found["matched"], found["answer"]) == (4, 3, "")
    assert found["bits"] > 100
    assert found["p_value"] < 1e-30
    assert "the borrowers' own devices" in found["always_candidates"]
    assert "alias" not in text
    assert "decoy" not in text
    assert "@" not in text


def test_what_it_was_shown_counts_as_told(engineer):
    engineer.get("/attributions")

    assert Answer.objects.get().told_at is not None


def test_its_answer_stands_beside_the_result(engineer, done):
    body = {"answer": "not_ours", "note": "已核对导出记录"}

    response = engineer.post(f"/attributions/{done.pk}/answer", body)

    row = Answer.objects.get()
    assert response.json() == {"taken": True}
    assert (row.code, row.note) == ("not_ours", "已核对导出记录")
    assert row.answered_by == f"partner:{engineer.partner.pk}"
    assert engineer.get("/attributions").json() == {"attributions": []}


def test_another_partner_finds_nothing(done):
    other = Engineer(type(Answer.objects.get().partner).objects.get(pk="yunting"))

    assert other.get("/attributions").json() == {"attributions": []}
    answer = other.post(f"/attributions/{done.pk}/answer", {"answer": "not_ours"})
    assert code(answer) == (404, "answer.none")


def test_what_is_no_answer_is_refused(engineer, done):
    answer = engineer.post(f"/attributions/{done.pk}/answer", {"answer": "guilty"})

    assert code(answer) == (422, "request.invalid")
