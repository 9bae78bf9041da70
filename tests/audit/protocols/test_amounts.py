from mingdai.audit.protocols.amounts import cost_of, judge
from tests.audit.protocols.calls_of import call, codes

PLAN = [
    {"type": "capital", "amount": 250000, "dueDate": "2026-02-01"},
    {"type": "interest", "amount": 5000, "dueDate": "2026-02-01"},
]
FEE = {"type": "serviceFee", "amount": 3000, "dueDate": "2026-02-01"}


def test_the_full_amount_paid_out_is_clean():
    rows = [call(appId="1", finalLimit=30000), call(2, appId="1", disbAmount=30000)]

    assert codes(judge(rows)) == []


def test_a_payout_of_another_application_is_not_compared():
    rows = [call(appId="1", finalLimit=30000), call(2, appId="2", disbAmount=100)]

    assert codes(judge(rows)) == []


def test_a_service_fee_raises_the_annual_cost():
    bare, whole = (cost_of(call(), rows) for rows in (PLAN, [*PLAN, FEE]))

    assert bare.simple_pct < whole.simple_pct
    assert codes(judge([call(planList=[*PLAN, FEE])])) == ["fee_outside_rate"]


def test_a_plan_that_makes_no_loan_costs_nothing():
    assert cost_of(call(), [FEE]) is None


def test_a_rate_with_its_unit_is_clean():
    assert codes(judge([call(finalRate=0.2399, rateUnit="fraction")])) == []


def test_a_gender_that_disagrees_with_the_id_is_named():
    assert codes(judge([call(sex="2", idNumber="999999199001010016")])) == ["gender_disagrees"]
    assert codes(judge([call(gender=1, idCard="999999199001010016")])) == []
