from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.cases.models import Attribution, FoundList
from mingdai.cases.requesting import ask
from mingdai.cases.sweeping import sweep
from mingdai.cli.worker import duties
from tests.cases.world import LATER, asked, chosen, employ, mobile, opened, received

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def test_what_was_not_approved_within_seven_days_is_over():
    row = received(opened(), mobile(1))
    waiting = ask(row, chosen(row), staff=employ("anna"), at=LATER)
    queued = asked(received(opened(), mobile(2)))

    assert sweep(at=LATER + WEEK - timedelta(seconds=1)) == 0
    assert sweep(at=LATER + WEEK) == 2
    assert sweep(at=LATER + WEEK) == 0

    for each in (waiting, queued):
        each.refresh_from_db()
        assert (each.state, each.ticket.closed_at) == (Attribution.State.CANCELLED, LATER + WEEK)


def test_lists_go_on_their_day():
    received(opened(), mobile(1))

    sweep(at=LATER + 4 * WEEK)

    assert FoundList.objects.get().state == FoundList.State.DELETED


def test_the_worker_does_it():
    assert "sweep cases" in [each.name for each in duties(LATER)]
