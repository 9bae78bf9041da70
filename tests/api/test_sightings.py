"""What a lender's engineer is told of a sighting, and what the platform makes of the answer."""

from __future__ import annotations

import json
import secrets
from uuid import uuid4

import pytest
from django.utils import timezone

from mingdai.gate.recalling import withdraw_grant
from mingdai.trace.answering import ANSWERS
from mingdai.trace.expecting import confirm_sender
from mingdai.trace.models import ExpectedSender, Grade, Sighting, SightingAnswer
from mingdai.words import ActorId
from tests.api.conftest import Engineer
from tests.conftest import NOON
from tests.gate.world import make_lender
from tests.mail.post import STRANGER, write
from tests.mail.world import MAILBOX, Post, make_post
from tests.vault.people import VALUES


@pytest.fixture
def post(db) -> Post:
    return make_post()


@pytest.fixture
def lender(post: Post):
    return post.lender


@pytest.fixture
def sighting(post: Post) -> Sighting:
    raw = STRANGER.sign(write("a@chengdai.example", "you"))
    return post.judged(raw, mail_from="a@chengdai.example").sighting


def code(response) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def replied(engineer, sighting, answer: str, **more):
    body = {"answer": answer, **more}
    return engineer.post(f"/sightings/{sighting.pk}/answer", body)


def test_a_sighting_names_the_disclosure_the_address_and_what_the_checks_found(
    engineer, sighting, post
):
    [found] = engineer.get("/sightings").json()["sightings"]

    assert found["disclosure_id"] == str(post.disclosure.pk)
    assert found["given_at"] == "2026-11-23T04:00:00Z"
    assert (found["channel"], found["address"]) == ("email", post.address)
    seen = found["seen"]
    assert (seen["grade"], seen["authenticated_as"]) == ("authenticated_other", "chengdai.example")
    assert (seen["spf"], seen["dkim"], seen["dmarc"], seen["count"]) == ("pass", "pass", "pass", 1)
    assert (found["answer"], found["explained_at"]) == ("", None)
    assert engineer.get(f"/sightings/{sighting.pk}").json() == found


def test_it_holds_nothing_about_the_person_and_no_subject(engineer, sighting):
    text = engineer.get("/sightings").content.decode()

    assert [value for value in (*VALUES.values(), MAILBOX) if value in text] == []
    assert str(sighting.borrower_id) not in text


def test_once_consent_has_ended_the_address_is_not_repeated(engineer, sighting, post):
    withdraw_grant(post.disclosure.grant, at=timezone.now())

    found = engineer.get(f"/sightings/{sighting.pk}").json()

    assert (found["address"], found["disclosure_id"]) == ("", str(post.disclosure.pk))


def test_a_decoy_looks_like_any_other_address(engineer, sighting):
    before = engineer.get("/sightings").json()

    Sighting.objects.update(grade=Grade.DECOY)

    assert engineer.get("/sightings").json() == before


def test_another_partner_finds_nothing(engineer, sighting):
    other = Engineer(make_lender("other-ml"))

    assert other.get("/sightings").json() == {"sightings": [], "next": ""}
    assert code(other.get(f"/sightings/{sighting.pk}")) == (404, "sighting.none")
    assert code(replied(other, sighting, "not_ours")) == (404, "sighting.none")
    assert code(other.get(f"/sightings?after={sighting.pk}")) == (404, "sighting.none")
    assert code(engineer.get(f"/sightings/{uuid4()}")) == (404, "sighting.none")


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_kept_and_only_an_own_sender_is_proposed(engineer, sighting, answer):
    response = replied(engineer, sighting, answer, note="已核对发信记录")

    own = answer in {"our_service", "our_affiliate"}
    assert response.json() == {"taken": True, "proposed": "chengdai.example" if own else ""}
    sighting.refresh_from_db()
    assert (sighting.answer, sighting.answer_note) == (answer, "已核对发信记录")
    assert ExpectedSender.objects.filter(state="proposed").exists() == own
    still_open = engineer.get("/sightings").json()["sightings"]
    assert len(still_open) == (answer == "investigating")
    assert len(engineer.get("/sightings?state=all").json()["sightings"]) == 1


def test_an_answer_repeated_under_its_key_is_the_first_one(engineer, sighting):
    path, named = f"/sightings/{sighting.pk}/answer", {"Idempotency-Key": secrets.token_hex(8)}

    first = engineer.post(path, {"answer": "not_ours"}, **named)
    again = engineer.post(path, {"answer": "not_ours"}, **named)
    other = engineer.post(path, {"answer": "our_service"}, **named)

    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
    assert code(other) == (409, "idempotency.other_request")
    assert SightingAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ({"answer": "maybe"}, 422, "request.invalid"),
        ({"answer": "not_ours", "note": "x" * 501}, 422, "request.invalid"),
        ({"answer": "not_ours", "note": "a\x00"}, 422, "request.invalid"),
        ({"answer": "not_ours", "note": "call 19900000001"}, 409, "answer.personal"),
    ],
)
def test_what_is_no_answer_is_refused(engineer, sighting, body, status, problem):
    assert code(engineer.post(f"/sightings/{sighting.pk}/answer", body)) == (status, problem)
    assert not SightingAnswer.objects.exists()


def test_a_sender_named_waits_and_counts_once_confirmed(engineer, sighting):
    named = engineer.post("/senders", {"domain": "chengdai.example"}).json()
    row = ExpectedSender.objects.get(state="proposed")
    confirm_sender(row.pk, actor=ActorId("staff:anna"), at=NOON)

    listed = engineer.get("/senders").json()["senders"]

    assert (named["domain"], named["state"]) == ("chengdai.example", "proposed")
    assert {each["domain"]: each["state"] for each in listed} == {
        "chengdai.example": "confirmed",
        "heyan.example": "registered",
    }
    assert engineer.get("/sightings").json()["sightings"] == []
    assert engineer.get(f"/sightings/{sighting.pk}").json()["explained_at"]


@pytest.mark.parametrize(
    ("domain", "problem"),
    [
        ("com.cn", (409, "sender.public_suffix")),
        ("heyan", (422, "request.invalid")),
        ("Heyan.example", (422, "request.invalid")),
        ("a@heyan.example", (422, "request.invalid")),
    ],
)
def test_what_is_no_domain_of_anybody_is_refused(engineer, lender, domain, problem):
    assert code(engineer.post("/senders", {"domain": domain})) == problem


def test_a_list_takes_the_same_queries_however_long(
    engineer, sighting, post, django_assert_num_queries
):
    engineer.get("/sightings?limit=100")
    with django_assert_num_queries(4):
        engineer.get("/sightings?limit=100")
    for domain in ("b.chengdai.example", "c.chengdai.example", "d.chengdai.example"):
        post.judged(write(f"a@{domain}", "you"), mail_from=f"a@{domain}")
    engineer.get("/sightings?limit=100")

    with django_assert_num_queries(4):
        response = engineer.get("/sightings?limit=100")

    assert len(response.json()["sightings"]) == 4
    assert json.loads(response.content)["next"] == ""


def test_pages_follow_each_other(engineer, sighting, post):
    post.judged(write("a@b.example", "you"), mail_from="a@b.example")

    first = engineer.get("/sightings?limit=1").json()
    second = engineer.get(f"/sightings?limit=1&after={first['next']}").json()
    last = engineer.get(f"/sightings?limit=1&after={second['next']}").json()

    ids = {each["sighting_id"] for page in (first, second) for each in page["sightings"]}
    assert len(ids) == 2
    assert last == {"sightings": [], "next": ""}
