import re

from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.detecting.needles import Edge, literal, quoted


@given(st.binary(min_size=1, max_size=40))
def test_quoted_bytes_match_themselves_and_hold_no_nul(data):
    pattern = quoted(data)

    assert b"\0" not in pattern
    assert re.fullmatch(pattern, data, re.DOTALL)


def test_a_literal_knows_its_length():
    needle = literal(("mobile", "19900012345"), b"19900012345", "plain", Edge.MOBILE)

    assert needle.length == 11
