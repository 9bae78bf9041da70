"""What is around every page."""

from __future__ import annotations

from django.urls import reverse

from mingdai.web.surroundings import TABS, surroundings


def test_every_tab_leads_somewhere():
    assert [reverse(name) for name, _label, _icon in TABS] == [
        "/",
        "/applications/",
        "/path/",
        "/account/",
    ]


def test_the_way_back_after_a_switch_of_language_is_the_page_itself(rf, settings):
    settings.MINGDAI_CODE_SENDER = "inbox"

    found = surroundings(rf.get("/?amount=10000"))

    assert found["here"] == "/?amount=10000"
    assert found["is_development"] is True
