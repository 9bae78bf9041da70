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
