import pytest

from mingdai.audit.walking.walker import Limits


def test_a_walk_has_limits_unless_told_otherwise():
    assert (Limits().hops, Limits().seconds) == (8, 300.0)


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_is_left_under_observation(hidden):
    unload = [each for each in hidden.visit.exchanges if "/b/u1" in each.url]

    assert unload
    assert all(each.sent for each in unload)
