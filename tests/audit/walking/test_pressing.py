import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_way_on_is_pressed_and_never_the_links_beside_it(walked):
    texts = {press.text for press in walked.visit.presses}

    assert texts.isdisjoint({"关于我们", "帮助中心", "《用户服务协议》"})
    assert walked.visit.presses[-1].outcome == "moved"
