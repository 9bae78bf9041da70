import base64

import pytest

from mingdai.audit.detecting.edging import is_framed
from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.detecting.inspecting import Detector
from mingdai.audit.detecting.requests import Request

MOBILE = b"19900012345"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"m=19900012345&x", True),
        (b"m=+8619900012345", True),
        (b"m=86-19900012345", True),
        (b"m=008619900012345", True),
        (b"id19900012345x", True),
        (b"m=119900012345", False),
        (b"m=199000123456", False),
        (b"m=18619900012345", False),
        (b"m=199-0001-2345", True),
        (b"m=199-0001-2345-6789", False),
    ],
)
def test_a_mobile_is_no_part_of_a_longer_number(seen, body, found):
    assert ("mobile" in seen(body)) is found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'"li.lei@mail.example.cn"', True),
        (b"LI.LEI@MAIL.EXAMPLE.CN", True),
        (b"write to li.lei@mail.example.cn.", True),
        (b"xli.lei@mail.example.cn", False),
        (b"a.li.lei@mail.example.cn", False),
        (b"li.lei@mail.example.cn.hk", False),
        (b"li.lei@mail.example.cnx", False),
        (b"li.lei@other.mail.example.cn", False),
    ],
)
def test_an_email_needs_other_characters_around_it(seen, body, found):
    assert ("email" in seen(body)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("浙江省杭州市西湖区示例路12号5栋601室", True),
        ("示例路12号", True),
        ("西湖区 示例路 12 号", True),
        ("浙江省杭州市西湖区", False),
        ("浙江省杭州市西湖区示例路121号", False),
        ("浙江省杭州市西湖区示例路13号", False),
        ("江苏省南京市鼓楼区示例路12号", False),
    ],
)
def test_an_address_needs_its_street_and_number(seen, text, found):
    assert ("address" in seen(text.encode())) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [("申请人王小明先生", True), ("王大小明", False), ("王明小", False), ("王某小明", False)],
)
def test_a_name_needs_its_characters_in_order_and_adjacent(seen, text, found):
    assert ("name" in seen(text.encode())) is found


def test_a_digit_next_to_a_framed_value_is_a_tag_and_not_a_digit(seen):
    body = b"\x0a\x0b" + MOBILE + b"2\x05hello"

    assert is_framed(body, 2, 13)
    assert "mobile" in seen(body)


def test_a_longer_number_inside_base64_is_another_number(seen):
    assert seen(b"d=OTE5OTAwMDEyMzQ1") == {}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"p=19900012&x", True),
        (b"[1,19900012,3]", True),
        (b"p=19900012.50", False),
        (b"p=19900012.50f1", True),
        (b"p=7.19900012", False),
        (b"p=199000123", False),
    ],
)
def test_eight_digits_beside_a_decimal_point_are_an_amount(seen, body, found):
    assert ("mobile" in seen(body)) is found


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["3{}", "{}3", "x-{}"])
def test_wide_text_read_at_the_wrong_place_loses_nothing(seen, charset, text):
    longer = text.format("19900012345" if "x" not in text else "li.lei@mail.example.cn")

    assert seen(base64.b64encode(longer.encode(charset))) == {}


def test_a_short_name_is_seen_in_hexadecimal_as_a_word_of_its_own(document):
    fields = {**document["fields"], "name": "王明"}
    short = Detector(parse_identity({**document, "fields": fields}))
    code = "王明".encode("gbk").hex().encode()

    def found(body):
        return [each.field for each in short.inspect(Request("r", "", body=body)).findings]

    assert found(b"n=" + code + b"&m=1") == ["name"]
    assert found(b"n=a" + code) == []
