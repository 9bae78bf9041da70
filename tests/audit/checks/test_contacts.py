from mingdai.audit.checks.contacts import PICKER, check
from mingdai.audit.visits import Box, Press
from tests.audit.checks.matter_of import matter, page

ASKS = "请授权访问您的通讯录"
FORCED = "forced_contacts_permission"


def pressed(*presses, text=ASKS, **more):
    return list(check(matter(pages=(page(text),), presses=presses, boxes=(), **more)))


def test_a_page_whose_refusal_leads_nowhere_forces():
    (remark,) = pressed(Press(1, 20.0, "暂不授权", "other", outcome="nothing"))

    assert (remark.severity or "high", remark.dark_pattern) == ("high", FORCED)
    assert ASKS in remark.said.zh
    assert remark.evidence[0].ref == "pages/001.txt"


def test_a_refusal_that_led_on_makes_it_an_offer():
    (remark,) = pressed(Press(1, 20.0, "跳过", "other", outcome="moved"))

    assert (remark.severity, remark.is_violation) == ("medium", False)


def test_a_page_that_asks_again_after_the_refusal_forces():
    remark, *_ = pressed(
        Press(1, 20.0, "跳过", "other", outcome="changed"),
        Press(1, 22.0, "允许访问通讯录", "agree", outcome="moved"),
    )

    assert remark.dark_pattern == FORCED
    assert remark.said.zh.startswith("页面索取通讯录，不给就不能继续")


def test_a_refusal_answered_by_a_threat_forces():
    told = "不授权通讯录无法继续申请"
    (remark,) = pressed(Press(1, 20.0, "跳过", "other", outcome="changed", told=told))

    assert remark.dark_pattern == FORCED


def test_a_typed_emergency_contact_and_a_promise_are_no_demand():
    assert pressed(text="请填写一位紧急联系人的电话") == []
    assert pressed(text="我们不会读取您的通讯录") == []


def test_a_box_that_had_to_be_ticked_for_it_forces():
    box = Box(1, 1, 2.0, "我同意授权读取我的通讯录", (), preticked=False, ticked_at=25.0)

    (remark,) = check(matter(boxes=(box,)))

    assert remark.dark_pattern == FORCED
    assert "读取我的通讯录" in remark.said.zh


def test_a_contact_picker_opened_again_forces_and_opened_once_does_not():
    once = ((21.0, "log", PICKER),)

    (offered,) = check(matter(console=once))
    (forced,) = check(matter(console=(*once, (23.0, "log", PICKER))))

    assert (offered.severity, offered.is_violation) == ("medium", False)
    assert (forced.severity, forced.is_violation) == ("high", True)
