import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from mingdai.audit.protocols.digests import judge
from tests.audit.protocols.calls_of import MD5, call, codes

NUMBERS = st.integers(0, 9999).map(lambda tail: f"1990000{tail:04}")


@settings(max_examples=20, deadline=None)
@given(NUMBERS, st.sampled_from(["md5", "sha1", "sha256"]))
def test_every_number_is_recovered_from_its_digest_and_eight_digits(number, name):
    digest = hashlib.new(name, number.encode()).hexdigest()

    (found,) = judge([call(phoneHash=digest, phonePrefix=number[:8])])

    assert (found.code, found.recovered) == ("hash_with_first8", number)


def test_digits_of_another_number_recover_nothing():
    assert codes(judge([call(mobileMd5=MD5, phonePrefix="18800000")])) == ["bare_hash"]


def test_a_signature_is_no_digest_of_a_person():
    assert codes(judge([call(sign=MD5)])) == []


def test_one_digest_at_two_parties_joins_them():
    rows = list(judge([call(1, to="a", mobileMd5=MD5), call(2, to="b", phoneMd5=MD5.upper())]))

    assert "universal_join_key" in codes(rows)


def test_a_list_of_digests_is_one_row():
    rows = judge([call(userMd5List=[MD5, "e5bc85e47e67dbc1f290beafee16afbe"])])

    assert codes(rows) == ["bare_hash"]
