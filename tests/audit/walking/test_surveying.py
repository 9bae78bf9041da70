import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_hidden_traps_are_not_filled_and_the_page_is_seen_as_a_person_sees_it(walked):
    assert "最高可借" in walked.visit.pages[0].text
    assert {each.role for each in walked.visit.asked if each.page == 1} >= {"mobile", "code"}


def test_a_shadow_root_shut_to_scripts_is_seen_as_a_person_sees_it(flow):
    walked = flow("sealed", 1)

    assert {each.role for each in walked.visit.asked} >= {"mobile", "name", "id_number", "job"}
    assert walked.visit.stop.code == "end"
