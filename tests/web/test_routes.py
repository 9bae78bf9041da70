"""Every page: strict about scripts and styles, one language at a time, no third party."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from mingdai.web.routes import urlpatterns
from tests.web.world import NUMBER, sign_in

WEB = Path(__file__).resolve().parents[2] / "src/mingdai/web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
PUBLIC = [
    "/",
    "/ranking/",
    "/agreements/terms/",
    "/login/",
    "/inbox/",
    "/offers/yunting-qingxiang/",
]
PRIVATE = ["/applications/", "/path/", "/account/", "/account/delete/", "/apply/yunting-qingxiang/"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_script_a_style_or_a_handler_of_its_own(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize(
    "path", sorted((WEB / "static/js").rglob("*.js")), ids=lambda path: path.name
)
def test_no_script_of_ours_evaluates_text_or_writes_markup(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|https?://", text)


@pytest.mark.parametrize("address", [*PUBLIC, *PRIVATE])
def test_a_page_allows_only_our_own_scripts_and_loads_nothing_from_elsewhere(demo, client, address):
    sign_in(client)

    answer = client.get(address)

    html, policy = answer.content.decode(), answer["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]+"', html) == []


@pytest.mark.parametrize("address", [*PUBLIC, *PRIVATE])
def test_an_english_page_has_no_chinese_but_names(demo, address):
    client = Client(headers={"accept-language": "en"})
    sign_in(client)

    html = client.get(address).content.decode()

    text = re.sub(r'<[^>]+lang="zh-Hans"[^>]*>[^<]*', "", html.split("</head>")[1])
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", "", text, flags=re.S)
    chinese = [line.strip() for line in text.splitlines() if re.search(r"[\u4e00-\u9fff]", line)]
    assert [line for line in chinese if not re.search("示例|长期|明|中文", line)] == []


def test_no_address_can_hold_anything_about_a_person():
    taken = {name for pattern in urlpatterns for name in pattern.pattern.converters}

    assert taken <= {
        "product_id",
        "document",
        "application_id",
        "disclosure_id",
        "grant_id",
        "letter_id",
        "read_id",
        "sighting_id",
        "entry_id",
        "code",
        "path",
    }


@pytest.mark.django_db
def test_a_number_typed_is_in_no_address_and_no_header(client):
    answer = client.post("/login/code/", {"mobile": NUMBER})

    assert NUMBER not in str(answer.headers)
