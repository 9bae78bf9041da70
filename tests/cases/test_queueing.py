from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.cases import queueing
from mingdai.cases.models import Attribution, FoundList
from mingdai.cases.receiving import receive
from mingdai.errors import Refused
from tests.cases.world import LATER, actor, arrival, asked, employ, mobile, opened, received

pytestmark = pytest.mark.django_db
State = Attribution.State
SECOND = timedelta(seconds=1)


def waiting(count: int = 1) -> list[Attribution]:
    case = opened()
    made = [asked(received(case, mobile(each))) for each in range(count)]
    for place, each in enumerate(made):
        Attribution.objects.filter(pk=each.pk).update(asked_at=LATER + place * SECOND)
    return made


def claimed(holder: str = "here:1") -> Attribution:
    return queueing.claim(holder=holder, at=LATER)


def test_what_waited_longest_comes_first_and_only_what_was_approved():
    first, second = waiting(2)
    Attribution.objects.filter(pk=first.pk).update(state=State.WAITING)

    row = claimed()

    assert (row.pk, row.holder, row.attempts, row.said) == (second.pk, "here:1", 1, "starting")
    assert claimed() is None


def test_a_list_is_looked_at_twice_at_the_most():
    case, anna = opened(), actor(employ("anna"))
    row = receive(case, [b"x,y\n1,2\n"], "a.csv", arrival(), actor=anna, at=LATER)

    tries = [queueing.claim_list(at=LATER) for _ in range(3)]

    row.refresh_from_db()
    assert [each.pk if each else None for each in tries] == [row.pk, row.pk, None]
    assert (row.state, row.failure) == (FoundList.State.FAILED, "list.lost")


def test_a_sign_of_life_counts_for_its_holder_alone():
    waiting()
    row = claimed()
    other = Attribution.objects.get()
    other.holder = "there:2"

    assert queueing.beat(row, at=LATER + SECOND)
    assert not queueing.beat(other, at=LATER + SECOND)


def test_a_lost_one_is_queued_again_once_and_then_fails():
    waiting()
    claimed()

    assert queueing.recover(is_gone=lambda _: True, at=LATER) == 1
    again = claimed("there:2")
    queueing.recover(is_gone=lambda _: False, at=LATER + timedelta(minutes=5))

    again.refresh_from_db()
    assert (again.attempts, again.state, again.failure) == (2, State.FAILED, "attribution.lost")
    assert again.ticket.closed_at is not None


def test_one_that_is_alive_is_left_alone():
    waiting()
    claimed()

    assert queueing.recover(is_gone=lambda _: False, at=LATER + SECOND) == 0


def test_one_that_is_handed_back_starts_as_if_never_begun():
    waiting()
    row = claimed()

    queueing.hand_back(row)

    row.refresh_from_db()
    assert (row.state, row.attempts, row.holder) == (State.QUEUED, 0, "")


def test_what_waits_is_cancelled_at_once_and_what_runs_at_the_next_step():
    first, second = waiting(2)
    row = claimed()

    queueing.cancel(second, at=LATER)
    queueing.cancel(row, at=LATER)
    assert not queueing.beat(row, at=LATER)
    queueing.settle_cancelled(row, at=LATER + SECOND)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.CANCELLED, State.CANCELLED)
    assert first.ticket.closed_at == LATER + SECOND
    with pytest.raises(Refused, match=r"attribution\.over"):
        queueing.cancel(first, at=LATER)


def test_a_step_is_said_by_its_holder():
    waiting()
    row = claimed()

    queueing.say(row, "matching")

    row.refresh_from_db()
    assert row.said == "matching"
