"""The offers page: compared with no account, every offer shown or named with its reason."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from django.test import Client

from mingdai.market.replaying import replay_receipt

STATIC = Path(__file__).resolve().parents[2] / "src/mingdai/web/static"
PAGE_BYTES = 100_000

pytestmark = pytest.mark.usefixtures("demo")


def offers_in(html: str) -> list[str]:
    return re.findall(r'data-offer="([a-z0-9-]+)"', html)


def test_offers_are_compared_without_an_account(client):
    answer = client.get("/")

    html = answer.content.decode()
    assert answer.status_code == 200
    assert len(offers_in(html)) >= 12
    assert "sessionid" not in answer.cookies
    assert not client.session.keys()


def test_a_card_names_lender_licence_complaints_and_the_whole_cost(client):
    html = client.get("/?amount=10000&term=12m").content.decode()

    card = html[html.index('data-offer="yunting-qingxiang"') :].split("</article>")[0]
    for said in (
        "示例云汀消费金融股份有限公司",
        "投诉电话",
        "真实年化（单利）",
        "8.80%",
        "¥10,483.04",
        "实际到手",
    ):
        assert said in card


def test_an_offer_that_does_not_fit_is_named_with_its_reason(client):
    html = client.get("/?amount=10000&term=12m&employment=student").content.decode()

    assert 'data-offer="yunting-qingxiang"' not in html
    assert 'data-unmatched="yunting-qingxiang"' in html
    assert "职业类型不符合" in html


def test_where_nothing_fits_the_page_says_so_and_why(client):
    html = client.get("/?amount=200000&term=12m&age=66-").content.decode()

    assert offers_in(html) == []
    assert "没有合适的产品" in html
    assert "data-unmatched" in html


def test_an_address_that_means_nothing_falls_back_to_the_first_choice(client):
    html = client.get("/?amount=x&term=99z&age=nobody&page=-1").content.decode()

    assert len(offers_in(html)) >= 12


def test_the_match_receipt_replays(client):
    answer = client.get("/offers/match-receipt.json?amount=10000&term=12m&age=23-30")

    assert replay_receipt(json.loads(answer.content)) == []


def test_the_bands_are_stored_nowhere(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as queries:
        client.get("/?amount=10000&term=12m&age=23-30&region=33")

    assert [q["sql"] for q in queries.captured_queries if not q["sql"].startswith("SELECT")] == []


def test_the_page_asks_at_most_twelve_queries(client, django_assert_max_num_queries):
    client.get("/?amount=10000&term=12m")

    with django_assert_max_num_queries(12):
        answer = client.get("/?amount=20000&term=6m")

    assert answer.status_code == 200


def test_the_page_and_all_it_loads_stay_under_a_hundred_kilobytes(client):
    html = client.get("/").content
    assets = set(re.findall(rb"/static/([a-zA-Z0-9_./-]+)", html))

    sizes = [len(gzip.compress((STATIC / each.decode()).read_bytes())) for each in assets]

    assert len(assets) >= 5
    assert len(gzip.compress(html)) + sum(sizes) <= PAGE_BYTES


def test_the_ranking_rule_is_published(client):
    assert "ranking/1" in client.get("/ranking/").content.decode()


def test_english_is_complete_on_the_page():
    html = Client(headers={"accept-language": "en"}).get("/").content.decode()

    assert "True annual cost" in html
    assert '<html lang="en">' in html
    assert "Yunting Light Loan" in html
