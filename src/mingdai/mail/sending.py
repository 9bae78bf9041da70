"""Send what is queued: letters passed on to their borrower, answers through an alias.

The borrower's address is read at the moment of sending, one entry for each letter, and nowhere
stored.  A message is claimed for `LEASE`; a process that dies between the next server's yes and
our own note sends it again with the same Message-ID.  What cannot be sent for `GIVE_UP` ends, and
the letter is read in the product.
"""

from __future__ import annotations

import logging
import secrets
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mingdai.consent.models import RelayConsent
from mingdai.consent.relaying import is_on, pause, setting_of
from mingdai.errors import Refused
from mingdai.gate.aliasing import address
from mingdai.gate.disclosing import address_for_relay
from mingdai.gate.letters import open_at_the_door
from mingdai.gate.queueing import LEASE, back_off
from mingdai.mail.addressing import bounce_address, draw_token, token_of
from mingdai.mail.composing import Passing, compose_forward
from mingdai.mail.models import Outgoing
from mingdai.trace.letters import unpack
from mingdai.trace.models import Grade, Letter
from mingdai.trace.parsing import Head
from mingdai.trace.sighting import LETTER_DAYS
from mingdai.vault.filing import end_blobs, forget_blobs
from mingdai.vault.keeping import keyed_index

GIVE_UP = timedelta(days=2)
BOUNCE_WINDOW = timedelta(days=2)
"""How long an expected letter's bytes stay after it was taken, in case it comes back."""

BATCH = 16
PASSED_ON = frozenset({Grade.EXPECTED, Grade.OTHER})
"""What is passed on; the rest is read in the product, where no link can be followed."""

logger = logging.getLogger("mingdai.mail")


@dataclass(frozen=True, slots=True)
class Smarthost:
    """The server that takes our mail."""

    host: str
    port: int
    name: str
    timeout_s: float = 20.0

    @classmethod
    def parse(cls, text: str, *, name: str) -> Smarthost | None:
        """From `host:port`; None for ""."""
        host, _, port = text.rpartition(":")
        return cls(host or text, int(port) if host else 25, name) if text else None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A finished message with its envelope."""

    mail_from: str
    to: str
    data: bytes


def queue_forward(letter: Letter, *, at: datetime) -> Outgoing | None:
    """Queue a judged letter for its borrower; None where it is not to be passed on.

    Call it in the transaction that settled the letter.
    """
    if letter.grade not in PASSED_ON or not is_on(setting_of(letter.borrower_id), at=at):
        return None
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.RELAYING)
    return Outgoing.objects.create(
        kind=Outgoing.Kind.FORWARD,
        token=draw_token(secrets.token_bytes),
        borrower_id=letter.borrower_id,
        letter=letter,
        digest=letter.digest,
        queued_at=at,
        next_attempt_at=at,
        expires_at=at + GIVE_UP,
    )


def send_due(smarthost: Smarthost, *, at: datetime) -> int:
    """Send what is due; how many were tried."""
    rows = Outgoing.objects.filter(state=Outgoing.State.QUEUED, next_attempt_at__lte=at)
    due = list(rows.order_by("next_attempt_at").values_list("pk", flat=True)[:BATCH])
    return sum(_send_one(each, smarthost, at) for each in due)


def _send_one(outgoing_id: UUID, smarthost: Smarthost, at: datetime) -> int:
    row = _claim(outgoing_id, at)
    if row is None:
        return 0
    try:
        parcel = _forward(row, at) if row.kind == Outgoing.Kind.FORWARD else _reply(row)
    except Refused as refused:
        end(row, Outgoing.State.REFUSED, problem=refused.code, at=at)
        return 1
    try:
        _hand_over(parcel, smarthost)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        _failed(row, final=min(codes) >= 500, problem="smtp.recipient", at=at)
    except smtplib.SMTPResponseException as refused:
        _failed(row, final=refused.smtp_code >= 500, problem="smtp.refused", at=at)
    except (OSError, smtplib.SMTPException) as error:
        _failed(row, final=False, problem=f"smtp.{type(error).__name__}", at=at)
    else:
        _sent(row, at)
    return 1


def _claim(outgoing_id: UUID, at: datetime) -> Outgoing | None:
    with transaction.atomic():
        rows = Outgoing.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
            "letter", "letter__alias", "letter__alias__partner", "borrower"
        )
        row = rows.filter(
            pk=outgoing_id, state=Outgoing.State.QUEUED, next_attempt_at__lte=at
        ).first()
        if row is not None:
            row.attempts, row.next_attempt_at = row.attempts + 1, at + LEASE
            row.save(update_fields=["attempts", "next_attempt_at"])
    return row


def _forward(row: Outgoing, at: datetime) -> Parcel:
    """Compose the letter; the address is read last, when all else is ready."""
    letter = row.letter
    setting = setting_of(row.borrower_id)
    if letter.head_id is None or not is_on(setting, at=at) or setting is None:
        raise Refused(code="relay.off", reason="the borrower's relay is not on any more")
    raw = unpack(open_at_the_door(letter.raw_id))[1]
    head = Head.decode(open_at_the_door(letter.head_id))
    to = _address(setting, row, at)
    partner = letter.alias.partner
    passing = Passing(
        to=to,
        token=row.token,
        head=head,
        grade=letter.grade,
        authenticated=str(letter.verdict.get("authenticated", "")),
        lender=partner.legal_name if partner else "",
        alias=address(letter.alias),
        locale=row.borrower.locale,
        references=known_to_borrower(head.references, row.borrower_id),
        at=at,
    )
    return Parcel(bounce_address(row.token), to, compose_forward(raw, passing))


def _address(setting: RelayConsent, row: Outgoing, at: datetime) -> str:
    found = address_for_relay(setting, letter_key=f"forward:{row.pk}", at=at)
    Outgoing.objects.filter(pk=row.pk).update(mailbox=keyed_index("email", found))
    return found


def known_to_borrower(references: tuple[str, ...], borrower_id: UUID) -> tuple[str, ...]:
    """The ids the borrower's mail program knows: of its own answers, in place of ours for them."""
    tokens = {token: each for each in references if (token := token_of(each))}
    rows = Outgoing.objects.filter(
        token__in=tokens, borrower_id=borrower_id, kind=Outgoing.Kind.REPLY, body__isnull=False
    )
    found = {}
    for row in rows:
        try:
            packed, _ = unpack(open_at_the_door(row.body_id or row.pk))
        except Refused:
            continue
        found[tokens[row.token]] = packed.get("original_id", "")
    return tuple(found[each] for each in references if found.get(each))


def _reply(row: Outgoing) -> Parcel:
    if row.body_id is None:
        raise Refused(code="reply.gone", reason="the answer is not kept any more")
    packed, data = unpack(open_at_the_door(row.body_id))
    return Parcel(bounce_address(row.token), packed["to"], data)


def _hand_over(parcel: Parcel, smarthost: Smarthost) -> None:
    with smtplib.SMTP(
        smarthost.host, smarthost.port, smarthost.name, smarthost.timeout_s
    ) as session:
        session.ehlo()
        if session.has_extn("starttls"):
            session.starttls()
            session.ehlo()
        options = ["BODY=8BITMIME"] if session.has_extn("8bitmime") else []
        session.sendmail(parcel.mail_from, [parcel.to], parcel.data, mail_options=options)


def _sent(row: Outgoing, at: datetime) -> None:
    with transaction.atomic():
        Outgoing.objects.filter(pk=row.pk).update(
            state=Outgoing.State.SENT, sent_at=at, next_attempt_at=None, last_problem=""
        )
        if row.kind == Outgoing.Kind.REPLY:
            Letter.objects.filter(pk=row.letter_id).update(reply="sent", replied_at=at)
            return
        Letter.objects.filter(pk=row.letter_id).update(state=Letter.State.RELAYED, relayed_at=at)
        if row.letter.grade == Grade.EXPECTED:
            end_blobs([row.letter.raw_id], until=at + BOUNCE_WINDOW)


def _failed(row: Outgoing, *, final: bool, problem: str, at: datetime) -> None:
    if final:
        end(row, Outgoing.State.BOUNCED, problem=problem, at=at)
    elif at >= row.expires_at:
        end(row, Outgoing.State.DEAD, problem=problem, at=at)
    else:
        wait = back_off(row.attempts, rng=secrets.token_bytes)
        Outgoing.objects.filter(pk=row.pk, state=Outgoing.State.QUEUED).update(
            next_attempt_at=at + wait, last_problem=problem
        )


def end(row: Outgoing, state: Outgoing.State, *, problem: str, at: datetime) -> None:
    """It did not arrive and is not tried again: the letter is read in the product.

    A mailbox that refuses for good pauses the relay.
    """
    bounced = state == Outgoing.State.BOUNCED
    with transaction.atomic():
        Outgoing.objects.filter(pk=row.pk).update(
            state=state, next_attempt_at=None, last_problem=problem
        )
        letters = Letter.objects.filter(pk=row.letter_id)
        if row.kind == Outgoing.Kind.REPLY:
            letters.update(reply=problem[:24], replied_at=at)
            forget_blobs([row.body_id] if row.body_id else [], at=at)
            return
        letters.update(state=Letter.State.BOUNCED if bounced else Letter.State.HELD)
        until = row.letter.received_at + timedelta(days=LETTER_DAYS)
        if row.letter.grade == Grade.EXPECTED:
            end_blobs([row.letter.raw_id], until=max(until, at + BOUNCE_WINDOW))
        if bounced:
            pause(row.borrower_id, at=at)
