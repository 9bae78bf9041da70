import hmac

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mingdai.gate.marking_codes import CUT, STEPS, Position, bias_of, bit_of

PLACES = st.builds(Position, st.text(max_size=9), st.text(max_size=9), st.text(max_size=9))


def keyed(key: bytes):
    return lambda message: hmac.digest(key, message, "sha256")


ONE, OTHER = keyed(b"1" * 32), keyed(b"2" * 32)


@given(PLACES)
def test_a_bias_stays_between_the_cuts_and_is_the_same_each_time(position):
    bias = bias_of(position, ONE)

    assert CUT * STEPS - 1 <= bias <= (1 - CUT) * STEPS + 1
    assert bias_of(position, ONE) == bias


@given(PLACES, st.text(max_size=9))
def test_a_bit_is_0_or_1_and_the_same_each_time(position, recipient):
    bit = bit_of(position, recipient, ONE)

    assert bit in (0, 1)
    assert bit_of(position, recipient, ONE) == bit


def test_biases_have_the_cut_arcsine_density():
    places = [Position("r", "address.width:0", str(each)) for each in range(4000)]
    biases = np.array([bias_of(each, ONE) for each in places]) / STEPS
    angles = np.arcsin(np.sqrt(np.sort(biases)))
    least = np.arcsin(np.sqrt(CUT))
    uniform = (angles - least) / (np.pi / 2 - 2 * least)

    assert np.abs(uniform - (np.arange(4000) + 0.5) / 4000).max() < 1.63 / 4000**0.5


def test_of_many_recipients_a_share_as_large_as_the_bias_has_a_one():
    for number in range(20):
        place = Position("r", "address.width:0", str(number))
        ones = sum(bit_of(place, f"p{each}", ONE) for each in range(1000))

        assert abs(ones / 1000 - bias_of(place, ONE) / STEPS) < 0.08


def test_records_places_values_recipients_and_keys_are_all_told_apart():
    base = [Position("r", "p", str(each)) for each in range(200)]
    others = [
        [bit_of(Position("s", "p", each.normal), "x", ONE) for each in base],
        [bit_of(Position("r", "q", each.normal), "x", ONE) for each in base],
        [bit_of(Position("r", "p", each.normal + "!"), "x", ONE) for each in base],
        [bit_of(each, "y", ONE) for each in base],
        [bit_of(each, "x", OTHER) for each in base],
    ]

    own = [bit_of(each, "x", ONE) for each in base]
    assert all(own != each for each in others)


def test_the_parts_of_a_position_cannot_run_into_each_other():
    assert Position("ab", "c", "d").encode() != Position("a", "bc", "d").encode()
    assert Position("a", "b", "c\0").encode() != Position("a", "b", "c").encode()
