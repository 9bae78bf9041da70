import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_number_is_typed_on_the_pages_own_keypad_and_known_as_typed(flow):
    walked = flow("keypad", 1)

    assert any("keypad" in said for said in walked.said("fill"))
    assert {each.field for each in walked.visit.typed} == {"mobile", "name"}
    assert set(walked.got) == {
        (row["recipient_host"], row["field"])
        for row in walked.findings["egress"]
        if not row["first_party"]
    }


def test_lists_drawn_over_the_page_are_opened_and_chosen_from_one_after_the_other(flow):
    """The button has no words, and its authority is shown over the page: read, then accepted."""
    walked = flow("dropdowns", 1)

    assert [said for said in walked.said("choose") if said.startswith("chose 甲省 for Province")]
    assert [each.how for each in walked.visit.agreements] == ["shown"]
    assert walked.visit.presses[-1].by_press == walked.visit.presses[-1].text
    assert walked.visit.stop.code == "end"
