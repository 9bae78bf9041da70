from mingdai.audit.checks.registry import parse_registry
from mingdai.audit.visits import Box, Link, Press
from tests.audit.checks.matter_of import agreement, matter, page
from tests.audit.visit_of import MOBILE, exchange

PRIVACY, LOAN = (
    Link("《隐私政策》", "http://www.one.test/p"),
    Link("《授权书》", "http://www.one.test/a"),
)


def test_a_box_covers_the_agreements_it_links_and_no_other():
    box = Box(1, 1, 2.0, "我已阅读并同意《隐私政策》", (PRIVACY,), preticked=False, ticked_at=25.0)
    texts = (agreement("隐私。", link=PRIVACY), agreement("授权。", link=LOAN))

    (consent,) = matter(boxes=(box,), agreements=texts).consents

    assert [each.text for each in consent.texts if each.kind == "agreement"] == ["隐私。"]


def test_a_press_that_says_it_is_consent_is_one():
    press = Press(1, 30.0, "下一步", "submit", by_press="点击即同意《隐私政策》")

    (consent,) = matter(boxes=(), presses=(press,)).consents

    assert (consent.box, consent.press) == (None, press)


def test_an_agreement_nobody_could_read_makes_the_consent_unreadable():
    box = Box(1, 1, 2.0, "同意", (PRIVACY,), preticked=False)

    (consent,) = matter(boxes=(box,), agreements=(agreement("", link=PRIVACY),)).consents

    assert not consent.readable


def test_a_press_with_the_box_unticked_is_no_act():
    sent = exchange(1, 21.0, "http://api.two.test/a", body=f"m={MOBILE}".encode())

    assert [act.press.at for act in matter(sent).acts] == [30.0]


def test_the_registry_says_who_runs_a_host():
    known = parse_registry({"companies": [{"name": "示例银行", "hosts": ["one.test"]}]})

    assert matter(pages=(page("页脚"),), registry=known).own_of("www.one.test") == ("示例银行",)


def test_ciphertext_is_kept_apart():
    blob = bytes(range(256)) * 4
    sent = exchange(1, 31.0, "http://api.two.test/a", method="POST", body=blob)

    assert matter(sent).findings == {}


def test_a_text_shown_beside_the_button_is_consented_to_by_that_press():
    link = Link("信息查询及使用授权书", "")
    shown = agreement("您授权示例云亭消费金融有限公司处理您的手机号。", how="shown", link=link)
    press = Press(1, 30.0, "同意授权", "agree", by_press="同意授权", links=(link,), outcome="moved")

    about = matter(agreements=(shown,), presses=(press,))

    assert "示例云亭" in about.acts[0].consents[-1].whole
