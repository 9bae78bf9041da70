import pytest

from mingdai.audit.walking.scenes import Scene
from mingdai.audit.walking.stopping import REASONS, says_finished, stop


@pytest.mark.parametrize(
    "text", ["您的申请已提交", "资料审核中，请保持手机畅通", "专属顾问将与您联系"]
)
def test_a_page_that_says_it_is_over_is_understood(text):
    assert says_finished(Scene("", "", text, (), ()))


def test_a_landing_page_is_no_end():
    assert not says_finished(Scene("", "", "最高可借 200000 元 立即申请", (), ()))


def test_every_reason_has_its_sentence():
    assert stop("face").said == REASONS["face"]


@pytest.mark.browser
@pytest.mark.slow
def test_a_bank_card_is_never_given(walked):
    assert walked.visit.stop.code == "bank_card"
    assert walked.visit.presses[-1].page < walked.visit.pages[-1].number
