from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from mingdai.errors import Refused, Unavailable
from mingdai.vault import rotating, wrapping
from mingdai.vault.guarding import seal_secret, unseal_secret
from mingdai.vault.keeping import keep, mobile_index
from mingdai.vault.models import SubjectKey
from mingdai.vault.opening import open_fields
from mingdai.vault.rotating import retire, rotate
from mingdai.vault.storing import hold
from mingdai.vault.wrapping import FileKeys
from tests.conftest import NOON
from tests.vault.people import make_borrower

LATER = datetime.now(UTC) + timedelta(hours=1)  # noqa: TID251 - the file's own clock


@pytest.fixture
def people(db):
    found = [make_borrower(f"1990000000{each}") for each in range(5)]
    for each in found:
        keep(each, "name", "张三", at=NOON)
    return found


def test_after_a_rotation_everything_opens_and_nothing_is_under_the_old_key(people):
    old = set(SubjectKey.objects.values_list("kek_id", flat=True))
    index, sealed = mobile_index("19900000001"), seal_secret(b"secret", "totp:1")

    rotated = rotate(batch=2)

    wrapping._platform_key.cache_clear()
    assert (rotated.data_keys, rotated.platform_keys) == (5, 2)
    assert set(SubjectKey.objects.values_list("kek_id", flat=True)) == {rotated.kek_id} != old
    assert all(open_fields(each.pk, ["name"], at=NOON) == {"name": "张三"} for each in people)
    assert mobile_index("19900000001") == index
    assert unseal_secret(sealed, "totp:1") == b"secret"


def test_a_rotation_that_was_broken_off_goes_on_under_the_same_key(people, settings):
    begun = FileKeys(settings.MINGDAI_KEYS).begin_era()
    rotating._rewrap(wrapping.provider(), begun, 2)

    rotated = rotate()

    assert rotated.kek_id == begun
    assert rotated.data_keys == 3


def test_each_finished_rotation_begins_a_new_era(people):
    assert rotate().kek_id != rotate().kek_id


def test_retiring_destroys_what_an_older_copy_of_the_database_would_need(people):
    copy = SubjectKey.objects.first()
    rotate()

    gone = retire(at=LATER)

    assert gone == [copy.kek_id]
    with pytest.raises(Unavailable, match=r"vault\.kek_missing"):
        wrapping.provider().unwrap(bytes(copy.wrapped), kek_id=copy.kek_id)
    assert open_fields(people[0].pk, ["name"], at=NOON) == {"name": "张三"}
    assert retire(at=LATER) == []


def test_a_key_that_still_wraps_something_is_not_retired(people, settings):
    FileKeys(settings.MINGDAI_KEYS).begin_era()

    with pytest.raises(Refused, match=r"vault\.kek_in_use"):
        retire(at=LATER)


def test_nothing_is_retired_while_a_writer_of_the_old_era_may_be_at_work(people):
    rotate()

    with pytest.raises(Refused, match=r"vault\.era_too_young"):
        retire(at=LATER - timedelta(hours=1))


def test_two_rotations_do_not_run_at_once(people, settings):
    with (
        hold(settings.MINGDAI_KEYS / "rotate.lock"),
        pytest.raises(Unavailable, match=r"vault\.busy"),
    ):
        rotate()


def test_an_erased_borrower_is_passed_over(people):
    SubjectKey.objects.filter(pk=people[0].pk).update(wrapped=None, destroyed_at=NOON)

    assert rotate().data_keys == 4


def test_the_environment_rotates_when_the_operator_puts_a_key_in_front(db, monkeypatch):
    old, new = (base64.b64encode(bytes([each]) * 32).decode() for each in (1, 2))
    monkeypatch.setenv("MINGDAI_KEK", old)
    borrower = make_borrower("19900000001")
    keep(borrower, "name", "张三", at=NOON)
    with pytest.raises(Refused, match=r"vault\.kek_in_environment"):
        rotate()

    monkeypatch.setenv("MINGDAI_KEK", f"{new},{old}")
    rotate()

    monkeypatch.setenv("MINGDAI_KEK", new)
    assert open_fields(borrower.pk, ["name"], at=NOON) == {"name": "张三"}
