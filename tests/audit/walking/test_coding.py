import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_code_is_asked_for_after_the_number_and_is_no_consent(walked):
    first, *_ = walked.visit.presses

    assert first.kind == "code"
    assert walked.visit.typed[0].at < first.at
