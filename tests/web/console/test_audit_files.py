from __future__ import annotations

import json

import pytest

from mingdai.audit.ordering import evidence_of
from mingdai.ledger.models import LedgerEntry
from mingdai_proofs.commitments import detail_commitment
from mingdai_proofs.entries import decode_entry
from tests.audit.audits import PNG, leave_evidence
from tests.web.console.audit_world import audited, running
from tests.web.console.staff_world import auditor

pytestmark = pytest.mark.django_db


def get(audit, name: str):
    """The answer, read to its end; a stream's bytes are its `body`."""
    answer = auditor().get(f"/console/audits/{audit.pk}/files/{name}")
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def test_a_picture_is_an_image_and_is_not_cached():
    answer = get(audited(), "screenshots/001.png")

    assert answer.body == PNG
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_the_report_runs_in_a_sandbox_without_scripts():
    policy = get(audited(), "report.html")["Content-Security-Policy"]

    assert "sandbox" in policy
    assert "allow-" not in policy
    assert "script" not in policy
    assert "default-src 'none'" in policy


def test_what_is_not_a_page_or_a_picture_is_text():
    answer = get(audited(), "findings.json")

    assert answer["Content-Type"].startswith("text/plain")
    assert "sandbox" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name",
    [
        "downloads/001.apk",
        "identity.json",
        "../identity.json",
        "screenshots/../../identity.json",
        "/etc/passwd",
        "screenshots/999.png",
        "",
    ],
)
def test_every_other_name_is_not_found(name):
    assert get(audited(), name).status_code == 404


def test_while_it_runs_only_pictures_are_shown():
    audit = running()
    (leave_evidence(audit) / "manifest.json").unlink()

    assert get(audit, "screenshots/001.png").status_code == 200
    assert get(audit, "findings.json").status_code == 404


def test_a_file_that_is_gone_is_not_found():
    audit = audited()
    (evidence_of(audit) / "findings.json").unlink()

    assert get(audit, "findings.json").status_code == 404


def test_the_opening_opens_the_ledger_entry():
    audit = audited()

    answer = auditor().get(f"/console/audits/{audit.pk}/opening/")
    opening = json.loads(answer.content)

    entry = LedgerEntry.objects.get(entry_id=bytes.fromhex(opening["entry_id"]))
    key = bytes.fromhex(opening["key"])
    assert detail_commitment(key, opening["detail"]) == decode_entry(bytes(entry.data)).detail
    assert opening["detail"]["manifest"] == audit.manifest_sha256


def test_an_audit_without_an_entry_has_no_opening():
    assert auditor().get(f"/console/audits/{running().pk}/opening/").status_code == 404
