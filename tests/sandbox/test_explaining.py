"""Made-up lenders that answer sightings: the rules, and the process against the real platform."""

from __future__ import annotations

import secrets
import threading
import time

import httpx
import pytest

from mingdai.partners.admitting import issue_key
from mingdai.trace.models import ExpectedSender, Sighting
from mingdai.words import ActorId
from mingdai_client.api import PlatformApi
from mingdai_sandbox.clocks import read_clock
from mingdai_sandbox.configuring import SightingRules
from mingdai_sandbox.databases import Database
from mingdai_sandbox.explaining import (
    NOTES,
    TABLES,
    Explainer,
    choose,
    keep_answering,
    list_answers,
)
from tests.conftest import NOON
from tests.gate.world import make_lender
from tests.mail.post import STRANGER, write
from tests.mail.world import make_post
from tests.sandbox.conftest import Process

RULES = SightingRules({"our_service": ("chengdai.example",)}, "investigating")


@pytest.mark.parametrize(
    ("sender", "answer"),
    [
        ("chengdai.example", "our_service"),
        ("mail.chengdai.example", "our_service"),
        ("notchengdai.example", "investigating"),
        ("", "investigating"),
    ],
)
def test_the_rules_decide_by_the_domain_that_provably_wrote(sender, answer):
    assert choose(RULES, sender) == answer
    assert choose(SightingRules({}, ""), sender) == ""
    assert answer in NOTES


@pytest.fixture
def post(transactional_db, data_folder):
    """A lender with an authenticated stranger's letter and a forged one at its alias."""
    post = make_post()
    post.judged(STRANGER.sign(write("a@chengdai.example", "you")), mail_from="a@chengdai.example")
    post.judged(write("a@heyan.example", "you"), mail_from="a@heyan.example", ip="203.0.113.9")
    return post


def key_of(partner) -> str:
    return issue_key(partner, actor=ActorId("system"), at=NOON, rng=secrets.token_bytes)


@pytest.fixture
def explainer(post, live_server, tmp_path):
    database = Database(tmp_path / "lender.sqlite3", tables=TABLES)
    with PlatformApi(live_server.url, api_key=key_of(post.lender), attempts=1) as api:
        yield Explainer(post.lender.pk, RULES, api, database)


def test_each_open_sighting_is_answered_once_over_http(explainer):
    first, again = explainer.answer_open(NOON), explainer.answer_open(NOON)

    assert (first, again) == (2, 0)
    answers = {each["sender"]: each["answer"] for each in list_answers(explainer.database)}
    assert answers == {"chengdai.example": "our_service", "": "investigating"}
    kept = Sighting.objects.values_list("authenticated_as", "answer")
    assert dict(kept) == answers
    assert ExpectedSender.objects.get(state="proposed").domain == "chengdai.example"


def test_a_platform_that_is_not_there_or_refuses_is_asked_again_later(explainer, live_server):
    for url, key in (("http://127.0.0.1:9", "k"), (live_server.url, "mk_a_b")):
        with PlatformApi(url, api_key=key, attempts=1) as api:
            lost = Explainer("x", RULES, api, explainer.database)
            assert lost.answer_open(NOON) == 0

    assert list_answers(explainer.database) == []


def test_asking_goes_on_until_it_is_stopped(explainer):
    stop = threading.Event()
    arguments = {"every_s": 0.05, "clock": read_clock, "stop": stop}
    thread = threading.Thread(target=keep_answering, args=([explainer],), kwargs=arguments)
    thread.start()
    deadline = time.monotonic() + 15
    while len(list_answers(explainer.database)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    thread.join(timeout=5)

    assert len(list_answers(explainer.database)) == 2
    assert not thread.is_alive()


def test_the_process_answers_for_the_lender_with_rules_and_for_no_other(
    post, live_server, world, tmp_path
):
    other = make_post(lender=make_lender("other-ml"), mobile="19900000042")
    raw = STRANGER.sign(write("a@chengdai.example", "you"))
    other.judged(raw, mail_from="a@chengdai.example")
    world.raw["platform"]["url"] = live_server.url
    answering, silent = world.raw["lenders"]
    answering |= {
        "id": post.lender.pk,
        "api_key": key_of(post.lender),
        "sightings": {"our_service": ["chengdai.example"], "otherwise": "not_ours"},
    }
    silent |= {"id": other.lender.pk, "api_key": key_of(other.lender)}
    world.raw |= {"ask_s": 0.2}
    process = Process(world)
    process.start()
    try:
        said = wait_for(f"{process.url}/lenders/{post.lender.pk}/sightings.json", 2)
        unsaid = answers_at(f"{process.url}/lenders/{other.lender.pk}/sightings.json")
    finally:
        process.end()

    assert sorted(each["answer"] for each in said) == ["not_ours", "our_service"]
    assert unsaid == []
    assert not Sighting.objects.filter(partner=other.lender).exclude(answer="").exists()
    row = Sighting.objects.get(partner=post.lender, authenticated_as="chengdai.example")
    assert (row.answer, row.answered_by) == ("our_service", f"partner:{post.lender.pk}")
    assert row.answer_note == NOTES["our_service"]
    assert row.told_at is not None


def answers_at(url: str) -> list[dict]:
    return httpx.get(url).json()["answers"]


def wait_for(url: str, count: int) -> list[dict]:
    deadline = time.monotonic() + 20
    while len(answers_at(url)) < count and time.monotonic() < deadline:
        time.sleep(0.1)
    return answers_at(url)
