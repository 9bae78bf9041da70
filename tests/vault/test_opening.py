from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from mingdai.errors import Refused, Tampered
from mingdai.vault.keeping import FIELD_DAYS, REPLACED_DAYS, keep
from mingdai.vault.models import SealedField, SubjectKey
from mingdai.vault.opening import age_of, open_fields
from tests.conftest import NOON
from tests.vault.people import VALUES, id_number, make_borrower

DAY = timedelta(days=1)


def test_what_was_kept_is_opened_and_nothing_beside_it(borrower):
    for code, value in VALUES.items():
        keep(borrower, code, value, at=NOON)

    assert open_fields(borrower.pk, list(VALUES), at=NOON) == VALUES
    assert open_fields(borrower.pk, ["name"], at=NOON) == {"name": VALUES["name"]}
    assert open_fields(borrower.pk, [], at=NOON) == {}


def test_a_field_that_is_not_kept_refuses_all(borrower):
    keep(borrower, "name", "张三", at=NOON)

    with pytest.raises(Refused, match=r"vault\.missing_field.*email"):
        open_fields(borrower.pk, ["name", "email"], at=NOON)


def test_a_stranger_has_nothing_to_open(db):
    with pytest.raises(Refused, match=r"vault\.no_subject"):
        open_fields(uuid4(), ["name"], at=NOON)


def test_the_version_of_the_time_is_opened(borrower):
    keep(borrower, "name", "张三", at=NOON)
    keep(borrower, "name", "李四", at=NOON + DAY)

    assert open_fields(borrower.pk, ["name"], at=NOON)["name"] == "张三"
    assert open_fields(borrower.pk, ["name"], at=NOON + DAY)["name"] == "李四"


@pytest.mark.parametrize(("days", "opens"), [(FIELD_DAYS, False), (FIELD_DAYS - 1, True)])
def test_an_expired_field_does_not_open_even_before_the_sweep(borrower, days, opens):
    keep(borrower, "name", "张三", at=NOON)

    if opens:
        assert open_fields(borrower.pk, ["name"], at=NOON + days * DAY)
    else:
        with pytest.raises(Refused, match=r"vault\.missing_field"):
            open_fields(borrower.pk, ["name"], at=NOON + days * DAY)
    assert REPLACED_DAYS < FIELD_DAYS


@pytest.mark.parametrize(
    "change",
    [
        {"code": "employer"},
        {"version": F("version") + 1},
        {"sealed": b""},
        {"sealed": bytes(92)},
    ],
    ids=["another field", "another version", "emptied", "replaced"],
)
def test_a_row_that_was_moved_or_changed_is_tampered(borrower, change):
    keep(borrower, "name", "张三", at=NOON)
    SealedField.objects.update(**change)

    with pytest.raises(Tampered, match=r"vault\.sealed_field"):
        open_fields(borrower.pk, [change.get("code", "name")], at=NOON)


def test_a_field_moved_to_another_borrower_does_not_open_even_with_its_key(borrower):
    other = make_borrower("19900000002")
    keep(borrower, "name", "张三", at=NOON)
    wrapped = SubjectKey.objects.get().wrapped
    keep(other, "email", VALUES["email"], at=NOON)

    SealedField.objects.filter(code="name").update(borrower=other)
    SubjectKey.objects.filter(pk=other.pk).update(wrapped=wrapped)

    with pytest.raises(Tampered, match=r"vault\.sealed_field"):
        open_fields(other.pk, ["name"], at=NOON)


@given(place=st.integers(0, 91), bit=st.integers(0, 7))
@pytest.mark.django_db
def test_any_flipped_bit_of_a_sealed_field_is_noticed(place, bit):
    borrower = make_borrower(f"199{place:04}{bit:04}")
    row = keep(borrower, "name", "张三", at=NOON)
    changed = bytearray(row.sealed)
    changed[place] ^= 1 << bit
    SealedField.objects.filter(pk=row.pk).update(sealed=bytes(changed))

    with pytest.raises(Tampered):
        open_fields(borrower.pk, ["name"], at=NOON)


def test_the_age_comes_from_the_id_number_and_is_unknown_without_one(borrower):
    assert age_of(borrower.pk, date(2026, 11, 23), at=NOON) is None

    keep(borrower, "id_number", id_number("20081123"), at=NOON)

    assert age_of(borrower.pk, date(2026, 11, 22), at=NOON) == 17
    assert age_of(borrower.pk, date(2026, 11, 23), at=NOON) == 18
