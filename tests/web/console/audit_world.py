"""Audits as the console meets them: ordered, walked, recorded."""

from __future__ import annotations

import threading

from django.utils import timezone

from mingdai.audit import queueing
from mingdai.audit.conducting import LOG
from mingdai.audit.models import Audit
from mingdai.audit.ordering import folder_of
from mingdai.cli.auditor import work_once
from tests.audit.audits import leave_evidence, ordered

NEVER = threading.Event()


def audited(**changes: object) -> Audit:
    """An audit that came to its end and is recorded."""
    audit = ordered()
    leave_evidence(audit, **changes)
    assert work_once("here:1", NEVER)
    audit.refresh_from_db()
    assert audit.state == Audit.State.DONE, audit.failure
    return audit


def running() -> Audit:
    """An audit that is being walked, elsewhere; one step was made."""
    ordered()
    audit = queueing.claim(holder="elsewhere:1", at=timezone.now())
    said = "  1 shop.test  filled 手机号 (mobile) by label with the planted value\n"
    (folder_of(audit) / LOG).write_text(said, encoding="utf-8")
    audit.steps, audit.hosts = 1, 1
    queueing.beat(audit, at=timezone.now())
    return audit
