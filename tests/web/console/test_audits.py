from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from mingdai.audit.models import Audit
from mingdai.web.console import audits
from tests.audit.audits import leave_evidence, ordered
from tests.web.console.audit_world import audited, running
from tests.web.console.staff_world import auditor, compliance, operator
from tests.web.world import publish, seed_demo

pytestmark = pytest.mark.django_db

LIST = "/console/audits/"


def page(client, audit: Audit) -> str:
    return client.get(f"{LIST}{audit.pk}/").content.decode()


def test_the_history_shows_state_verdict_counts_and_partner():
    seed_demo()
    audit = audited()
    Audit.objects.filter(pk=audit.pk).update(partner_id="yunting")

    html = operator().get(LIST).content.decode()

    assert "不通过" in html
    assert "已完成" in html
    assert 'href="/console/partners/yunting/"' in html


def test_the_history_of_one_partner_leaves_out_the_others():
    seed_demo()
    mine = ordered("http://mine.test/", partner_id="yunting")
    other = ordered("http://other.test/")

    html = compliance().get(f"{LIST}?partner=yunting").content.decode()

    assert str(mine.pk) in html
    assert str(other.pk) not in html


def test_the_history_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    for _ in range(3):
        ordered()
    client = compliance()

    with django_assert_max_num_queries(8):
        client.get(LIST)


def test_what_is_missing_on_this_machine_is_said(monkeypatch):
    monkeypatch.setattr(audits, "missing", lambda: ["audit.no_extra", "audit.no_chromium"])

    html = compliance().get(LIST).content.decode()

    assert "没有安装审计组件" in html
    assert "没有安装 Chromium" in html


def test_an_order_that_nobody_walks_is_noticed():
    audit = ordered()
    Audit.objects.update(ordered_at=timezone.now() - timedelta(minutes=5))
    client = compliance()

    assert "mingdai auditor" in client.get(LIST).content.decode()
    assert "mingdai auditor" in page(client, audit)


def test_a_running_audit_is_watched_step_by_step_and_picture_by_picture():
    audit = running()
    folder = leave_evidence(audit)
    (folder / "manifest.json").unlink()
    client = auditor()

    html = page(client, audit)
    part = client.get(f"{LIST}{audit.pk}/progress/")

    assert 'hx-trigger="every 2s"' in html
    assert "填入植入的 mobile" in html
    assert f"{LIST}{audit.pk}/files/screenshots/001.png" in part.content.decode()
    assert "HX-Refresh" not in part


def test_when_it_is_over_the_page_is_shown_anew():
    audit = audited()

    answer = auditor().get(f"{LIST}{audit.pk}/progress/")

    assert answer["HX-Refresh"] == "true"
    assert "hx-trigger" not in answer.content.decode()


def test_the_result_tells_chain_recipients_checks_and_the_entry():
    audit = audited()
    publish()

    html = page(auditor(), audit)

    assert 'data-verdict="fail"' in html
    assert "c.test" in html
    assert "同意前" in html
    assert "预先勾选同意" in html
    assert "同意框预先打勾。" in html
    assert audit.manifest_sha256 in html
    assert f"/receipts/{bytes(audit.entry_id).hex()}/" in html
    assert f"{LIST}{audit.pk}/files/report.html" in html


def test_an_operator_sees_the_verdict_and_none_of_the_evidence():
    audit = audited()

    html = page(operator(), audit)

    assert 'data-verdict="fail"' in html
    assert "/files/" not in html
    assert "同意框预先打勾。" not in html
    assert "/opening/" not in html


def test_a_failed_audit_says_why():
    audit = ordered()
    Audit.objects.update(state=Audit.State.FAILED, failure="audit.lost")

    assert "审计进程中断了两次" in page(operator(), audit)


def test_evidence_that_was_moved_away_leaves_the_verdict():
    audit = audited()
    (audits.evidence_of(audit) / "findings.json").unlink()

    html = page(auditor(), audit)

    assert 'data-verdict="fail"' in html
    assert "谁拿到了什么" not in html


def test_an_audit_is_stopped_by_a_press():
    audit = running()
    client = auditor()

    answer = client.post(f"{LIST}{audit.pk}/cancel/")

    audit.refresh_from_db()
    assert answer.url == f"{LIST}{audit.pk}/"
    assert audit.cancel_asked_at is not None
    assert "正在停止" in page(client, audit)


def test_an_audit_that_is_over_cannot_be_stopped():
    audit = audited()

    answer = auditor().post(f"{LIST}{audit.pk}/cancel/")

    assert answer.status_code == 403
    assert "audit.over" in answer.content.decode()
