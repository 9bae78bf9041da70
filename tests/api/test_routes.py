import base64
import json
import secrets
from uuid import uuid4

import pytest
from django.test import Client

from mingdai.api.routes import api
from mingdai.gate.delivering import deliver_due
from mingdai.gate.models import Disclosure, Notice
from mingdai.gate.recalling import withdraw_grant
from mingdai.ledger.keys import policy_text
from mingdai.loans.models import LoanEvent
from mingdai.partners.models import ApiKey
from mingdai_client.keying import signing_key
from mingdai_client.signing import acknowledge, countersign
from mingdai_proofs.merkle import leaf_hash
from tests.gate.world import NECESSARY, SEED, make_lender
from tests.loans.world import AFTER, approval
from tests.vault.people import VALUES


def code(response) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_the_key_says_who_calls(engineer):
    found = engineer.get("/me").json()

    assert (found["partner_id"], found["status"]) == (engineer.partner.pk, "active")
    assert found["sealing_keys"] == ["key-1"]


def test_an_application_is_shown_without_any_personal_information(engineer, application):
    response = engineer.get(f"/applications/{application.pk}")

    found = response.json()
    assert (found["status"], found["amount"], found["term"]) == ("sent", "10000.00", 12)
    assert set(found["grant"]["fields"]) == NECESSARY
    assert [c for c in NECESSARY if VALUES[c] in response.content.decode()] == []


def test_an_application_of_another_lender_is_not_there(engineer, application):
    other = type(engineer)(make_lender("other-ml"))

    assert code(other.get(f"/applications/{application.pk}")) == (404, "not_found")
    assert code(engineer.get(f"/applications/{uuid4()}")) == (404, "not_found")


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer mk_a_b"}])
def test_without_a_live_key_nobody_is_admitted(application, header):
    response = Client().get("/api/me", headers=header)

    assert code(response) == (401, "key.unknown")
    assert response["WWW-Authenticate"] == "Bearer"


def test_an_event_is_applied_once(engineer, application):
    first = engineer.tell(application, "received", event_id="e-1")
    again = engineer.tell(application, "received", event_id="e-1")

    assert first.json() == {"event_id": "e-1", "applied": True, "refused": ""}
    assert (first.status_code, again.status_code) == (200, 200)
    assert LoanEvent.objects.count() == 1


def test_an_event_out_of_order_is_recorded_and_said_so(engineer, application):
    response = engineer.tell(application, "approved", approval(application))

    assert response.json()["refused"] == "event.out_of_order"
    assert response.json()["applied"] is False


def test_an_event_with_another_signature_is_refused(engineer, application):
    response = engineer.post("/events", b"{}", Mingdai_Signature="t=1,id=a,v1=" + "0" * 64)

    assert code(response) == (401, "webhook.signature")
    assert not LoanEvent.objects.exists()


def test_an_event_of_an_unknown_application_is_not_found(engineer, application):
    application.pk = uuid4()

    assert code(engineer.tell(application, "received")) == (404, "event.unknown_application")


def test_a_countersignature_may_come_later(engineer, application):
    Disclosure.objects.update(state="sent", countersignature=None)
    row = Disclosure.objects.select_related("entry").get()
    leaf = leaf_hash(bytes(row.entry.data))
    signed = countersign(signing_key(SEED), leaf_hash=leaf, disclosure_id=str(row.pk))
    path = f"/applications/{application.pk}/countersignature"

    wrong = {"disclosure_id": str(row.pk), "countersignature": base64.b64encode(bytes(64)).decode()}
    right = {"disclosure_id": str(row.pk), "countersignature": signed}

    assert code(engineer.post(path, wrong)) == (409, "countersignature.flawed")
    assert engineer.post(path, right).json() == {"taken": True}
    assert Disclosure.objects.get().state == "countersigned"


def test_an_acknowledgement_may_come_later(engineer, application, server):
    withdraw_grant(application.grant, at=AFTER)
    server.mode = "silent"
    deliver_due(at=AFTER)
    notice = Notice.objects.get()
    signed = acknowledge(
        signing_key(SEED), notice_id=str(notice.pk), disclosure_id=str(notice.disclosure_id)
    )

    response = engineer.post(f"/notices/{notice.pk}/acknowledgement", {"acknowledgement": signed})

    assert response.json() == {"taken": True}
    assert Notice.objects.get().acknowledged_at is not None


def test_a_new_key_works_is_shown_once_and_the_old_one_overlaps(engineer, application):
    named = {"Idempotency-Key": secrets.token_hex(8)}
    new = engineer.post("/keys", {}, **named).json()["key"]

    assert code(engineer.post("/keys", {}, **named)) == (409, "idempotency.shown_once")
    assert engineer.get("/me").status_code == 200
    assert Client().get("/api/me", headers={"Authorization": f"Bearer {new}"}).status_code == 200
    assert ApiKey.objects.count() == 2


def test_the_policy_is_for_everybody(db):
    response = Client().get("/api/log/policy")

    assert response.content.decode() == policy_text()
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_the_document_is_openapi_3_1_and_names_every_problem(db):
    document = Client().get("/api/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {
        "/api/me",
        "/api/applications/{application_id}",
        "/api/applications/{application_id}/countersignature",
        "/api/events",
        "/api/notices/{notice_id}/acknowledgement",
        "/api/keys",
        "/api/log/policy",
        "/api/sightings",
        "/api/sightings/{sighting_id}",
        "/api/sightings/{sighting_id}/answer",
        "/api/senders",
        "/api/attributions",
        "/api/attributions/{attribution_id}/answer",
    }
    problem = document["paths"]["/api/events"]["post"]["responses"]["409"]
    assert list(problem["content"]) == ["application/problem+json"]
    assert json.dumps(api.get_openapi_schema())


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "机构接口"), ("en", "API for lenders")]
)
def test_the_docs_page_speaks_both_languages_and_asks_nobody_else(db, language, words):
    response = Client().get("/api/docs", headers={"Accept-Language": language})

    text = response.content.decode()
    assert words in text
    assert "/api/applications/{application_id}" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text
