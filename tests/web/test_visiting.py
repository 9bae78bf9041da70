"""Only a logged-in borrower sees a borrower's pages, and no cache does."""

from __future__ import annotations

import pytest

from mingdai.accounts.models import Borrower
from mingdai.web.visiting import safe_next
from tests.web.world import sign_in

pytestmark = pytest.mark.django_db

PRIVATE = ["/applications/", "/path/", "/account/", "/account/delete/"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_page_sends_a_visitor_to_log_in_and_back(client, address):
    assert client.get(address)["Location"].startswith(
        f"/login/?next={address[:2].replace('/', '%2F')}"
    )


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_page_is_kept_by_no_cache(client, address):
    sign_in(client)

    assert "no-store" in client.get(address)["Cache-Control"]


def test_an_erased_borrower_is_out_at_once(client):
    sign_in(client)
    Borrower.objects.update(erased_at="2026-11-23T00:00:00Z")

    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "given", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", ""]
)
def test_a_way_back_to_another_site_is_not_taken(rf, given):
    assert safe_next(rf.get("/"), given) == "/applications/"
