from __future__ import annotations

import base64
from uuid import UUID

import pytest

from mingdai.accounts.bulk_ticketing import BulkRequest, approve_bulk, ask_for_bulk
from mingdai.accounts.models import Staff
from mingdai.errors import Refused
from mingdai.gate.comparing import About, begin_bulk_read
from mingdai.gate.including import bulk_reads_of, inclusion_file
from mingdai.gate.models import BulkRead
from mingdai.vault.committing import subject_tag_for
from mingdai.vault.erasing import erase
from mingdai_proofs.commitments import detail_commitment
from mingdai_proofs.entries import decode_entry
from mingdai_proofs.merkle import leaf_hash, verify_inclusion
from tests.conftest import NOON
from tests.gate.world import SECOND, make_person, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    return [make_person(mobile=f"1990000000{each}") for each in range(5)]


def read(fields=("mobile", "name"), at=NOON) -> BulkRead:
    people = [
        Staff.objects.get_or_create(
            login=login, defaults={"role": "compliance", "created_at": NOON}
        )[0]
        for login in ("anna", "dora")
    ]
    asked = ask_for_bulk(people[0], BulkRequest(UUID(int=1), fields, "C2026-0001"), at=at)
    approve_bulk(asked, people[1], at=at)
    return begin_bulk_read(asked, About("C2026-0001", "ab" * 32), at=at)


def test_a_borrower_sees_the_reads_they_are_in_and_how_far_the_proof_has_come(everybody):
    first, second = read(), read(fields=("address",), at=NOON + SECOND)
    publish()

    [found] = bulk_reads_of(everybody[0])

    assert (found.read_id, found.count, found.case) == (first.pk, 5, "C2026-0001")
    assert (found.fields, found.is_provable) == (("name", "mobile"), True)
    assert second.count == 0


def test_each_ones_record_leads_to_the_root_that_the_entry_commits_to(everybody):
    row = read()

    for each in everybody:
        proof = inclusion_file(row.pk, each)
        entry = decode_entry(base64.b64decode(str(proof["entry"])))
        detail = proof["detail"]
        record = base64.b64decode(str(proof["record"]))
        path = [base64.b64decode(one) for one in proof["path"]]
        root = bytes.fromhex(detail["facts"]["root"])
        assert entry.detail == detail_commitment(base64.b64decode(detail["key"]), detail["facts"])
        assert verify_inclusion(proof["index"], 5, leaf_hash(record), path, root) is None
        assert record[:32] == subject_tag_for(each.pk, entry.entry_id)


def test_who_came_later_or_was_erased_is_in_none(everybody):
    row = read()
    late = make_person(mobile="19900000009")
    erase(everybody[1], at=NOON)

    assert bulk_reads_of(late) == []
    assert bulk_reads_of(everybody[1]) == []
    with pytest.raises(Refused, match=r"bulk\.not_in"):
        inclusion_file(row.pk, late)
    with pytest.raises(Refused, match=r"bulk\.not_in"):
        inclusion_file(UUID(int=9), everybody[0])
