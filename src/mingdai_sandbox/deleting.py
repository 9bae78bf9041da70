"""Obey a notice that a grant ended: delete the values, and sign that they are deleted.

A notice deletes data, so it must be the platform's: signed with the key that signs manifests.  The
same notice again gets the same acknowledgement; one about an application that never came is
acknowledged as well, and keeps that application out if it comes later.
"""

from __future__ import annotations

from datetime import datetime

from mingdai_client.keying import signing_key
from mingdai_client.signing import acknowledge
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.notices import Notice
from mingdai_sandbox.answering import Answer, refuse, say
from mingdai_sandbox.receiving import Desk
from mingdai_sandbox.storing import Deletion


def obey(desk: Desk, body: bytes, *, at: datetime) -> Answer:
    """Answer one notice."""
    try:
        notice = Notice.open(body, desk.trust.manifest_key)
    except Flawed as flawed:
        return refuse(422, flawed.flaw.code, detail=flawed.flaw.reason)
    signed = acknowledge(
        signing_key(desk.lender.signing_seed),
        notice_id=notice.notice_id,
        disclosure_id=notice.disclosure_id,
    )
    deletion = Deletion(notice.notice_id, notice.disclosure_id, notice.kind, signed, at)
    return say(200, {"acknowledgement": desk.store.delete_values(deletion)})
