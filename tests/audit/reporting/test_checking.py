from dataclasses import replace

from mingdai.audit.reporting.checking import check_groups
from mingdai.audit.reporting.concealing import Concealer
from mingdai.audit.reporting.wording import Words
from tests.audit.reporting.conftest import REMARK


def groups(bundle, language, checks):
    changed = replace(bundle, findings={**bundle.findings, "checks": checks})
    return check_groups(changed, Concealer(bundle.identity), Words(language))


def test_a_group_has_severity_law_fix_and_what_was_seen_in_its_language(bundle):
    (zh,), (en,) = (groups(bundle, each, [REMARK]) for each in ("zh", "en"))

    assert (zh.title, zh.rank, zh.mark) == ("预先勾选同意", "严重", "▲")
    assert zh.law == ("个人信息保护法 第十四条 official text",)
    assert zh.seen[0].evidence == ("步骤 3（看到勾选）",)
    assert (en.fix, en.seen[0].said) == (
        ("leave it unticked",),
        "ticked in advance for 199****2345",
    )


def test_rows_of_one_check_stand_together_under_one_law(bundle):
    other = {**REMARK, "said": {"zh": "另一处。", "en": "another"}}

    (group,) = groups(bundle, "zh", [REMARK, other])

    assert [each.said for each in group.seen][1] == "另一处。"
    assert (len(group.law), group.fix) == (1, ("默认不勾选",))


def test_the_gravest_comes_first_and_what_is_no_reproach_is_marked(bundle):
    info = {**REMARK, "severity": "info", "dark_pattern": None}

    found = groups(bundle, "zh", [info, {**REMARK, "severity": "medium"}, REMARK])

    assert [each.severity for each in found] == ["high", "medium", "info"]
    assert [each.is_reproach for each in found] == [True, True, False]
    assert found[2].fix == ()


def test_fields_are_called_by_name_and_hosts_are_left_alone(bundle):
    row = {**REMARK, "said": {"zh": "向 sjh.spy.test 发送 sjh、idno", "en": "x"}}

    assert groups(bundle, "zh", [row])[0].seen[0].said == "向 sjh.spy.test 发送手机号、身份证号"


def test_requests_are_named_together(bundle):
    refs = [{"kind": "exchange", "ref": each, "note": "n"} for each in ("r7", "r8", "r7")]

    seen = groups(bundle, "en", [{**REMARK, "evidence": refs}])[0].seen[0]

    assert seen.evidence == ("request r7, r8",)


def test_a_bare_row_of_an_unknown_severity_is_shown_all_the_same(bundle):
    (group,) = groups(bundle, "en", [{"check": "x", "severity": "?"}])

    assert (group.severity, group.title) == ("info", "X")


def test_an_audit_without_checks_has_no_groups(bundle):
    assert groups(bundle, "zh", None) == []
