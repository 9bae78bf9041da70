import pytest

from mingdai.errors import Refused
from mingdai.gate.recalling import withdraw_grant
from mingdai.loans.applying import refuse, submit
from mingdai.loans.following import status_of, timeline
from mingdai.loans.models import Application
from mingdai.partners.models import Partner
from tests.loans.world import (
    AFTER,
    SUBMITTED,
    answers_to,
    approval,
    delivered,
    draft,
    payout,
    submitted,
    tell,
)


def test_every_step_stands_in_its_order_with_its_entry(shop, person):
    application = delivered(person)
    tell(application, "received")
    tell(application, "approved", approval(application))

    application.refresh_from_db()
    steps = timeline(application)

    assert [each.code for each in steps] == [
        "started",
        "cost_confirmed",
        "consented",
        "disclosed",
        "countersigned",
        "received",
        "approved",
    ]
    assert [each.code for each in steps if each.entry_id] == [
        "cost_confirmed",
        "consented",
        "disclosed",
        "countersigned",
    ]


def test_a_withdrawal_ends_an_open_application_but_not_a_paid_one(shop, person):
    application = delivered(person)
    tell(application, "received")
    tell(application, "approved", approval(application))
    application.refresh_from_db()
    paid = tell(application, "disbursed", payout(application))

    withdraw_grant(application.grant, at=AFTER)

    assert paid.refused == ""
    assert status_of(Application.objects.get()) == "disbursed"
    assert "withdrawn" in {each.code for each in timeline(Application.objects.get())}


def test_a_refusal_by_a_rule_says_which_and_is_no_withdrawal(shop, person):
    application = draft(person)
    Partner.objects.filter(pk=application.partner_id).update(status="suspended")
    with pytest.raises(Refused):
        submit(application, answers_to(application), at=SUBMITTED)

    application.refresh_from_db()
    steps = timeline(application)

    assert status_of(application) == "refused"
    assert [each.code for each in steps] == ["started", "cost_confirmed", "consented", "refused"]
    assert steps[-1].flags == ("recipient.suspended",)
    assert steps[-1].entry_id == bytes(application.grant.terminated_entry_id)


def test_what_became_of_the_delivery_shows_in_the_status(shop, person):
    application = submitted(person)
    seen = {}
    for state in ("queued", "sent", "countersigned", "dead", "cancelled"):
        application.disclosure.state = state
        seen[state] = status_of(application)

    assert seen == {
        "queued": "consented",
        "sent": "sent",
        "countersigned": "sent",
        "dead": "failed",
        "cancelled": "failed",
    }


def test_a_refused_event_and_a_forced_loan_carry_their_flag(shop, person):
    application = delivered(person)
    tell(application, "disbursed", payout(application))

    assert [each.flags for each in timeline(application) if each.code == "disbursed"] == [
        ("loan.forced",)
    ]


def test_a_refusal_to_agree_is_a_step(shop, person):
    application = refuse(draft(person), at=SUBMITTED)

    assert [each.code for each in timeline(application)] == [
        "started",
        "cost_confirmed",
        "declined",
    ]
