import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_selects_radios_chips_pickers_and_sliders_are_all_chosen(walked):
    assert len(walked.said("choose")) == 5


def test_a_card_that_goes_on_by_itself_is_chosen_page_by_page(flow):
    walked = flow("cards", 1)

    assert any("有房" in said for said in walked.said("choose"))
    assert walked.visit.stop.code == "end"
