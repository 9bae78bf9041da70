import pytest

from mingdai.audit.walking.listening import WANTS_CONSENT


@pytest.mark.parametrize("words", ["请先阅读并同意相关协议", "请勾选同意协议", "您还未勾选"])
def test_a_page_that_wants_a_tick_is_understood(words):
    assert WANTS_CONSENT.search(words)


@pytest.mark.browser
@pytest.mark.slow
def test_what_the_page_said_is_kept_with_the_press(walked):
    told = [press.told for press in walked.visit.presses if press.outcome == "told"]

    assert any("同意" in words for words in told)
