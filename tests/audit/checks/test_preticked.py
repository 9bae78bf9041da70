from mingdai.audit.checks.preticked import check
from mingdai.audit.visits import Box, Press
from tests.audit.checks.matter_of import matter, page, told


def box(**more):
    values = {"preticked": False, **more}
    return Box(1, 1, 2.0, "我已阅读并同意《隐私政策》", (), **values)


def test_a_box_that_stood_ticked_is_found():
    (remark,) = check(matter(boxes=(box(preticked=True),)))

    assert remark.is_violation
    assert "打开时已勾选" in remark.said.zh


def test_a_box_that_ticked_itself_is_found():
    assert "自行勾选" in told(check(matter(boxes=(box(self_ticked_at=9.0),))))[0]


def test_an_empty_box_is_fair():
    assert list(check(matter(boxes=(box(ticked_at=25.0),)))) == []


def test_a_press_of_agree_before_may_have_ticked_it():
    pressed = (Press(1, 1.0, "同意", "agree"),)

    assert list(check(matter(boxes=(box(preticked=True),), presses=pressed))) == []


def test_words_that_take_consent_for_granted_are_found():
    seen = matter(boxes=(), pages=(page("点击前已默认勾选用户协议"),))

    assert "默认勾选" in told(check(seen))[0]


def test_words_that_promise_not_to_are_fair():
    assert list(check(matter(boxes=(), pages=(page("本页面不会默认勾选任何协议"),)))) == []
