from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.errors import Tampered
from mingdai.vault.committing import detail_for, subject_tag_for
from mingdai.vault.erasing import erase
from mingdai.vault.keeping import keep
from mingdai.vault.models import SealedField
from mingdai.vault.surveying import (
    RECORD_BYTES,
    TAG_BYTES,
    open_everybody,
    records_of,
)
from tests.conftest import NOON
from tests.vault.people import make_borrower

pytestmark = pytest.mark.django_db
ENTRY = bytes(range(16))
DAY = timedelta(days=1)
CODES = ("mobile", "name")


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


@pytest.fixture
def everybody():
    made = [make_borrower(f"1990000000{each}") for each in range(3)]
    for place, each in enumerate(made):
        keep(each, "mobile", f"1990000000{place}", at=NOON)
        keep(each, "name", "示例张三", at=NOON)
        keep(each, "address", "示例省示例市示例路一百号", at=NOON)
    return made


def tags(at=NOON) -> frozenset[bytes]:
    return frozenset(each[:TAG_BYTES] for each in records_of(CODES, ENTRY, at=at))


def values(**changes) -> dict:
    found = open_everybody(CODES, ENTRY, **{"tags": tags(), "at": NOON, **changes})
    return {each.borrower_id: [(v.code, v.value) for v in each.versions] for each in found}


def test_every_record_has_64_bytes_in_ascending_order(everybody):
    records = records_of(CODES, ENTRY, at=NOON)

    assert [len(each) for each in records] == [RECORD_BYTES] * 3
    assert records == sorted(records)


def test_a_record_is_a_persons_tag_and_a_commitment_to_the_versions_read(everybody):
    one = everybody[1].pk
    tag = subject_tag_for(one, ENTRY)

    opened = detail_for(one, ENTRY, {"fields": ["mobile/1", "name/1"]})

    assert tag + opened.commitment in records_of(CODES, ENTRY, at=NOON)


def test_records_of_two_entries_do_not_link(everybody):
    assert not set(records_of(CODES, ENTRY, at=NOON)) & set(records_of(CODES, bytes(16), at=NOON))


def test_exactly_the_fields_asked_for_are_opened(everybody):
    found = values()

    assert found[everybody[1].pk] == [("mobile", "19900000001"), ("name", "示例张三")]
    assert len(found) == 3


def test_all_versions_kept_by_then_come_in_order(everybody):
    keep(everybody[0], "name", "示例李四", at=NOON + DAY)

    assert len(values()[everybody[0].pk]) == 2
    later = values(tags=tags(NOON + DAY), at=NOON + DAY)[everybody[0].pk]
    assert [value for code, value in later if code == "name"] == ["示例张三", "示例李四"]


def test_who_is_not_in_the_set_is_not_opened(everybody):
    known = tags()
    latest = make_borrower("19900000009")
    keep(latest, "mobile", "19900000009", at=NOON)

    assert latest.pk not in values(tags=known)


def test_who_was_erased_meanwhile_is_left_out(everybody):
    known = tags()
    erase(everybody[2], at=NOON)

    assert set(values(tags=known)) == {everybody[0].pk, everybody[1].pk}


def test_what_is_kept_no_more_is_in_no_set(everybody):
    assert records_of(CODES, ENTRY, at=NOON + 400 * DAY) == []
    assert records_of(CODES, ENTRY, at=NOON - DAY) == []
    assert records_of((), ENTRY, at=NOON) == []


def test_a_changed_row_is_noticed(everybody):
    row = SealedField.objects.filter(code="name").order_by("pk").first()
    row.sealed = bytes(row.sealed)[:-1] + b"\x00"
    row.save()

    with pytest.raises(Tampered, match=r"vault\.sealed_field"):
        values()
