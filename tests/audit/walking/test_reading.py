import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_agreement_behind_the_box_is_read_outside_the_flow(walked):
    read = [each for each in walked.visit.agreements if each.link.text == "《用户服务协议》"]
    reading = [each for each in walked.visit.exchanges if each.purpose == "reading"]

    assert "示例科技有限公司" in read[0].text
    assert read[0].dead == ""
    assert reading
