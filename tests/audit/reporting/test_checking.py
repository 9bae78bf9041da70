from dataclasses import replace

from mingdai.audit.reporting.checking import check_rows
from mingdai.audit.reporting.concealing import Concealer
from mingdai.audit.reporting.wording import Words
from tests.audit.reporting.conftest import REMARK


def rows(bundle, language, checks):
    changed = replace(bundle, findings={**bundle.findings, "checks": checks})
    return list(check_rows(changed, Concealer(bundle.identity), Words(language)))


def test_a_row_has_severity_law_evidence_and_fix_in_its_language(bundle):
    zh, en = (rows(bundle, each, [REMARK])[0] for each in ("zh", "en"))

    assert (zh.title, zh.rank, zh.mark) == ("预先勾选同意", "严重", "▲")
    assert zh.law == ("个人信息保护法 第十四条 official text",)
    assert zh.evidence == ("步骤 3（看到勾选）",)
    assert (en.fix, en.said) == ("leave it unticked", "ticked in advance for 199****2345")


def test_the_gravest_comes_first_and_what_is_no_reproach_is_marked(bundle):
    info = {**REMARK, "severity": "info", "dark_pattern": None}

    found = rows(bundle, "zh", [info, {**REMARK, "severity": "medium"}, REMARK])

    assert [each.severity for each in found] == ["high", "medium", "info"]
    assert [each.is_reproach for each in found] == [True, True, False]


def test_a_bare_row_of_an_unknown_severity_is_shown_all_the_same(bundle):
    assert [each.severity for each in rows(bundle, "en", [{"check": "x", "severity": "?"}])] == [
        "info"
    ]


def test_an_audit_without_checks_has_no_rows(bundle):
    assert rows(bundle, "zh", None) == []
