import pytest

from mingdai.audit.detecting.identity import (
    Kind,
    is_declared,
    kind_of,
    national_mobile,
    parse_identity,
    seconds_of,
)
from mingdai.errors import Invalid


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("sjh", "19900012345", Kind.MOBILE),
        ("tel", "+86 199-0001-2345", Kind.MOBILE),
        ("idno", "99999919900101123x", Kind.ID_NUMBER),
        ("yx", "li.lei@example.cn", Kind.EMAIL),
        ("xm", "王小明", Kind.NAME),
        ("dz", "浙江省杭州市西湖区示例路12号", Kind.ADDRESS),
        ("bank_card", "6222020000000000000", Kind.DIGITS),
        ("company", "Example Works", Kind.TEXT),
    ],
)
def test_the_kind_is_read_from_the_value(name, value, kind):
    assert kind_of(name, value) is kind


def test_an_identity_without_fields_is_refused():
    with pytest.raises(Invalid, match=r"identity\.fields"):
        parse_identity({"fields": {}})


def test_lists_and_numbers_are_fields_too():
    identity = parse_identity({"fields": {"mobile": [19900012345, "19900054321"]}})

    assert [each.value for each in identity.planted] == ["19900012345", "19900054321"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (1_700_000_000, 1.7e9),
        (1_700_000_000_000, 1.7e9),
        ("2023-11-14T22:13:20Z", 1.7e9),
        ("2023-11-15T06:13:20+08:00", 1.7e9),
        ("1700000000", 1.7e9),
        (None, None),
        ("soon", None),
    ],
)
def test_a_time_may_be_seconds_milliseconds_or_iso(value, seconds):
    assert seconds_of(value) == seconds


def test_a_declared_parent_domain_covers_its_hosts_and_no_lookalike():
    declared = ("lender.example.cn",)

    assert is_declared("api.lender.example.cn", declared)
    assert not is_declared("evillender.example.cn", declared)
    assert not is_declared("example.cn", declared)


def test_a_declared_url_is_read_as_its_host():
    identity = parse_identity(
        {"fields": {"name": "王小明"}, "declared": ["https://*.Lender.example.cn:443/x"]}
    )

    assert identity.declared == ("lender.example.cn",)


def test_the_country_code_is_no_part_of_a_mobile():
    assert national_mobile("+86 199-0001-2345") == "19900012345"
