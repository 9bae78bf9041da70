"""A borrower sees the bulk reads that read the own fields too, and takes the proof along."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from mingdai.accounts.bulk_ticketing import BulkRequest, approve_bulk, ask_for_bulk
from mingdai.gate.comparing import About, begin_bulk_read
from mingdai.gate.models import BulkRead
from tests.cases.world import employ
from tests.web.world import NUMBER, agree, fill_in, publish, sign_in

pytestmark = pytest.mark.django_db


def compared(case_id) -> BulkRead:
    now = timezone.now()
    wanted = BulkRequest(case_id, ("mobile", "name"), "C2026-0001")
    asked = ask_for_bulk(employ("anna"), wanted, at=now)
    approve_bulk(asked, employ("dora"), at=now)
    return begin_bulk_read(asked, About("C2026-0001", "ab" * 32), at=now)


@pytest.fixture
def read(demo, client) -> BulkRead:
    sign_in(client)
    application = agree(client, fill_in(client))
    made = compared(application.pk)
    publish()
    return made


def test_the_path_shows_when_which_fields_and_for_which_case(read, client):
    html = client.get("/path/").content.decode()

    assert f'data-bulk="{read.pk}"' in html
    assert "案件 C2026-0001，共 1 人" in html
    assert f"/receipts/{bytes(read.entry.entry_id).hex()}/?download=1" in html
    assert NUMBER not in html


def test_the_proof_is_the_borrowers_own(read, client):
    answer = client.get(f"/path/bulk/{read.pk}/record.json")

    proof = json.loads(answer.content)
    assert (proof["format"], proof["index"], proof["count"]) == ("mingdai-bulk-record/1", 0, 1)
    assert proof["detail"]["facts"]["root"] == bytes(read.root).hex()
    assert Client().get(f"/path/bulk/{read.pk}/record.json").status_code == 302


def test_somebody_else_gets_no_proof_of_it(read):
    other = sign_in(Client(), "19900000077")

    assert other.get(f"/path/bulk/{read.pk}/record.json").status_code == 403
    assert "data-bulk" not in other.get("/path/").content.decode()
