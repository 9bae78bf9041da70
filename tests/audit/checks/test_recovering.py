import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.checks.recovering import masks_in, recover, recoveries

NUMBER = "19900012345"


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
def test_a_digest_beside_eight_digits_gives_the_number_away(name):
    digest = hashlib.new(name, NUMBER.encode()).hexdigest()

    found = recover(f'{{"m8":"{NUMBER[:8]}","h":"{digest}"}}')

    assert (found.value, found.digest, found.candidates) == (NUMBER, name, 1000)
    assert found.tries == 346
    assert found.milliseconds == pytest.approx(0.346)


def test_the_middle_of_an_md5_is_enough():
    digest = hashlib.md5(NUMBER.encode(), usedforsecurity=False).hexdigest()[8:24]

    assert recover(f"p=199****2345&k={digest}").value == NUMBER


def test_a_digest_alone_is_not_undone():
    assert recover(hashlib.sha256(NUMBER.encode()).hexdigest()) is None


def test_digits_of_another_number_undo_nothing():
    digest = hashlib.sha256(NUMBER.encode()).hexdigest()

    assert recover(f"19811122 {digest}") is None


def test_masks_are_read_in_their_spellings():
    assert masks_in("199****2345 198xxxx0001 20240101") == ["198****0001", "199****2345"]


@given(st.integers(0, 999))
def test_every_number_behind_eight_digits_comes_out(rest):
    value = f"19900012{rest:03}"
    digest = hashlib.sha256(value.encode()).hexdigest()

    assert next(recoveries([digest.upper()], ["19900012***"])).value == value
