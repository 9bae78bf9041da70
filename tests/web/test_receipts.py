"""Receipts for anyone who knows the entry, openings for their borrower alone."""

from __future__ import annotations

import json

import pytest

from mingdai_proofs.openings import OpeningsFile, verify_openings
from mingdai_proofs.policies import Policy
from mingdai_proofs.receipts import Receipt, verify_receipt
from tests.vault.people import VALUES
from tests.web.world import agree, fill_in, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def entry_of(application) -> str:
    return bytes(application.disclosure.entry.entry_id).hex()


def test_a_receipt_verifies_offline_under_the_published_policy(application, client):
    receipt = Receipt.parse(client.get(f"/receipts/{entry_of(application)}/").content)
    policy = Policy.parse(client.get("/receipts/policy").content.decode())

    assert verify_receipt(receipt, policy) is None


def test_a_receipt_needs_no_log_in_and_holds_no_value(application, client):
    client.post("/logout/")

    body = client.get(f"/receipts/{entry_of(application)}/?download=1").content.decode()

    assert [value for value in VALUES.values() if value in body] == []


def test_openings_open_what_the_entry_committed_to(application, client):
    answer = client.post(f"/receipts/{entry_of(application)}/openings/")

    file = OpeningsFile.parse(answer.content)
    policy = Policy.parse(client.get("/receipts/policy").content.decode())
    assert verify_openings(file, policy) is None
    assert json.loads(answer.content)["note"] == "contains your data"


def test_a_stranger_gets_no_openings(application, client):
    client.post("/logout/")
    sign_in(client, "19900000002")

    assert client.post(f"/receipts/{entry_of(application)}/openings/").status_code == 404


@pytest.mark.parametrize("entry", ["zz", "00", "0" * 32])
def test_an_unknown_entry_is_not_found(client, entry):
    assert client.get(f"/receipts/{entry}/").status_code == 404


def test_a_receipt_before_its_checkpoint_says_to_wait(borrower):
    application = agree(borrower, fill_in(borrower))

    answer = borrower.get(f"/receipts/{entry_of(application)}/")

    assert answer.status_code == 503
    assert "receipt.not_yet" in answer.content.decode()
