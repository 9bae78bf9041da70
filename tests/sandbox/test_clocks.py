import time
from datetime import timedelta

from mingdai_sandbox.clocks import read_clock


def test_the_clock_is_aware_and_in_utc():
    now = read_clock()

    assert now.utcoffset() == timedelta(0)
    assert abs(now.timestamp() - time.time()) < 5
