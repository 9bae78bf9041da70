"""Whole jobs on the product's own database, from the sealed list to the judged result."""

from __future__ import annotations

import hashlib
import io

import pytest
from openpyxl import Workbook

from mingdai.accounts.bulk_ticketing import close_bulk
from mingdai.cases.attributing import begin
from mingdai.cases.models import Answer, Attribution, FoundList
from mingdai.cases.queueing import claim
from mingdai.cases.working import carry_out
from mingdai.gate.aliasing import address
from mingdai.gate.disclosing import read_for_staff
from mingdai.gate.models import Alias, BulkRead, Disclosure
from mingdai.ledger.models import LedgerEntry
from mingdai.loans.decoying import place_with_staff
from mingdai.trace.lists import ALWAYS
from mingdai_proofs.entries import EntryKind
from tests.cases.world import (
    FOUND,
    LATER,
    NOON,
    alias_of,
    asked,
    attributed,
    employ,
    hand_over,
    lenders,
    mobile,
    opened,
    people,
    received,
    staff_reads,
)
from tests.loans.test_decoying import CONTACT, sell

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    return people(12)


@pytest.fixture
def both(everybody):
    one, other = lenders()
    hand_over(everybody[:8], one)
    hand_over(everybody[4:], other)
    return one, other


def lines(everybody, lender, numbers) -> str:
    rows = [f"{mobile(each)},{alias_of(everybody[each], lender)}" for each in numbers]
    return "手机,邮箱\n" + "\n".join(rows) + "\n"


def test_aliases_of_one_lender_name_it_and_nobody_else(everybody, both):
    one, other = both
    row = received(opened(), lines(everybody, one, (0, 5, 6)))

    done = attributed(row)

    result = done.result
    assert (done.state, done.failure) == (Attribution.State.DONE, "")
    assert (result["accuse"], result["conclusion"]) == ([one.pk], "named")
    assert result["aliases"] == {"hits": {one.pk: 3}, "never_given": 0}
    assert result["always_candidates"] == list(ALWAYS)
    assert (result["rows"], result["matched"]) == (3, 3)
    assert result["names"][other.pk] == other.legal_name
    assert Answer.objects.get().recipient_id == one.pk


def test_the_same_people_without_an_alias_accuse_nobody(everybody, both):
    numbers = "\n".join(mobile(each) for each in range(4))

    result = attributed(received(opened(), numbers)).result

    assert result["accuse"] == []
    assert result["matched"] == 4
    assert not Answer.objects.exists()


def test_strangers_end_as_no_evidence_that_it_came_from_us(everybody, both):
    row = received(opened(), "\n".join(mobile(each) for each in range(500, 520)))

    result = attributed(row).result

    assert (result["conclusion"], result["matched"]) == ("none", 0)
    assert result["says"] == "no evidence that this came from us"


def test_an_alias_given_after_the_list_was_found_names_nobody(everybody, both):
    one, _ = both
    Disclosure.objects.update(disclosed_at=LATER)
    Alias.objects.update(minted_at=LATER)

    result = attributed(received(opened(), lines(everybody, one, (0, 5)))).result

    assert result["accuse"] == []


def test_an_alias_that_never_left_us_speaks_against_ourselves(everybody, both):
    one, _ = both
    text = lines(everybody, one, (0, 1))
    Disclosure.objects.filter(borrower=everybody[0]).update(sent_at=None, attempts=0)

    result = attributed(received(opened(), text)).result

    assert result["aliases"] == {"hits": {one.pk: 1}, "never_given": 1}


def test_an_employee_who_read_is_a_recipient_with_log_in_and_role(everybody, both):
    ben = employ("ben", "operator")
    staff_reads(everybody[:3], ben)

    result = attributed(received(opened(), "\n".join(mobile(each) for each in range(3)))).result

    known = result["header"]["recipients"][f"staff:{ben.pk}"]
    assert known == {"kind": "staff", "name": "ben", "role": "operator"}
    assert f"staff:{ben.pk}" in result["rank"]


def test_only_the_fields_the_columns_need_are_read(everybody, both):
    one, _ = both
    attributed(received(opened(), lines(everybody, one, (0,))))

    assert BulkRead.objects.get().fields == ["mobile"]


def test_a_list_of_nothing_but_aliases_reads_no_field(everybody, both):
    one, _ = both
    row = received(opened(), "\n".join(alias_of(everybody[each], one) for each in (0, 1)))

    done = attributed(row)

    assert done.result["accuse"] == [one.pk]
    assert (BulkRead.objects.get().fields, BulkRead.objects.get().count) == ([], 0)


def test_a_workbook_in_gb_and_masked_numbers_are_read(everybody, both):
    one, _ = both
    book = Workbook()
    book.active.append(["电话", "邮箱"])
    for each in (0, 1, 2):
        book.active.append(
            [mobile(each)[:3] + "****" + mobile(each)[7:], alias_of(everybody[each], one)]
        )
    data = io.BytesIO()
    book.save(data)

    result = attributed(received(opened(), data.getvalue(), "found.xlsx")).result

    assert result["accuse"] == [one.pk]
    assert result["rows"] == 3


def test_before_anybody_had_anything_only_we_can_be_meant(everybody):
    result = attributed(received(opened(), "\n".join(mobile(each) for each in range(3)))).result

    assert (result["conclusion"], result["rank"], result["rows"]) == ("none", [], 3)


def test_the_entry_is_there_before_a_value_is_opened_and_stays_the_only_one(everybody, both):
    row = received(opened(), mobile(0) + "\n" + mobile(1))
    wanted = asked(row)
    claimed = claim(holder="here:1", at=LATER)

    first = begin(claimed, at=LATER)
    carry_out(claimed, at=LATER)

    wanted.refresh_from_db()
    assert wanted.bulk_read == first
    assert LedgerEntry.objects.filter(kind=EntryKind.BULK_READ).count() == 1
    assert (
        first.facts["list"] == hashlib.sha256((mobile(0) + "\n" + mobile(1)).encode()).hexdigest()
    )


def test_without_its_ticket_nothing_is_read(everybody, both):
    wanted = asked(received(opened(), mobile(0)))
    close_bulk(wanted.ticket, at=LATER)

    carry_out(claim(holder="here:1", at=LATER), at=LATER)

    wanted.refresh_from_db()
    assert (wanted.state, wanted.failure) == (Attribution.State.FAILED, "ticket.closed")
    assert not BulkRead.objects.exists()


def test_no_number_of_the_list_and_no_field_stands_in_the_result(everybody, both):
    one, _ = both
    done = attributed(received(opened(), lines(everybody, one, (0, 5, 6))))

    text = str(done.result)
    assert mobile(0) not in text
    assert alias_of(everybody[0], one) not in text
    assert str(everybody[0].pk) not in text


def test_the_time_a_list_was_found_cuts_the_copies(everybody, both):
    row = received(opened(), mobile(0))

    done = attributed(row)

    assert done.result["header"]["found_at"] == FOUND.isoformat()
    assert FoundList.objects.get().found_at == FOUND


def test_a_decoy_of_one_employees_queue_names_that_employee(everybody, both):
    ben, eva = employ("ben", "operator"), employ("eva", "operator")
    staff_reads(everybody[:3], ben)
    staff_reads(everybody[:3], eva)
    sell(CONTACT)
    ticket = place_with_staff(ben, CONTACT.id, reason="回访", by=employ("anna"), at=NOON)
    seen = {
        code: read_for_staff(ticket, staff_id=ben.pk, code=code, at=NOON)
        for code in ("name", "mobile", "email")
    }
    text = f"姓名,手机,邮箱\n{seen['name']},{seen['mobile']},{seen['email']}\n"
    text += "".join(f"示某,{mobile(each)},\n" for each in range(3))

    result = attributed(received(opened(), text)).result

    assert result["accuse"] == [f"staff:{ben.pk}"]
    assert result["header"]["recipients"][f"staff:{ben.pk}"]["role"] == "operator"
    assert result["aliases"]["hits"] == {f"staff:{ben.pk}": 1}
    assert f"staff:{eva.pk}" in result["inputs"]["listed_and_held"]


def test_a_decoy_that_nobody_read_names_nobody(everybody, both):
    ben = employ("ben", "operator")
    sell(CONTACT)
    ticket = place_with_staff(ben, CONTACT.id, reason="回访", by=employ("anna"), at=NOON)
    alias = address(Alias.objects.get(borrower=ticket.borrower))

    result = attributed(received(opened(), f"{alias}\n")).result

    assert result["accuse"] == []
    assert result["aliases"] == {"hits": {}, "never_given": 1}
