import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_walk_fills_presses_hears_ticks_and_presses_again(walked):
    kinds = [step.kind for step in walked.visit.steps if step.page == 1]

    assert kinds[-4:] == ["press", "hear", "tick", "press"]
