"""线索: settle a judged letter; where it is not expected, write the sighting and its entry.

`sight` is the same for every channel: a letter at an address, a call at a virtual number.  Row,
entry and what is kept of the letter change in one transaction, once.  Raw bytes of an expected
letter stay until it was read or passed on, of a sighting longer, as evidence; each has its end.
The entry names no recipient: that an address turned up elsewhere does not say who passed it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mingdai.consent.recording import Act, record
from mingdai.gate.aliasing import FIELD_OF, disclosure_of
from mingdai.gate.decoying import is_decoy
from mingdai.gate.models import Alias
from mingdai.trace.expecting import SIGNED_BY, expected_domains, propose_sender
from mingdai.trace.grading import Bearing, covers, grade
from mingdai.trace.models import Grade, Letter, Sighting
from mingdai.trace.parsing import Head
from mingdai.vault.filing import Filing, end_blobs, file_blobs
from mingdai.vault.models import FiledBlob
from mingdai.words import RecipientKind
from mingdai_proofs.entries import EntryKind

LETTER_DAYS = 90
"""Days an expected letter can be read here, unless it is passed on before; platform policy."""

EVIDENCE_DAYS = 180
"""Days the raw bytes of a sighting are kept; platform policy."""

HEAD_DAYS = 365
"""Days the head of any letter is kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the mail door found out about one letter."""

    head: Head
    authenticated: str
    signed_by: tuple[str, ...]
    verdict: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Seen:
    """What happened at an alias: its grade, when, and the SHA-256 of the message or call record.

    Mail names domains; a call names its caller, as a keyed hash and a masked form.
    """

    grade: Grade
    seen_at: datetime
    digest: bytes
    sender_domain: str = ""
    authenticated_as: str = ""
    caller: bytes = b""
    caller_preview: str = ""


def settle(letter_id: UUID, finding: Finding, *, at: datetime) -> Letter | None:
    """Write down what the letter is; None where that had been done before."""
    with transaction.atomic():
        rows = Letter.objects.select_for_update(of=("self",)).select_related("alias", "raw")
        letter = rows.filter(pk=letter_id, state=Letter.State.QUEUED).first()
        if letter is None:
            return None
        bearing = bearing_of(letter.alias, at=letter.received_at)
        letter.grade = grade(finding.authenticated, bearing)
        letter.sender_domain = finding.head.domain
        letter.verdict = dict(finding.verdict)
        letter.state, letter.judged_at, letter.next_attempt_at = Letter.State.HELD, at, None
        if letter.grade != Grade.EXPECTED:
            letter.sighting = sight(letter.alias, _seen(letter, finding), at=at)
            _learn(letter.alias, bearing, finding, at)
        letter.head = _keep(letter, finding.head, at)
        letter.save()
    return letter


def bearing_of(alias: Alias, *, at: datetime) -> Bearing:
    """How a letter that arrived at `at` is to be read."""
    decoy = is_decoy(alias.borrower_id)
    given = decoy or alias.recipient_kind != RecipientKind.PARTNER or _was_given(alias)
    is_open = alias.ended_at is None or at < alias.ended_at
    return Bearing(decoy, given and is_open, expected_domains(alias.partner_id))


def _was_given(alias: Alias) -> bool:
    return disclosure_of(alias) is not None


def _seen(letter: Letter, finding: Finding) -> Seen:
    return Seen(
        grade=Grade(letter.grade),
        seen_at=letter.received_at,
        digest=bytes(letter.digest),
        sender_domain=finding.head.domain,
        authenticated_as=finding.authenticated,
    )


def sight(alias: Alias, seen: Seen, *, at: datetime) -> Sighting:
    """The sighting of this kind, sender and day: the one there is, one more, or a new one.

    Call it in a transaction.
    """
    day = {
        "alias": alias,
        "grade": seen.grade,
        "sender_domain": seen.sender_domain,
        "authenticated_as": seen.authenticated_as,
        "caller": seen.caller,
        "caller_preview": seen.caller_preview,
        "seen_on": seen.seen_at.date(),
    }
    known = Sighting.objects.select_for_update(of=("self",)).filter(**day).first()
    if known is not None:
        known.count, known.last_seen_at = known.count + 1, seen.seen_at
        Sighting.objects.filter(pk=known.pk).update(
            count=F("count") + 1, last_seen_at=known.last_seen_at
        )
        return known
    return Sighting.objects.create(
        **day,
        borrower_id=alias.borrower_id,
        partner_id=alias.partner_id,
        channel=alias.channel,
        first_seen_at=seen.seen_at,
        last_seen_at=seen.seen_at,
        entry=record(_act(alias, seen), at=at),
    )


def _act(alias: Alias, seen: Seen) -> Act:
    given = disclosure_of(alias)
    return Act(
        kind=EntryKind.SIGHTING,
        borrower_id=alias.borrower_id,
        recipient="",
        fields=(FIELD_OF[Alias.Channel(alias.channel)],),
        detail={
            "grade": str(seen.grade),
            "channel": alias.channel,
            "message": seen.digest.hex(),
            "sender_domain": seen.sender_domain,
            "authenticated_as": seen.authenticated_as,
            "given_in": bytes(given.entry.entry_id).hex() if given else "",
        },
    )


def _learn(alias: Alias, bearing: Bearing, finding: Finding, at: datetime) -> None:
    """Propose a new sender whose letter a registered domain of the partner signed too."""
    if not alias.partner_id or not finding.authenticated or not bearing.bound:
        return
    own = [each for each in finding.signed_by if covers(bearing.expected, each)]
    if own and not covers(bearing.expected, finding.authenticated):
        propose_sender(
            alias.partner_id, finding.authenticated, relation=SIGNED_BY, related_to=own[0], at=at
        )


def _keep(letter: Letter, head: Head, at: datetime) -> FiledBlob:
    days = LETTER_DAYS if letter.grade == Grade.EXPECTED else EVIDENCE_DAYS
    end_blobs([letter.raw_id], until=letter.received_at + timedelta(days=days))
    until = letter.received_at + timedelta(days=HEAD_DAYS)
    [blob] = file_blobs([Filing(letter.borrower_id, "head", head.encode(), until)], at=at)
    return blob
