from __future__ import annotations

from uuid import UUID

import pytest

from mingdai.accounts.bulk_ticketing import BulkRequest, approve_bulk, ask_for_bulk, close_bulk
from mingdai.accounts.models import BulkTicket, Staff
from mingdai.errors import Refused
from mingdai.gate.comparing import About, begin_bulk_read, facts_of, read_everybody
from mingdai.gate.models import BulkRead, Disclosure
from mingdai.ledger.models import LedgerEntry
from mingdai.vault.keeping import keep
from mingdai_proofs.commitments import detail_commitment
from mingdai_proofs.entries import EntryKind, decode_entry
from mingdai_proofs.merkle import leaf_hashes, tree_root
from tests.conftest import NOON
from tests.gate.world import SECOND, kinds, make_person, publish

pytestmark = pytest.mark.django_db
ABOUT = About("C2026-0001", "ab" * 32)


def employ(login: str) -> Staff:
    return Staff.objects.create(login=login, role="compliance", created_at=NOON)


@pytest.fixture
def ticket() -> BulkTicket:
    asked = BulkRequest(UUID(int=1), ("mobile", "name"), "C2026-0001")
    return ask_for_bulk(employ("anna"), asked, at=NOON)


@pytest.fixture
def approved(ticket) -> BulkTicket:
    approve_bulk(ticket, employ("dora"), at=NOON)
    return ticket


@pytest.fixture
def everybody(db):
    return [make_person(), make_person(mobile="19900000002"), make_person(mobile="19900000003")]


def test_one_entry_commits_to_the_size_and_root_of_the_set(everybody, approved):
    read = begin_bulk_read(approved, ABOUT, at=NOON)

    entry = decode_entry(bytes(LedgerEntry.objects.get(kind=EntryKind.BULK_READ).data))
    data = bytes(read.records.data)
    records = [data[at : at + 64] for at in range(0, len(data), 64)]
    assert (entry.recipient, entry.fields) == ("staff", ("name", "mobile"))
    assert (entry.purpose, entry.basis, entry.route) == (
        "case_handling",
        "statutory_duty",
        "inside",
    )
    assert entry.detail == detail_commitment(bytes(read.detail_key), facts_of(read))
    assert facts_of(read)["count"] == 3 == len(records)
    assert facts_of(read)["root"] == tree_root(leaf_hashes(records)).hex()
    assert facts_of(read)["approver"] == f"staff:{approved.second_person_id}"
    assert facts_of(read)["list"] == ABOUT.list_sha256


def test_the_values_are_those_of_the_set_and_no_disclosure_of_one_borrower(everybody, approved):
    read = begin_bulk_read(approved, ABOUT, at=NOON)
    late = make_person(mobile="19900000004")

    opened = {each.borrower_id: each.versions for each in read_everybody(read)}

    assert set(opened) == {each.pk for each in everybody}
    assert late.pk not in opened
    assert {each.code for each in opened[everybody[0].pk]} == {"mobile", "name"}
    assert not Disclosure.objects.exists()


def test_a_run_that_was_broken_off_goes_on_under_the_same_entry(everybody, approved):
    first = begin_bulk_read(approved, ABOUT, at=NOON)
    keep(everybody[0], "mobile", "19900000009", at=NOON + SECOND)

    again = begin_bulk_read(approved, ABOUT, at=NOON + 2 * SECOND)

    values = [v.value for each in read_everybody(again) for v in each.versions]
    assert again == first
    assert "19900000009" not in values
    assert kinds() == ["BULK_READ"]


def test_without_a_second_person_nothing_is_read_and_the_refusal_is_an_entry(everybody, ticket):
    with pytest.raises(Refused, match=r"bulk\.no_second_person"):
        begin_bulk_read(ticket, ABOUT, at=NOON)

    assert kinds() == ["REFUSED"]
    assert not BulkRead.objects.exists()


def test_an_approval_that_the_table_does_not_hold_counts_for_nothing(everybody, ticket):
    ticket.second_person = employ("dora")

    with pytest.raises(Refused, match=r"bulk\.no_second_person"):
        begin_bulk_read(ticket, ABOUT, at=NOON)


def test_a_closed_ticket_reads_nothing(everybody, approved):
    close_bulk(approved, at=NOON)

    with pytest.raises(Refused, match=r"ticket\.closed"):
        begin_bulk_read(approved, ABOUT, at=NOON)

    assert kinds() == ["REFUSED"]


def test_the_log_with_a_bulk_read_verifies(everybody, approved):
    begin_bulk_read(approved, ABOUT, at=NOON)

    publish()

    assert LedgerEntry.objects.get(kind=EntryKind.BULK_READ).index is not None


def test_without_fields_nobody_is_in_the_set(everybody):
    asked = ask_for_bulk(employ("anna"), BulkRequest(UUID(int=1), (), "C2026-0001"), at=NOON)
    approve_bulk(asked, employ("dora"), at=NOON)

    read = begin_bulk_read(asked, ABOUT, at=NOON)

    assert (read.count, list(read_everybody(read))) == (0, [])
