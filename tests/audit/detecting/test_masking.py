import pytest


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("199****2345", "mobile"),
        ("199xxxx2345", "mobile"),
        ("199••••2345", "mobile"),
        ("+86199****2345", "mobile"),
        ("1990001****", "mobile"),
        ("199****2346", None),
        ("199****12345", None),
        ("19*******45", None),
        ("999999********123X", "idno"),
        ("999***********123X", None),
        ("li***@mail.example.cn", "email"),
        ("l***@mail.example.cn", None),
        ("li***@other.example.cn", None),
        ("王*明", "name"),
        ("王**明", None),
        ("**明", None),
    ],
)
def test_a_mask_counts_where_enough_is_shown_and_all_of_it_agrees(seen, text, field):
    found = seen(f'{{"v":"{text}"}}'.encode())

    assert set(found) == ({field} if field else set())


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("199****2345", "mobile"),
        ("999999********123X", "idno"),
        ("li***@mail.example.cn", "email"),
        ("xli***@mail.example.cn", None),
        ("li***@mail.example.cn.org", None),
        ("lo***@mail.example.cn", None),
        ("王*明", "name"),
        ("王*朋", None),
    ],
)
def test_a_mask_counts_backwards_by_the_same_rules(seen, text, field):
    found = seen(f'{{"v":"{text[::-1]}"}}'.encode())

    assert set(found) == ({field} if field else set())
    assert all(found[each].chain == ("reverse",) for each in found.keys() & {"name", "email"})


def test_a_mask_of_letters_needs_three_digits_before_it(seen):
    assert set(seen(b"v=1990001xxxx")) == {"mobile"}
    assert set(seen(b"v=199000123xx")) == {"mobile"}


def test_a_mask_says_how_many_numbers_are_left(seen):
    assert seen(b"m=199****2345")["mobile"].candidates_left == 10_000
