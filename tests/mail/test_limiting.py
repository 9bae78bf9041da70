from __future__ import annotations

from mingdai.mail.limiting import FORGET_AFTER, Peers


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def peers(clock: Clock, per_minute: int = 60, connections: int = 2) -> Peers:
    return Peers(per_minute=per_minute, connections=connections, clock_s=clock)


def test_an_allowance_is_used_up_and_refills_evenly():
    clock = Clock()
    limit = peers(clock, per_minute=3)

    assert [limit.take("a") for _ in range(4)] == [True, True, True, False]
    clock.now = 20.0
    assert [limit.take("a") for _ in range(2)] == [True, False]
    assert limit.take("b")


def test_an_allowance_never_grows_beyond_its_burst():
    clock = Clock()
    limit = peers(clock, per_minute=2)
    limit.take("a")
    clock.now = 3600.0

    assert [limit.take("a") for _ in range(3)] == [True, True, False]


def test_connections_are_counted_in_and_out():
    limit = peers(Clock())

    assert [limit.enter("a") for _ in range(3)] == [True, True, False]
    limit.leave("a")
    assert limit.enter("a")
    assert limit.enter("b")


def test_peers_that_left_long_ago_are_forgotten():
    clock = Clock()
    limit = peers(clock)
    for number in range(FORGET_AFTER):
        limit.take(str(number))
    clock.now = 120.0
    limit.take("new")

    assert len(limit._allowed) == 1
