import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_values_arrive_key_by_key_and_whole(walked):
    first_party = {r["field"] for r in walked.findings["egress"] if r["first_party"]}

    assert "mobile" in first_party
