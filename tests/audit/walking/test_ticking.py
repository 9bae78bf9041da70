import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_box_is_ticked_only_after_the_page_refused_to_go_on(walked):
    box = walked.visit.boxes[0]
    refused, *_ = [press for press in walked.visit.presses if press.unticked]

    assert not box.preticked
    assert refused.unticked == (box.number,)
    assert refused.at < box.ticked_at


def test_a_box_keeps_its_words_and_its_links(walked):
    box = walked.visit.boxes[0]

    assert "同意" in box.text
    assert [link.text for link in box.links] == ["《用户服务协议》"]


def test_a_line_that_ticks_itself_is_ticked_once_and_never_taken_for_a_link(flow):
    walked = flow("sheet", 1)

    assert len([each for each in walked.visit.boxes if each.ticked_at]) == 1
    assert walked.said("read") == []
    assert walked.visit.stop.code == "end"
