"""The client's calls about sightings, against a real HTTP server that answers as told."""

import json

import pytest

from mingdai_client.errors import ApiProblem
from mingdai_client.sightings import (
    Sender,
    answer_sighting,
    every_sighting,
    list_senders,
    open_sightings,
    propose_sender,
    read_sighting,
)
from tests.client.test_api import api, pauses, platform

__all__ = ["api", "pauses", "platform"]


def row(name: str) -> dict:
    seen = {
        "grade": "authenticated_other",
        "sender_domain": "chengdai.example",
        "authenticated_as": "chengdai.example",
        "first_seen_at": "2026-11-23T04:00:00Z",
        "last_seen_at": "2026-11-23T04:00:00Z",
        "count": 2,
    }
    return {"sighting_id": name, "disclosure_id": "d-1", "answer": "", "seen": seen}


def paths(platform) -> list[str]:
    return [path for _, path, _, _ in platform.asked]


def test_open_ones_are_read_page_after_page(api, platform):
    platform.answers = [
        (200, {"sightings": [row("s-1"), row("s-2")], "next": "s-2"}, {}),
        (200, {"sightings": [row("s-3")], "next": ""}, {}),
    ]

    found = list(open_sightings(api))

    assert [each.sighting_id for each in found] == ["s-1", "s-2", "s-3"]
    assert (found[0].authenticated_as, found[0].count, found[0].explained_at) == (
        "chengdai.example",
        2,
        "",
    )
    assert paths(platform) == [
        "/api/sightings?state=open&limit=100",
        "/api/sightings?state=open&limit=100&after=s-2",
    ]


def test_all_and_one(api, platform):
    platform.answers = [(200, {"sightings": [], "next": ""}, {}), (200, row("s-1"), {})]

    assert list(every_sighting(api)) == []
    assert read_sighting(api, "s-1").disclosure_id == "d-1"
    assert paths(platform) == ["/api/sightings?state=all&limit=100", "/api/sightings/s-1"]


def test_an_answer_keeps_its_key_at_a_repetition_and_two_answers_have_two(api, platform):
    platform.answers = [(503, {}, {}), (200, {"taken": True, "proposed": "a.example"}, {})]

    proposed = answer_sighting(api, "s-1", answer="our_service", note="委托")
    answer_sighting(api, "s-1", answer="our_service", note="委托")

    keys = [headers["Idempotency-Key"] for _, _, headers, _ in platform.asked]
    assert proposed == "a.example"
    assert (keys[0] == keys[1], keys[1] == keys[2]) == (True, False)
    assert json.loads(platform.asked[0][3]) == {"answer": "our_service", "note": "委托"}


def test_what_is_no_answer_is_not_sent(api, platform):
    with pytest.raises(ValueError, match="our_service"):
        answer_sighting(api, "s-1", answer="maybe")

    assert platform.asked == []


def test_a_sighting_of_another_is_a_problem(api, platform):
    platform.answers = [(404, {"code": "sighting.none", "title": "Not found"}, {})]

    with pytest.raises(ApiProblem, match=r"sighting\.none"):
        read_sighting(api, "s-9")


def test_senders_are_listed_and_proposed(api, platform):
    one = {"channel": "email", "domain": "heyan.example", "state": "registered"}
    platform.answers = [
        (200, {"senders": [one]}, {}),
        (200, {**one, "domain": "a.example", "state": "proposed"}, {}),
    ]

    assert list_senders(api) == (Sender("email", "heyan.example", "registered"),)
    assert propose_sender(api, "a.example").state == "proposed"
    assert json.loads(platform.asked[1][3]) == {"domain": "a.example"}
