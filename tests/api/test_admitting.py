import pytest
from django.test import Client, RequestFactory

from mingdai.api.admitting import HEADER, MAX_BODY_BYTES, VERSION, partner_of


def test_every_answer_names_the_version_and_is_not_kept(engineer, application):
    for response in (engineer.get("/me"), Client().get("/api/me"), engineer.get("/log/policy")):
        assert response[HEADER] == VERSION
        assert response["Cache-Control"] == "no-store"


def test_another_version_is_refused_rather_than_misread(engineer, application):
    response = engineer.get("/me", Mingdai_Version="2020-01-01")

    assert (response.status_code, response.json()["code"]) == (400, "version.unknown")
    assert engineer.get("/me", Mingdai_Version=VERSION).status_code == 200


def test_a_body_too_large_is_refused_unread(engineer, application):
    response = engineer.post("/events", b" " * (MAX_BODY_BYTES + 1))

    assert (response.status_code, response.json()["code"]) == (413, "request.too_large")


def test_a_call_nobody_admitted_has_no_partner():
    request = RequestFactory().get("/")
    request.auth = None

    with pytest.raises(TypeError):
        partner_of(request)
