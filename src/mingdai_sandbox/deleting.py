"""Obey a notice that a grant ended: delete the values, and sign that they are deleted.

A notice deletes data, so it must be the platform's: signed over its exact bytes with the secret it
shares with this lender, the notice's id as the event id, not older than five minutes.  The same
notice again gets the same acknowledgement; one about an application that never came is
acknowledged as well, and keeps that application out if it comes later.
"""

from __future__ import annotations

import json
from datetime import datetime

from mingdai_client.keying import signing_key
from mingdai_client.signing import acknowledge
from mingdai_proofs.flaws import Flaw
from mingdai_proofs.webhooks import verify_webhook
from mingdai_sandbox.answering import Answer, refuse, say
from mingdai_sandbox.receiving import Desk
from mingdai_sandbox.storing import Deletion

KINDS = frozenset({"withdrawn", "erased"})
_MAX_TEXT = 64


def obey(desk: Desk, body: bytes, *, signature: str, at: datetime) -> Answer:
    """Answer one notice; `signature` is the `Mingdai-Signature` header, "" where there is none."""
    verdict = verify_webhook(
        [desk.lender.webhook_secret], header=signature, body=body, now_s=int(at.timestamp())
    )
    if isinstance(verdict, Flaw):
        return refuse(401, verdict.code, detail=verdict.reason)
    notice = _read(body)
    if notice is None:
        return refuse(422, "notice.malformed")
    notice_id, disclosure_id, kind = notice
    if verdict != notice_id:
        return refuse(401, "notice.other_id", detail="the signature is of another notice")
    signed = acknowledge(
        signing_key(desk.lender.signing_seed), notice_id=notice_id, disclosure_id=disclosure_id
    )
    given = desk.store.delete_values(Deletion(notice_id, disclosure_id, kind, signed, at))
    return say(200, {"acknowledgement": given})


def _read(body: bytes) -> tuple[str, str, str] | None:
    try:
        found = json.loads(body)
        texts = tuple(found[name] for name in ("notice_id", "disclosure_id", "kind"))
    except (ValueError, KeyError, TypeError):
        return None
    if not all(isinstance(each, str) and 0 < len(each) <= _MAX_TEXT for each in texts):
        return None
    return texts if texts[2] in KINDS else None
