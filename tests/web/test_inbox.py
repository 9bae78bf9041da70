"""The development inbox does not exist in production."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_the_inbox_shows_codes_marked_as_development(client):
    client.post("/login/code/", {"mobile": "19900000001"})

    html = client.get("/inbox/").content.decode()

    assert "199****0001" in html
    assert "只在开发环境存在" in html


@pytest.mark.parametrize(
    ("name", "value"), [("MINGDAI_PRODUCTION", True), ("MINGDAI_CODE_SENDER", "carrier.Sms")]
)
def test_it_is_not_found_where_codes_are_really_sent(client, settings, name, value):
    setattr(settings, name, value)

    assert client.get("/inbox/").status_code == 404
