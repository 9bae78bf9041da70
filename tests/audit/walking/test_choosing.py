import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_selects_radios_chips_pickers_and_sliders_are_all_chosen(walked):
    assert len(walked.said("choose")) == 5


def test_a_card_that_goes_on_by_itself_is_chosen_page_by_page(flow):
    walked = flow("cards", 1)

    assert any("有房" in said for said in walked.said("choose"))
    assert walked.visit.stop.code == "end"


def test_an_answer_that_consents_is_chosen_only_once_the_page_asks_for_it(flow):
    """Before it, the way in by a code is taken where a password is wanted."""
    walked = flow("portal", 1)
    chosen = [step for step in walked.visit.steps if step.kind == "choose"]
    refused = [step for step in walked.visit.steps if step.kind == "hear"]

    assert "我同意以上授权书" in chosen[0].said
    assert refused[0].number < chosen[0].number
    assert walked.visit.presses[0].text.endswith("登录")
    assert walked.visit.stop.code == "end"
