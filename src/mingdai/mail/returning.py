"""Settle what came back: bounces of our messages, and the borrower's answers to forwards.

An answer goes on only where it provably comes from the mailbox the forward went to: DMARC-aligned
and the same address by its keyed index.  Vacation notices and read receipts go nowhere.
"""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from mingdai.errors import Invalid, MingdaiError, Refused
from mingdai.gate.aliasing import address
from mingdai.gate.letters import open_at_the_door
from mingdai.gate.queueing import LEASE, back_off
from mingdai.mail.addressing import draw_token
from mingdai.mail.authenticating import Envelope, authenticate
from mingdai.mail.bouncing import Fate, read_bounce
from mingdai.mail.judging import PATIENCE, Checks
from mingdai.mail.models import Outgoing, Returned
from mingdai.mail.replying import Answering, compose_reply
from mingdai.mail.resolving import Silent
from mingdai.mail.sending import GIVE_UP, end
from mingdai.trace.letters import pack, unpack
from mingdai.trace.models import Letter
from mingdai.trace.parsing import Head, read_head
from mingdai.trace.sighting import HEAD_DAYS
from mingdai.vault.filing import Filing, file_blobs, forget_blobs
from mingdai.vault.keeping import keyed_index

BATCH = 16

logger = logging.getLogger("mingdai.mail")


def settle_returned(checks: Checks, *, at: datetime) -> int:
    """Settle what is due; how many were looked at."""
    rows = _claim(at)
    for row in rows:
        try:
            outcome = _bounce(row, at) if row.kind == Returned.Kind.BOUNCE else None
            outcome = outcome or _answer(row, checks, at)
        except Silent:
            _wait(row, at)
            continue
        except (Refused, Invalid) as refused:
            outcome = refused.code
            if row.kind == Returned.Kind.REPLY:
                _tell(row, outcome, at)
        except (MingdaiError, DatabaseError) as error:
            logger.warning("returned mail %s waits: %s", row.pk, type(error).__name__)
            continue
        _done(row, outcome, at)
    return len(rows)


def _claim(at: datetime) -> list[Returned]:
    with transaction.atomic():
        rows = (
            Returned.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("outgoing", "outgoing__letter", "outgoing__letter__alias")
            .filter(done_at=None, next_attempt_at__lte=at)
        )
        due = list(rows.order_by("next_attempt_at")[:BATCH])
        for row in due:
            row.attempts += 1
        Returned.objects.filter(pk__in=[row.pk for row in due]).update(next_attempt_at=at + LEASE)
    return due


def _bounce(row: Returned, at: datetime) -> str:
    """A failure ends the message, whatever its state was; a delay changes nothing."""
    fate = read_bounce(unpack(open_at_the_door(row.raw_id))[1])
    if fate is Fate.FAILED and row.outgoing.state != Outgoing.State.BOUNCED:
        end(row.outgoing, Outgoing.State.BOUNCED, problem=str(fate), at=at)
    return str(fate)


def _answer(row: Returned, checks: Checks, at: datetime) -> str:
    """Queue the borrower's answer, written anew."""
    packed, raw = unpack(open_at_the_door(row.raw_id))
    head = read_head(raw)
    if head.auto_submitted or not packed["mail_from"]:
        return "reply.automatic"
    _require_own(row, packed, raw, checks)
    letter = row.outgoing.letter
    if letter.head_id is None:
        return "reply.gone"
    theirs = Head.decode(open_at_the_door(letter.head_id))
    to = theirs.reply_to or theirs.sender
    if not to:
        return "reply.nobody"
    token = draw_token(secrets.token_bytes)
    answering = Answering(
        own=head.sender,
        alias=address(letter.alias),
        to=to,
        token=token,
        forward_token=row.outgoing.token,
        references=tuple(each for each in (theirs.message_id,) if each),
        at=at,
    )
    data = compose_reply(raw, answering)
    _queue(row, letter, token, pack({"to": to, "original_id": head.message_id}, data), at)
    return "reply.queued"


def _require_own(row: Returned, packed: dict[str, str], raw: bytes, checks: Checks) -> None:
    """Refuse an answer that does not provably come from the borrower's own mailbox."""
    sent = Envelope(packed["ip"], packed["helo"], packed["mail_from"])
    verdict = authenticate(raw, sent, resolver=checks.resolver, trusted=checks.trusted)
    sender = read_head(raw).sender
    own = bytes(row.outgoing.mailbox or b"")
    if not verdict.authenticated or not own or keyed_index("email", sender) != own:
        raise Refused(
            code="reply.not_yours",
            reason=f"returned mail {row.pk} does not provably come from the borrower's mailbox",
            remedy="answer from the mailbox that letters are passed on to",
        )


def _queue(row: Returned, letter: Letter, token: str, data: bytes, at: datetime) -> None:
    """Once for each answer, however often it is settled."""
    with transaction.atomic():
        if Outgoing.objects.filter(
            letter=letter, kind=Outgoing.Kind.REPLY, digest=bytes(row.digest)
        ).exists():
            return
        until = at + timedelta(days=HEAD_DAYS)
        [blob] = file_blobs([Filing(row.borrower_id, "reply", data, until)], at=at)
        Outgoing.objects.create(
            kind=Outgoing.Kind.REPLY,
            token=token,
            borrower_id=row.borrower_id,
            letter=letter,
            body=blob,
            digest=row.digest,
            queued_at=at,
            next_attempt_at=at,
            expires_at=at + GIVE_UP,
        )


def _tell(row: Returned, code: str, at: datetime) -> None:
    """The borrower reads on the letter's page why an answer did not go out."""
    Letter.objects.filter(pk=row.outgoing.letter_id).update(reply=code[:24], replied_at=at)


def _wait(row: Returned, at: datetime) -> None:
    """The DNS is silent: later again, and at last no proof."""
    if at - row.received_at >= PATIENCE:
        _tell(row, "reply.not_yours", at)
        _done(row, "reply.not_yours", at)
        return
    wait = back_off(row.attempts, rng=secrets.token_bytes)
    Returned.objects.filter(pk=row.pk).update(next_attempt_at=at + wait)


def _done(row: Returned, outcome: str, at: datetime) -> None:
    Returned.objects.filter(pk=row.pk).update(
        done_at=at, next_attempt_at=None, outcome=outcome[:40]
    )
    forget_blobs([row.raw_id], at=at)
