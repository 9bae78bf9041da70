from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.consent.models import RelayConsent
from mingdai.consent.relaying import (
    RELAY_DAYS,
    TEXT,
    is_on,
    pause,
    setting_of,
    switch_off,
    switch_on,
)
from mingdai.consent.wording import keep_wording
from tests.conftest import NOON
from tests.gate.world import kinds, make_person

LATER = NOON + timedelta(days=1)


@pytest.fixture
def person(db, data_folder):
    return make_person()


def on(borrower, at=NOON) -> RelayConsent:
    wording = keep_wording(TEXT["zh-hans"], kind="relay", locale="zh-hans", at=at)
    return switch_on(borrower, wording=wording, at=at)


def test_switching_on_and_off_are_entries(person):
    on(person)

    assert switch_off(person, at=LATER) is True
    assert switch_off(person, at=LATER) is False
    assert setting_of(person.pk) is None
    assert kinds() == ["GRANTED", "WITHDRAWN"]


def test_switching_on_again_renews_the_one_setting(person):
    first, again = on(person), on(person, at=LATER)

    assert setting_of(person.pk) == again != first
    assert again.expires_at == LATER + timedelta(days=RELAY_DAYS)
    assert kinds() == ["GRANTED", "WITHDRAWN", "GRANTED"]


def test_a_setting_is_on_until_it_ends_or_is_paused(person):
    setting = on(person)

    assert is_on(setting, at=setting.expires_at - timedelta(seconds=1))
    assert not is_on(setting, at=setting.expires_at)
    assert not is_on(None, at=NOON)
    assert pause(person.pk, at=LATER) == 1
    assert pause(person.pk, at=LATER) == 0
    assert not is_on(setting_of(person.pk), at=LATER)


def test_both_languages_say_the_same_things():
    assert set(TEXT) == {"zh-hans", "en"}
    assert all("365" in text for text in TEXT.values())


def test_a_setting_says_its_kind_and_names_the_borrower_as_recipient(person):
    setting = on(person)

    assert str(setting) == f"relay consent {setting.pk}"
    assert setting.recipient_id == f"borrower:{person.pk}"
    assert (setting.carrier_id, setting.fields) == (None, ("email",))
