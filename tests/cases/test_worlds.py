from __future__ import annotations

from datetime import timedelta

import pyarrow.parquet as pq
import pytest

from mingdai.cases.attributing import begin
from mingdai.cases.queueing import claim
from mingdai.cases.worlds import world_files
from mingdai.gate.models import Disclosure
from mingdai.vault.keeping import keep
from tests.cases.world import (
    LATER,
    NOON,
    asked,
    employ,
    hand_over,
    lenders,
    mobile,
    opened,
    people,
    received,
    staff_reads,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    return people(4)


def world(text: str = "手机,姓名,城市\n19900000000,示一一,甲州市\n19900000001,示一二,乙州市\n"):
    asked(received(opened(), text))
    with world_files(begin(claim(holder="here:1", at=LATER), at=LATER)) as files:
        tables = (pq.read_table(each).to_pylist() for each in (files.borrowers, files.ledger))
        return (*tables, files.copies)


def test_everybody_is_a_number_with_the_fields_that_were_asked_for(everybody):
    one, _ = lenders()
    hand_over(everybody[:2], one)

    borrowers, ledger, count = world()

    assert {each["mobile"] for each in borrowers} == {mobile(each) for each in range(4)}
    assert {each["id_no"] for each in borrowers} == {None}
    assert all("示例省" in each["city"] for each in borrowers)
    assert (count, {each["partner_id"] for each in ledger}) == (2, {"heyan-ml"})
    assert {each["fields"] for each in ledger} == {1 | 2 | 4 | 8 | 16 | 32}
    assert {(each["randomised"], each["decoy"]) for each in ledger} == {(0, 0)}


def test_a_copy_is_of_the_version_it_was_given(everybody):
    one, other = lenders()
    hand_over(everybody[:1], one)
    keep(everybody[0], "mobile", "19900000099", at=NOON + timedelta(hours=1))
    hand_over(everybody[:1], other, at=NOON + timedelta(hours=2))

    borrowers, ledger, _ = world()

    told = {(each["borrower_id"], each["version"]): each["mobile"] for each in borrowers}
    given = {each["partner_id"]: told[each["borrower_id"], each["version"]] for each in ledger}
    assert given == {"heyan-ml": mobile(0), "yunting": "19900000099"}


def test_employees_reads_are_copies_and_own_views_are_not(everybody):
    ben = employ("ben", "operator")
    staff_reads(everybody[:1], ben)
    Disclosure.objects.filter(fields=["name"]).update(recipient_kind="borrower")

    _, ledger, _ = world()

    assert [(each["partner_id"], each["fields"]) for each in ledger] == [(f"staff:{ben.pk}", 2)]


def test_what_never_left_is_nobodys_copy(everybody):
    one, _ = lenders()
    hand_over(everybody[:2], one)
    Disclosure.objects.filter(borrower=everybody[0]).update(sent_at=None, attempts=0)

    assert world()[2] == 1
