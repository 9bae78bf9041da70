import pytest

from mingdai.audit.protocols.calls import Call, Seen
from mingdai.audit.protocols.fields import (
    has_consent,
    id_is_valid,
    is_precheck,
    kind_of,
    sex_of_id,
)
from tests.audit.protocols.calls_of import MD5, MOBILE, call


@pytest.mark.parametrize(("key", "value", "kind"), [
    ("q7", MOBILE, "mobile"),
    ("q8", "999999199001010016", "id_number"),
    ("q9", "999999199001010017", ""),
    ("encryptMobile", MD5, "digest"),
    ("sign", MD5, "signature"),
    ("phonePrefix", "19900000", "first8"),
    ("mobileMask", "199****0123", "mask"),
    ("cnName", "测试甲", "name"),
    ("zhima", 2, "profile"),
    ("applyIp", "192.0.2.10", "device"),
    ("contactList", "x", "contacts"),
    ("agreementHash", "abc", "consent"),
    ("orderStatus", "1", ""),
])  # fmt: skip
def test_a_field_is_known_by_key_and_value(key, value, kind):
    assert kind_of(Seen(key, key, value, "request")) == kind


def test_check_digit_and_sex_are_read_from_the_number():
    assert id_is_valid("999999199001010016")
    assert not id_is_valid("999999199001010017")
    assert sex_of_id("999999199001010016") == "male"


def test_a_digest_alone_is_a_precheck_and_a_plain_number_is_not():
    assert is_precheck(call(mobileMd5=MD5))
    assert not is_precheck(call(applyNo="a1", mobilePhone=MOBILE))
    assert is_precheck(Call(1, {"q": "1"}, name="撞库"))


def test_a_consent_is_known_in_the_body_or_a_header():
    assert has_consent(call(consentId="c1"))
    assert has_consent(Call(1, {}, headers={"Mingdai-Receipt": "r"}))
    assert not has_consent(call(consentId=""))
