"""The language is a cookie on this browser."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_a_switch_is_remembered_and_the_page_says_its_language(client):
    answer = client.post("/language/", {"language": "en", "next": "/ranking/"})

    assert answer["Location"] == "/ranking/"
    assert '<html lang="en">' in client.get("/ranking/").content.decode()


def test_chinese_is_the_default(client):
    assert '<html lang="zh-Hans">' in client.get("/ranking/").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_a_switch_never_leads_elsewhere(client, back):
    assert client.post("/language/", {"language": "en", "next": back})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client):
    assert "mingdai_language" not in client.post("/language/", {"language": "xx"}).cookies


def test_a_link_cannot_switch_it(client):
    assert client.get("/language/").status_code == 405
