import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_way_on_is_pressed_and_never_the_links_beside_it(walked):
    texts = {press.text for press in walked.visit.presses}

    assert texts.isdisjoint({"关于我们", "帮助中心", "《用户服务协议》"})
    assert walked.visit.presses[-1].outcome == "moved"


def test_a_question_over_the_page_is_answered_and_a_count_sat_out(flow):
    for story in ("split", "accordion"):
        walked = flow(story, 1)

        assert {(one.from_host, one.to_host) for one in walked.visit.hops} == walked.truth.hops
        assert walked.visit.stop.code == "end"
