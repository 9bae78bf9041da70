import base64
import binascii

import pytest

from mingdai.audit.detecting.coding import coded
from mingdai.audit.detecting.identity import Kind, Planted

MOBILE = "19900012345"
EMAIL = "li.lei@mail.example.cn"
ID_NUMBER = "99999919900101123X"


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("mobile", base64.b32hexencode(MOBILE.encode())),
        ("email", base64.b85encode(EMAIL.encode())),
        ("email", base64.a85encode(EMAIL.encode())),
        ("idno", binascii.b2a_uu(ID_NUMBER.encode())),
        ("mobile", "".join(f"{each:08b}" for each in MOBILE.encode()).encode()),
        ("mobile", bytes(each ^ 0x5A for each in MOBILE.encode()).hex().encode()),
        ("mobile", b"DCxf8hSpgg5JhJt"),
        ("mobile", f"{int(MOBILE):x}".encode()),
        ("mobile", b"953ybsp"),
        ("mobile", int(MOBILE).to_bytes(8, "big")),
    ],
)
def test_a_value_in_a_code_of_its_own_is_seen(seen, field, body):
    assert field in seen(b'{"d":"' + body + b'"}')


def test_a_number_in_another_base_is_a_whole_word(seen):
    assert seen(b'{"d":"x953ybsp"}') == {}


def test_every_code_has_a_name_and_is_long_enough():
    planted = Planted("mobile", MOBILE, Kind.MOBILE)
    assert all(code.step and len(code.data) >= 5 for code in coded(planted, MOBILE))
