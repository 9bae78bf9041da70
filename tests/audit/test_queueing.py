from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.audit.models import Audit
from mingdai.audit.queueing import (
    SILENCE,
    beat,
    cancel,
    claim,
    fail,
    finish,
    hand_back,
    recover,
    settle_cancelled,
)
from mingdai.errors import Refused
from tests.audit.audits import NOON, ordered

pytestmark = pytest.mark.django_db

State = Audit.State


@pytest.fixture(autouse=True)
def folder(data_folder):
    return data_folder


def state() -> str:
    return Audit.objects.get().state


def gone(_holder: str) -> bool:
    return True


def here(_holder: str) -> bool:
    return False


def test_an_audit_is_claimed_once():
    ordered()

    first, second = claim(holder="a:1", at=NOON), claim(holder="b:2", at=NOON)

    assert first is not None
    assert (first.holder, first.attempts, second) == ("a:1", 1, None)


def test_progress_is_kept_until_somebody_cancels():
    ordered()
    audit = claim(holder="a:1", at=NOON)
    audit.said, audit.steps, audit.hosts = "filled 手机号", 7, 2

    went_on = beat(audit, at=NOON)
    cancel(audit, at=NOON)

    assert went_on
    assert not beat(audit, at=NOON)
    assert Audit.objects.get().steps == 7
    settle_cancelled(audit, at=NOON)
    assert state() == State.CANCELLED


def test_one_that_waits_is_cancelled_at_once_and_none_twice():
    audit = ordered()
    cancel(audit, at=NOON)

    assert state() == State.CANCELLED
    assert claim(holder="a:1", at=NOON) is None
    with pytest.raises(Refused, match=r"audit\.over"):
        cancel(audit, at=NOON)


def test_a_lost_audit_is_walked_again_once_then_fails_with_a_reason():
    ordered()
    claim(holder="a:1", at=NOON)
    recover(is_gone=gone, at=NOON)
    after_first = state()
    claim(holder="a:2", at=NOON)
    recover(is_gone=gone, at=NOON)

    assert after_first == State.QUEUED
    assert state() == State.FAILED
    assert Audit.objects.get().failure == "audit.lost"


def test_a_lost_audit_that_was_to_be_cancelled_is_not_walked_again():
    ordered()
    audit = claim(holder="a:1", at=NOON)
    cancel(audit, at=NOON)

    recover(is_gone=gone, at=NOON)

    assert state() == State.CANCELLED


@pytest.mark.parametrize(("silence", "kept"), [(SILENCE, True), (SILENCE * 2, False)])
def test_a_holder_elsewhere_is_gone_after_a_long_silence(silence, kept):
    ordered()
    claim(holder="elsewhere:1", at=NOON)

    recover(is_gone=here, at=NOON + silence)

    assert (state() == State.RUNNING) is kept


def test_a_stop_on_purpose_does_not_count_as_a_start():
    ordered()
    hand_back(claim(holder="a:1", at=NOON))

    again = claim(holder="a:2", at=NOON + timedelta(seconds=1))

    assert again.attempts == 1


def test_who_lost_an_audit_can_no_longer_end_it():
    ordered()
    first = claim(holder="a:1", at=NOON)
    recover(is_gone=gone, at=NOON)
    claim(holder="a:2", at=NOON)

    first.verdict = "pass"

    assert not finish(first, at=NOON)
    fail(first, "audit.crashed", at=NOON)
    assert not beat(first, at=NOON)
    assert state() == State.RUNNING
