from __future__ import annotations

import pytest
from django.utils.translation import override

from mingdai.audit.ordering import evidence_of
from mingdai.web.console.audit_telling import report_files, tell_findings, tell_steps
from tests.audit.audits import FINDINGS
from tests.web.console.audit_world import audited, running

pytestmark = pytest.mark.django_db


def test_findings_become_chain_matrix_and_checks_in_the_pages_language():
    with override("en"):
        told = tell_findings(audited())

    assert [hop["is_data"] for hop in told.hops] == [False, True]
    assert told.fields == ("name", "mobile")
    assert [host for host, _cells in told.third] == ["c.test"]
    assert told.third[0][1][0] is None
    assert told.third[0][1][1].mark == "before"
    assert [host for host, _cells in told.own] == ["a.test"]
    assert told.patterns == ("consent ticked in advance",)
    assert told.checks[0]["pictures"] == ["screenshots/001.png"]
    assert told.stop == "the page asks for a bank card"


def test_a_host_that_got_a_field_both_ways_got_it_before():
    row = FINDINGS["egress"][1]
    told = tell_findings(audited(egress=[{**row, "before_consent": False, "inferred": True}, row]))

    cell = told.third[0][1][0]
    assert (cell.mark, cell.inferred) == ("before", False)


def test_what_was_only_seen_is_no_reproach():
    row = {**FINDINGS["checks"][0], "severity": "info"}

    told = tell_findings(audited(checks=[row]))

    assert (told.checks, len(told.also)) == ((), 1)


def test_without_findings_there_is_nothing_to_tell():
    assert tell_findings(running()) is None


def test_the_walks_lines_are_said_in_the_pages_language():
    lines = [("-", "opened shop.test"), ("shop.test", "pressed 下一步")]

    assert tell_steps(lines) == [("", "打开 shop.test"), ("shop.test", "按下“下一步”")]
    with override("en"):
        assert tell_steps(lines)[1] == ("shop.test", "pressed 下一步")


def test_reports_in_the_pages_language_come_first():
    audit = audited()
    assert report_files(audit) == ["report.html"]
    assert (evidence_of(audit) / "report.html").exists()
