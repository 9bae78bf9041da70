from mingdai.audit.checks import CHECKS
from mingdai.audit.checks.remarks import DARK_PATTERNS
from mingdai.audit.detecting.findings import CONFIDENCE
from mingdai.audit.detecting.identity import Kind
from mingdai.audit.reporting import naming
from mingdai.audit.reporting.wording import Words
from mingdai.audit.walking.stopping import REASONS

ZH, EN = Words("zh"), Words("en")


def test_every_code_of_the_auditor_has_a_name():
    assert [each for each in REASONS if naming.stop(each, "", ZH) == ""] == []
    assert [each for each in DARK_PATTERNS if naming.pattern(each, ZH) == each] == []
    codes = [each.RULE.check for each in CHECKS]
    assert [each for each in codes if naming.check(each, ZH) == each] == []
    assert [each for each in CONFIDENCE if naming.form(each, ZH) == each] == []


def test_a_code_nobody_knows_is_shown_as_it_is():
    assert naming.pattern("new_one", ZH) == "new_one"
    assert naming.way("teleport", "", ZH) == "teleport"
    assert naming.stop("new", "so it was said", ZH) == "so it was said"


def test_fields_are_called_by_their_kind():
    assert naming.field_name("sjh", Kind.MOBILE, ZH) == "手机号"
    assert naming.field_name("income", Kind.TEXT, EN) == "income"


def test_the_walks_log_is_told_in_chinese_too():
    said = "filled 手机号 (mobile) by label with the planted value"

    assert naming.step(said, ZH) == "在“手机号”填入植入的 mobile（依据 label）"
    assert naming.step(said, EN) == said
    assert (
        naming.step("pressed 立即申请 (box 1 left unticked)", ZH)
        == "按下“立即申请”（同意框 1 未勾选）"
    )
    assert naming.step("something new", ZH) == "something new"
