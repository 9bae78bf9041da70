from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.cases.deleting import path_of
from mingdai.cases.models import Attribution
from mingdai.cases.opening import checked_text, close_case, open_case, require_open
from mingdai.cases.queueing import claim
from mingdai.errors import Invalid, Refused
from mingdai.words import ActorId
from tests.cases.world import LATER, actor, asked, employ, mobile, opened, received

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = ActorId("system")


def test_numbers_count_up_within_a_year_of_shanghai():
    first, second = opened(), opened()
    later = open_case("再一次", actor=SYSTEM, at=LATER + timedelta(days=40))

    assert [each.number for each in (first, second, later)] == [
        "C2026-0001",
        "C2026-0002",
        "C2027-0001",
    ]


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("", r"case\.reason:"),
        ("x" * 301, r"case\.reason:"),
        ("他的电话是 19900000001", r"case\.reason_personal"),
        ("写给 a@b.example", r"case\.reason_personal"),
    ],
)
def test_a_reason_is_short_and_holds_no_number_or_address(reason, code):
    with pytest.raises(Invalid, match=code):
        open_case(reason, actor=SYSTEM, at=LATER)


def test_closing_deletes_lists_and_cancels_what_waits():
    case = opened()
    row = received(case, mobile(1))
    waiting = asked(row)

    close_case(case, actor=actor(employ("dora")), at=LATER)
    close_case(case, actor=SYSTEM, at=LATER + timedelta(days=1))

    row.refresh_from_db()
    waiting.refresh_from_db()
    assert (case.closed_at, case.closed_by) == (LATER, actor(employ("dora")))
    assert (row.salt, row.deleted_at, path_of(row.stowed).exists()) == (None, LATER, False)
    assert (waiting.state, waiting.ticket.closed_at) == (Attribution.State.CANCELLED, LATER)


def test_a_case_is_not_closed_under_a_running_attribution():
    case = opened()
    asked(received(case, mobile(1)))
    claim(holder="here:1", at=LATER)

    with pytest.raises(Refused, match=r"case\.running"):
        close_case(case, actor=SYSTEM, at=LATER)


def test_a_closed_case_takes_nothing_more():
    case = opened()
    close_case(case, actor=SYSTEM, at=LATER)

    with pytest.raises(Refused, match=r"case\.closed"):
        require_open(case)
    with pytest.raises(Refused, match=r"case\.closed"):
        received(case, mobile(1))


def test_outer_space_is_no_text():
    assert checked_text("  理由 ", most=5, code="x", field="x") == "理由"
