"""Pages for what cannot be answered, in both languages."""

from __future__ import annotations

import json

import pytest
from django.test import Client, RequestFactory

from mingdai.errors import Invalid, MingdaiError, Refused, Tampered, Unavailable
from mingdai.web.errors import ProblemPages, our_fault, status_of


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (Refused(code="consent.expired", reason=""), 403),
        (Refused(code="login.too_often", reason=""), 429),
        (Invalid(code="field.name", reason=""), 422),
        (Unavailable(code="ledger.closed", reason=""), 503),
        (Tampered(code="vault.padding", reason=""), 500),
        (MingdaiError(code="odd", reason=""), 500),
    ],
)
def test_each_kind_of_refusal_has_its_status(problem, status):
    assert status_of(problem) == status


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "没有这个页面"), ("en", "no such page")]
)
@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_both_languages(language, said):
    answer = Client(headers={"accept-language": language}).get("/nowhere/")

    assert answer.status_code == 404
    assert said in answer.content.decode()


def test_a_program_gets_the_code_as_json():
    request = RequestFactory().get("/x/", headers={"accept": "application/json"})
    pages = ProblemPages(lambda _request: None)

    answer = pages.process_exception(request, Refused(code="consent.expired", reason="r"))

    assert json.loads(answer.content)["code"] == "consent.expired"


def test_the_operators_reason_is_never_on_the_page(rf):
    request = rf.get("/x/", headers={"accept": "application/json"})

    answer = ProblemPages(lambda _r: None).process_exception(
        request, Refused(code="consent.expired", reason="grant 7 names another")
    )

    assert "grant 7" not in answer.content.decode()


def test_other_faults_and_the_api_are_left_alone(rf):
    pages = ProblemPages(lambda _request: None)

    assert pages.process_exception(rf.get("/"), ValueError("x")) is None
    api = pages.process_exception(rf.get("/api/x"), Refused(code="a.b", reason=""))
    assert api is None


def test_our_own_fault_needs_neither_session_nor_database(rf):
    answer = our_fault(rf.get("/"))

    assert answer.status_code == 500
    assert "我们这边出错了" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused():
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        "/login/", {"mobile": "1"}, headers={"origin": "https://elsewhere.example"}
    )

    assert answer.status_code == 403
    assert "page.form_expired" in answer.content.decode()
