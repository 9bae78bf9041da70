import base64

import pytest

from mingdai.audit.protocols.calls import Call
from mingdai.audit.protocols.envelopes import judge, signature_of
from tests.audit.protocols.calls_of import MD5, call, codes

PEPPER = "demo"
BLOCK = bytes(range(128, 144))


def signed(scheme, **fields):
    sign = signature_of(scheme, fields, PEPPER)
    return Call(1, {**fields, "sign": sign}, secret=PEPPER)


def test_a_known_signature_verifies_and_an_unsigned_field_is_named():
    (row,) = judge([signed("joined", appKey="k", phoneMd5=MD5, timestamp="1", province="示例省")])

    assert (row.code, row.field) == ("unsigned_field", "province")


def test_a_wrong_signature_is_said_to_be_wrong():
    wrong = Call(1, {"appKey": "k", "sign": "0" * 32}, secret=PEPPER)

    assert codes(judge([wrong])) == ["signature_wrong"]


def test_sorted_parameters_fold_into_one_another():
    rows = judge([signed("sorted", a="1", b="2", timestamp="3")])

    assert "ambiguous_signature" in codes(rows)


def test_without_the_secret_only_missing_time_is_said():
    assert codes(judge([call(a="1", sign=MD5)])) == ["replayable"]
    assert codes(judge([call(a="1", timestamp="1", sign=MD5)])) == []


@pytest.mark.parametrize(("data", "found"), [
    (BLOCK * 3, ["ecb"]),
    (bytes(range(160, 208)), []),
    (b"plain words of an agreement, forty-eight bytes!!", []),
])  # fmt: skip
def test_equal_blocks_show_ecb(data, found):
    assert codes(judge([call(data=base64.b64encode(data).decode())])) == found


def test_different_messages_with_one_beginning_show_a_fixed_iv():
    rows = [call(n, data=base64.b64encode(BLOCK + bytes([200 + n]) * 7 + bytes(range(150, 175)))
            .decode()) for n in (1, 2)]  # fmt: skip

    assert codes(judge(rows)) == ["fixed_iv"]


def test_plain_http_is_a_defect():
    assert codes(judge([Call(1, {"a": "1"}, url="http://x.example.com/hit")])) == ["plain_http"]
