"""The account: masked by default, a copy that leaves its entry, a correction, an erasure."""

from __future__ import annotations

import json

import pytest

from mingdai.gate.models import Disclosure
from mingdai.vault.models import SealedField
from tests.vault.people import VALUES
from tests.web.world import fill_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(borrower):
    fill_in(borrower)
    return borrower


def test_the_account_shows_masks_and_no_value(kept):
    html = kept.get("/account/").content.decode()

    assert "199****0001" in html
    assert [value for value in VALUES.values() if value in html] == []
    assert Disclosure.objects.count() == 0


def test_a_readable_copy_shows_the_values_and_leaves_one_entry_a_log_in(kept):
    first = kept.post("/account/copy/").content.decode()
    kept.post("/account/copy/")

    assert VALUES["id_number"] in first
    assert Disclosure.objects.filter(recipient_kind="borrower").count() == 1


def test_the_copy_as_json_holds_fields_and_disclosures(kept):
    answer = kept.post("/account/copy.json")

    document = json.loads(answer.content)
    assert document["fields"]["name"] == VALUES["name"]
    assert document["disclosures"][0]["recipient"] == "borrower"
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_a_copy_is_not_had_by_an_address_alone(kept):
    assert kept.get("/account/copy.json").status_code == 405


def test_a_field_can_be_corrected(kept):
    answer = kept.post("/account/fields/name/", {"name": "示例李四"}, follow=True)

    assert "已更正" in answer.content.decode()
    assert SealedField.objects.filter(code="name").count() == 2


def test_a_wrong_correction_is_said_next_to_the_field(kept):
    answer = kept.post("/account/fields/name/", {"name": "x"})

    assert answer.status_code == 422
    assert 'id="f-name-error"' in answer.content.decode()


@pytest.mark.parametrize("code", ["mobile", "address", "contacts"])
def test_only_what_is_kept_can_be_corrected_and_never_the_log_in(kept, code):
    assert kept.get(f"/account/fields/{code}/").status_code == 404


def test_deleting_needs_a_tick(kept):
    answer = kept.post("/account/delete/")

    assert answer.status_code == 422
    assert kept.get("/account/").status_code == 200


def test_deleting_destroys_the_values_and_ends_the_session(kept):
    answer = kept.post("/account/delete/", {"sure": "yes"}, follow=True)

    assert "密钥已销毁" in answer.content.decode()
    assert kept.get("/account/").status_code == 302
    assert [bytes(row.sealed or b"") for row in SealedField.objects.all() if row.sealed] == []
