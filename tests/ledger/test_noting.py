from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from django.db import transaction

from mingdai.ledger.noting import note
from mingdai_proofs.commitments import detail_commitment
from mingdai_proofs.entries import EntryKind, decode_entry

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, 0, 30, tzinfo=UTC)
FACTS = {"audit": "a1", "verdict": "fail", "ended_at": 1_772_366_430}


@pytest.fixture
def noted():
    with transaction.atomic():
        return note(EntryKind.AUDITED, FACTS, at=NOON, rng=os.urandom)


def test_the_entry_commits_to_the_facts_and_to_no_others(noted):
    entry = decode_entry(bytes(noted.entry.data))

    assert entry.detail == detail_commitment(noted.key, FACTS)
    assert entry.detail != detail_commitment(noted.key, {**FACTS, "verdict": "pass"})


def test_the_entry_names_nobody_and_only_the_minute(noted):
    entry = decode_entry(bytes(noted.entry.data))

    assert (entry.kind, entry.recipient, entry.fields) == (EntryKind.AUDITED, "", ())
    assert entry.at_s == int(NOON.timestamp()) - 30


def test_the_same_facts_look_different_each_time(noted):
    with transaction.atomic():
        again = note(EntryKind.AUDITED, FACTS, at=NOON, rng=os.urandom)

    assert bytes(again.entry.data)[160:480] != bytes(noted.entry.data)[160:480]
    assert again.key != noted.key
