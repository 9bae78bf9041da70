"""Judge queued letters: who provably sent them, and what that makes of them.

A letter is claimed for `LEASE`, so that a killed run leaves it due again; it is settled once.
While the DNS is silent it waits, and after `PATIENCE` it is judged without proof.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F

from mingdai.errors import MingdaiError
from mingdai.gate.letters import open_at_the_door
from mingdai.gate.queueing import LEASE, back_off
from mingdai.mail.authenticating import Envelope, Verdict, authenticate
from mingdai.mail.resolving import Resolver, Silent, ZoneResolver
from mingdai.mail.sending import queue_forward
from mingdai.trace.letters import unpack
from mingdai.trace.models import Letter
from mingdai.trace.parsing import read_head
from mingdai.trace.sighting import Finding, settle

BATCH = 16
"""Letters judged before any of them is written."""

PATIENCE = timedelta(hours=4)
"""How long a silent DNS is waited for."""

logger = logging.getLogger("mingdai.mail")


@dataclass(frozen=True, slots=True)
class Checks:
    """What senders are checked against: a resolver, and the ARC sealers the operator trusts."""

    resolver: Resolver
    trusted: frozenset[str] = frozenset()


def judge_due(checks: Checks, *, at: datetime) -> list[Letter]:
    """Judge the letters that are due, a batch of them; those that were settled now.

    The senders are checked outside of any transaction; what was found is written in one.
    """
    found = [
        (letter.pk, finding)
        for letter in _claim(at)
        if (finding := _find_out(letter, checks, at)) is not None
    ]
    if not found:
        return []
    with transaction.atomic():
        settled = [_settle(letter_id, finding, at) for letter_id, finding in found]
    return [letter for letter in settled if letter is not None]


def _claim(at: datetime) -> list[Letter]:
    with transaction.atomic():
        rows = Letter.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=Letter.State.QUEUED, next_attempt_at__lte=at
        )
        due = list(rows.order_by("next_attempt_at")[:BATCH])
        Letter.objects.filter(pk__in=[each.pk for each in due]).update(
            attempts=F("attempts") + 1, next_attempt_at=at + LEASE
        )
    return due


def _find_out(letter: Letter, checks: Checks, at: datetime) -> Finding | None:
    """What is known of a letter's sender; None where it must wait."""
    try:
        envelope, raw = unpack(open_at_the_door(letter.raw_id))
    except MingdaiError as error:
        logger.error("letter %s cannot be judged: %s", letter.pk, error.code)
        return None
    verdict = _verdict(letter, envelope, raw, checks, at)
    return None if verdict is None else _finding(raw, verdict)


def _settle(letter_id: UUID, finding: Finding, at: datetime) -> Letter | None:
    """One letter of the batch, queued to be passed on; where it fails, due after its lease."""
    try:
        with transaction.atomic():
            letter = settle(letter_id, finding, at=at)
            if letter is not None and settings.MINGDAI_SMARTHOST:
                queue_forward(letter, at=at)
        return letter
    except (MingdaiError, DatabaseError) as error:
        code = error.code if isinstance(error, MingdaiError) else type(error).__name__
        logger.warning("letter %s waits: %s", letter_id, code)
        return None


def _verdict(
    letter: Letter, envelope: dict[str, str], raw: bytes, checks: Checks, at: datetime
) -> Verdict | None:
    sent = Envelope(envelope["ip"], envelope["helo"], envelope["mail_from"])
    try:
        return authenticate(raw, sent, resolver=checks.resolver, trusted=checks.trusted)
    except Silent:
        if at - letter.received_at >= PATIENCE:
            return authenticate(raw, sent, resolver=ZoneResolver(""))
    wait = back_off(letter.attempts, rng=secrets.token_bytes)
    Letter.objects.filter(pk=letter.pk, state=Letter.State.QUEUED).update(next_attempt_at=at + wait)
    return None


def _finding(raw: bytes, verdict: Verdict) -> Finding:
    return Finding(
        head=read_head(raw),
        authenticated=verdict.authenticated,
        signed_by=verdict.signed_by,
        verdict=verdict.as_json(),
    )
