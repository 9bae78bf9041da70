"""Audits to order: one of the test world, and evidence folders as a walk leaves them."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from mingdai.audit.evidence import seal_folder
from mingdai.audit.models import Audit
from mingdai.audit.ordering import Wanted, evidence_of, order
from mingdai.audit.planting import made_up_person
from mingdai.words import ActorId

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACTOR = ActorId("staff:11111111-1111-1111-1111-111111111111")
FINDINGS = {
    "format": "mingdai-findings/1",
    "hops": [
        {"from_host": "a.test", "to_host": "b.test", "how": "form", "kind": "visitor"},
        {"from_host": "a.test", "to_host": "c.test", "how": "script", "kind": "data"},
    ],
    "egress": [
        {"recipient_host": "a.test", "field": "name", "first_party": True, "chain": ["plain"]},
        {
            "recipient_host": "c.test",
            "field": "mobile",
            "before_consent": True,
            "inferred": False,
            "chain": ["sha256"],
            "transport": "query",
        },
    ],
    "dark_patterns": ["preticked_consent"],
    "violation": True,
    "verdict": "fail",
    "checks": [
        {
            "check": "preticked",
            "severity": "high",
            "said": {"zh": "同意框预先打勾。", "en": "The consent box came ticked."},
            "fix": {"zh": "不要预先打勾。", "en": "Leave it unticked."},
            "law": [{"article": "个人信息保护法 14", "title": "自愿", "mark": "read"}],
            "evidence": [{"kind": "screenshot", "ref": "screenshots/001.png", "note": ""}],
        }
    ],
    "companies_named": [],
    "stop": {"code": "bank_card", "said": "asks for a bank card"},
    "unseen": [],
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540000000"
    "0049454e44ae426082"
)


def wanted(url: str = "http://shop.test/", **more: object) -> Wanted:
    return Wanted(url, made_up_person(os.urandom), **more)


def ordered(url: str = "http://shop.test/", *, partner_id: str | None = None, **more) -> Audit:
    """An audit in the queue."""
    return order(wanted(url, **more), partner_id=partner_id, actor=ACTOR, at=NOON)


def leave_evidence(audit: Audit, **changes: object) -> Path:
    """What a walk leaves that came to its end."""
    folder = evidence_of(audit)
    (folder / "screenshots").mkdir(parents=True)
    (folder / "screenshots/001.png").write_bytes(PNG)
    (folder / "downloads").mkdir()
    (folder / "downloads/001.apk").write_bytes(b"PK")
    (folder / "walk.log").write_text("  1 shop.test [open] opened\n", encoding="utf-8")
    (folder / "report.html").write_text("<!doctype html><title>r</title>", encoding="utf-8")
    (folder / "findings.json").write_text(json.dumps({**FINDINGS, **changes}), encoding="utf-8")
    seal_folder(folder)
    return folder
