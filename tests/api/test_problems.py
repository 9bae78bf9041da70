import json

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.test import Client
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mingdai.api.problems import answer_error, problem_of
from mingdai.errors import Invalid, Refused, Tampered, Unavailable

CASES = [
    (Refused(code="consent.expired", reason="r"), 409, "consent.expired"),
    (Refused(code="webhook.stale", reason="r"), 401, "webhook.stale"),
    (Invalid(code="event.terms", reason="r", field="payments"), 422, "event.terms"),
    (Invalid(code="event.too_large", reason="r"), 413, "event.too_large"),
    (Unavailable(code="ledger.closed", reason="r"), 503, "ledger.closed"),
    (Tampered(code="vault.sealed_field", reason="r"), 500, "vault.sealed_field"),
    (ValidationError([]), 422, "request.invalid"),
    (HttpError(400, "x"), 400, "request.invalid"),
    (AuthenticationError(), 401, "key.unknown"),
    (Http404(), 404, "not_found"),
    (RequestDataTooBig(), 413, "request.too_large"),
]


@pytest.mark.parametrize(("error", "status", "code"), CASES, ids=[c[2] + str(c[1]) for c in CASES])
def test_each_error_has_its_status_and_stable_code(rf, error, status, code):
    response = answer_error(rf.get("/"), error)

    body = json.loads(response.content)
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert response["Content-Type"] == "application/problem+json"


def test_what_was_not_foreseen_tells_the_caller_nothing_of_it(caplog):
    response = problem_of(KeyError("secret"))

    assert (response.status_code, b"secret" in response.content) == (500, False)
    assert "unforeseen KeyError" in caplog.text


def test_any_other_address_is_a_problem_too(db):
    response = Client().get("/api/nothing/here")

    assert (response.status_code, response.json()["code"]) == (404, "not_found")
