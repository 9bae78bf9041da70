from __future__ import annotations

import pytest

from mingdai.cases.models import Attribution, FoundList
from mingdai.cases.opening import close_case
from mingdai.cases.requesting import approve, ask
from mingdai.errors import Invalid, Refused
from mingdai.words import ActorId
from tests.cases.world import LATER, asked, chosen, employ, mobile, opened, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> FoundList:
    return received(opened(), f"{mobile(1)},示某某\n{mobile(2)},示某\n")


def test_asking_opens_a_bulk_ticket_for_exactly_the_fields_of_the_columns(row):
    found = ask(row, {0: ["mobile"], 1: []}, staff=employ("anna"), at=LATER)

    assert found.ticket.fields == ["mobile"]
    assert found.mapping == {"mobile": [0]}
    assert (found.ticket.reason, found.ticket.subject_id) == (row.case.number, row.case_id)
    assert found.state == Attribution.State.WAITING


def test_the_second_person_puts_it_into_the_queue(row):
    found = ask(row, chosen(row), staff=employ("anna"), at=LATER)

    approve(found, staff=employ("dora"), at=LATER)

    assert (found.state, found.ticket.second_person.login) == (Attribution.State.QUEUED, "dora")


def test_whoever_asked_leaves_it_waiting(row):
    found = ask(row, chosen(row), staff=employ("anna"), at=LATER)

    with pytest.raises(Refused, match=r"bulk\.same_person"):
        approve(found, staff=employ("anna"), at=LATER)

    found.refresh_from_db()
    assert found.state == Attribution.State.WAITING


def test_no_column_is_nothing_to_compare(row):
    with pytest.raises(Invalid, match=r"list\.no_columns"):
        ask(row, {0: [], 1: []}, staff=employ("anna"), at=LATER)


@pytest.mark.parametrize("roles", [["name"], ["amount"], ["time"]])
def test_a_column_that_singles_nobody_out_is_not_enough(row, roles):
    with pytest.raises(Invalid, match=r"list\.no_key"):
        ask(row, {0: roles}, staff=employ("anna"), at=LATER)


def test_a_list_is_asked_about_once_at_a_time(row):
    asked(row)

    with pytest.raises(Refused, match=r"list\.asked"):
        asked(row)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "deleted"}, r"list\.deleted"),
        ({"state": "received"}, r"list\.unread"),
        ({"thinned_at": LATER}, r"list\.thinned"),
    ],
)
def test_a_list_that_is_not_ready_is_refused(row, change, code):
    FoundList.objects.update(**change)

    with pytest.raises(Refused, match=code):
        ask(row, {0: ["mobile"]}, staff=employ("anna"), at=LATER)


def test_a_closed_case_approves_nothing(row):
    found = ask(row, chosen(row), staff=employ("anna"), at=LATER)
    close_case(row.case, actor=ActorId("system"), at=LATER)

    with pytest.raises(Refused, match=r"case\.closed"):
        approve(found, staff=employ("dora"), at=LATER)
