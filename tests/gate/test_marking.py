from hypothesis import given
from hypothesis import strategies as st

from mingdai.gate.marking import ALIAS_BITS, mark

VALUES = st.dictionaries(st.sampled_from(["name", "mobile", "address"]), st.text(max_size=9))


@given(VALUES)
def test_without_an_email_the_copy_is_the_values_and_carries_no_bit(values):
    copy = mark(values, alias="x@alias.example")

    assert (copy.values, copy.bits) == (values, 0.0)


@given(VALUES)
def test_only_the_email_changes_and_the_bits_are_those_of_the_alias(values):
    copy = mark({**values, "email": "real@mail.example"}, alias="x@alias.example")

    assert copy.values == {**values, "email": "x@alias.example"}
    assert copy.bits == ALIAS_BITS


def test_without_an_alias_the_email_goes_out_unmarked():
    copy = mark({"email": "real@mail.example"}, alias="")

    assert (copy.values["email"], copy.bits) == ("real@mail.example", 0.0)
