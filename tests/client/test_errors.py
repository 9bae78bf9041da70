from mingdai_client.errors import ApiProblem, ClientRefused


def test_a_refusal_shows_its_stable_code_first():
    refused = ClientRefused(code="receipt.missing", reason="the envelope has no receipt")

    assert str(refused) == "receipt.missing: the envelope has no receipt"
    assert refused.code == "receipt.missing"


def test_a_problem_keeps_status_code_and_when_to_come_back():
    problem = ApiProblem(status=429, code="rate.limited", title="slow down", retry_after_s=7)

    assert (problem.status, problem.code, problem.retry_after_s) == (429, "rate.limited", 7)
    assert "429 rate.limited" in str(problem)
