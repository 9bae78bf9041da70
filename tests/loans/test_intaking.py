import pytest

from mingdai.errors import Invalid, Refused
from mingdai.gate.recalling import withdraw_grant
from mingdai.loans.following import status_of
from mingdai.loans.models import Application, Instalment, LoanEvent
from tests.gate.world import kinds, make_lender
from tests.loans.world import (
    AFTER,
    approval,
    delivered,
    drawn,
    payout,
    submitted,
    tell,
)


@pytest.fixture
def application(shop, person) -> Application:
    return delivered(person)


@pytest.fixture
def approved(application) -> Application:
    tell(application, "received", {"reference": "示例"})
    tell(application, "approved", approval(application))
    application.refresh_from_db()
    return application


def state(application: Application) -> str:
    return Application.objects.get(pk=application.pk).status


def test_an_application_goes_its_way_to_the_payout_and_the_end(approved):
    assert tell(approved, "disbursed", payout(approved)).refused == ""
    assert tell(approved, "repayment_plan", {"payments": approved.quoted["payments"]}).refused == ""
    assert tell(approved, "closed", {"reason": "settled_early"}).refused == ""

    assert state(approved) == "closed"
    assert Instalment.objects.count() == len(approved.quoted["payments"])
    assert kinds()[-2:] == ["DECIDED", "DISBURSED"]


def test_terms_as_quoted_have_no_drift(approved):
    assert approved.drift["worse"] == 0
    assert approved.drift["total_repaid_fen"] == 0
    assert approved.actual["simple_bps"] == approved.quoted["simple_bps"]


def test_terms_that_cost_more_than_quoted_are_drift(application):
    payments = [
        {**each, "interest_fen": each["interest_fen"] * 3 // 2, "fees_fen": 1000}
        for each in application.quoted["payments"]
    ]
    tell(application, "received")
    tell(application, "approved", approval(application, payments=payments))

    application.refresh_from_db()
    assert application.drift["worse"] == 1
    assert application.drift["simple_bps"] > 0
    assert application.drift["total_repaid_fen"] == sum(
        each["interest_fen"] * 3 // 2 - each["interest_fen"] + 1000
        for each in application.quoted["payments"]
    )


def test_a_payout_below_the_amount_is_drift(approved):
    net = approved.quoted["net_received_fen"] * 97 // 100
    tell(approved, "disbursed", payout(approved, net_fen=net))

    approved.refresh_from_db()
    assert approved.status == "disbursed"
    assert approved.drift["worse"] == 1
    assert approved.drift["net_received_fen"] < 0


def test_the_same_event_again_changes_nothing(application):
    first = tell(application, "received", event_id="e-1")
    again = tell(application, "received", event_id="e-1")

    assert first.pk == again.pk
    assert LoanEvent.objects.count() == 1


OUT_OF_ORDER = ["approved", "rejected", "need_documents", "repayment_plan", "closed"]


@pytest.mark.parametrize("kind", OUT_OF_ORDER)
def test_an_event_that_cannot_follow_is_recorded_as_refused_and_changes_nothing(application, kind):
    event = tell(application, kind, approval(application))

    assert event.refused == "event.out_of_order"
    assert state(application) == "consented"


def test_a_rejection_is_final(application):
    tell(application, "received")
    tell(application, "rejected", {"reason": "income_too_low"})

    assert tell(application, "approved", approval(application)).refused == "event.out_of_order"
    assert state(application) == "rejected"
    assert kinds()[-1] == "DECIDED"


def test_documents_may_be_asked_for_before_a_decision(application):
    tell(application, "received")
    tell(application, "need_documents", {"documents": ["income_proof"]})
    tell(application, "approved", approval(application))

    assert state(application) == "approved"


def test_a_lender_that_was_never_sent_anything_cannot_have_received_it(shop, person):
    application = submitted(person)

    assert tell(application, "received").refused == "event.never_sent"


FORCED = [
    ("never approved", "received", {}),
    ("without a draw", "approved", {"drawn_at": None}),
    ("of another amount", "approved", {"amount_fen": 20_000_00}),
]


@pytest.mark.parametrize(("_why", "last", "changes"), FORCED, ids=[each[0] for each in FORCED])
def test_a_payout_nobody_asked_for_is_a_forced_loan(application, _why, last, changes):
    tell(application, "received")
    if last == "approved":
        tell(application, "approved", approval(application))
    before = state(application)

    event = tell(application, "disbursed", payout(application, **changes))

    assert event.refused == "loan.forced"
    assert state(application) == before
    assert kinds()[-1] == "FORCED_LOAN"


def test_a_payout_after_withdrawal_is_a_forced_loan(approved):
    withdraw_grant(approved.grant, at=AFTER)

    assert tell(approved, "disbursed", payout(approved)).refused == "loan.forced"
    assert tell(approved, "repayment_plan", {"payments": []}).refused == "event.withdrawn"
    approved.refresh_from_db()
    assert status_of(approved) == "withdrawn"


def test_another_lender_can_say_nothing_of_it(application):
    other = make_lender("other-ml")

    with pytest.raises(Refused, match=r"event\.unknown_application"):
        tell(application, "received", partner=other)

    assert not LoanEvent.objects.exists()


BAD_TERMS = [
    {"net_fen": -1},
    {"net_fen": "1"},
    {"net_fen": True},
    {"net_fen": 0},
    {"payments": []},
    {"payments": "x"},
    {"payments": [{"due_on": "2026-02-30", "principal_fen": 1, "interest_fen": 1}]},
    {"payments": [{"due_on": "2020-01-01", "principal_fen": 1, "interest_fen": 1}]},
    {"payments": [[]]},
]


@pytest.mark.parametrize("changes", BAD_TERMS, ids=str)
def test_terms_that_are_no_terms_are_refused_whole(application, changes):
    tell(application, "received")

    with pytest.raises(Invalid, match=r"event\.terms"):
        tell(application, "approved", approval(application, **changes))

    assert LoanEvent.objects.count() == 1
    assert state(application) == "received"


@pytest.mark.parametrize("value", ["soon", drawn(AFTER)[:19], 7])
def test_a_draw_without_a_time_is_refused(approved, value):
    with pytest.raises(Invalid, match=r"event\.terms"):
        tell(approved, "disbursed", payout(approved, drawn_at=value))


def test_a_plan_sent_again_replaces_the_one_before(approved):
    payments = approved.quoted["payments"]
    tell(approved, "repayment_plan", {"payments": payments})
    tell(approved, "repayment_plan", {"payments": payments[:3]})

    assert Instalment.objects.count() == 3
    assert Instalment.objects.earliest("number").due_on.isoformat() == payments[0]["due_on"]
