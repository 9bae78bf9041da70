import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_frame_within_a_frame_is_moved_to_by_the_frame_around_it(flow):
    walked = flow("frameset", 1)

    hops = {(hop.from_host, hop.to_host) for hop in walked.visit.hops}
    assert walked.truth.hops <= hops
