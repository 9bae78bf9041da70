from hypothesis import given
from hypothesis import strategies as st

from mingdai.paper.measuring import width_of, wrapped


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=80))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(said):
    lines = wrapped(said, 90, 12)

    assert all(width_of(line, 12) <= 90 for line in lines)
    assert "".join("".join(lines).split()) == "".join(said.split())


def test_a_long_host_breaks_at_its_dots():
    assert wrapped("h5.long-name-of-a-company.example.test", 180, 12)[0] == "h5.long-name-of-a-"


def test_a_closing_mark_never_begins_a_line():
    assert all(not line.startswith("，") for line in wrapped("一二三四五，六七八九十，", 60, 12))
