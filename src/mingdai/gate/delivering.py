"""Send what is due: sealed envelopes with their receipts, and notices that a grant ended.

The disclosure row with `next_attempt_at` is the queue.  A row is claimed in a short transaction,
sent outside of any, and its outcome written with its entry in another, so a crash anywhere leaves
a row that the next run finishes.  The partner may get an envelope twice and processes it once, by
its key.  Nothing is sent before a cosigned checkpoint covers its leaf, nor after its grant ended.
Not promised: that a partner which says it took an envelope kept it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from mingdai.errors import Invalid, Refused, Unavailable
from mingdai.gate.models import Disclosure, Notice
from mingdai.gate.notifying import (
    claim_notice,
    due_notices,
    notice_body,
    settle_acknowledged,
    settle_unanswered,
)
from mingdai.gate.queueing import claim, due_disclosures
from mingdai.gate.settling import settle_failed, settle_taken
from mingdai.ledger.proving import receipt_of
from mingdai.partners.adapters import ADAPTERS
from mingdai.partners.adapters.answers import Adapter, Answer, Verdict, signed
from mingdai.partners.adapters.credit_agency import CreditAgencyAdapter
from mingdai.partners.adapters.native import NativeAdapter
from mingdai.words import Route
from mingdai_proofs.envelopes import Envelope as Wire
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.receipts import Receipt

BATCH = 64
"""Rows taken up in one run."""


def deliver_due(*, at: datetime, limit: int = BATCH) -> int:
    """Send every envelope and notice that is due, once; how many were tried."""
    tried = 0
    for disclosure_id in due_disclosures(at, limit=limit):
        row = claim(disclosure_id, at=at)
        if row is not None:
            _deliver(row, at)
            tried += 1
    for notice_id in due_notices(at, limit=limit):
        notice = claim_notice(notice_id, at=at)
        if notice is not None:
            _notify(notice, at)
            tried += 1
    return tried


def wire_of(row: Disclosure) -> bytes | None:
    """The envelope as it goes over the wire, or None while no checkpoint covers its leaf."""
    receipt = receipt_of(row.entry)
    if receipt is None or row.envelope.sealed is None:
        return None
    return Wire(
        manifest=bytes(row.envelope.manifest),
        manifest_signature=bytes(row.envelope.manifest_signature),
        sealed=bytes(row.envelope.sealed),
        receipt=Receipt.from_json(receipt),
    ).encode()


def try_at(row: Disclosure, endpoint: str, *, at: datetime) -> Answer:
    """Send one trial, which the queue never sends, to a partner's test system; settled once.

    Raises Unavailable where no checkpoint covers it yet.
    """
    wire = wire_of(row)
    if wire is None or row.partner is None:
        raise Unavailable(code="ledger.not_covered", reason=f"disclosure {row.pk} is not provable")
    row.partner.endpoint = endpoint
    answer = _adapter(NativeAdapter.family).send(
        wire, recipient=row.partner, via=None, key=str(row.pk)
    )
    final = replace(answer, verdict=Verdict.NEVER) if answer.verdict is Verdict.LATER else answer
    _settle(row, final, at)
    return answer


def tell_at(row: Notice, endpoint: str, *, at: datetime) -> None:
    """Tell a partner's test system, once, that a trial is to be deleted."""
    row.partner.endpoint = endpoint
    answer = _adapter(NativeAdapter.family).notify(
        notice_body(row), recipient=row.partner, via=None, key=str(row.pk)
    )
    if answer.signature is not None and _acknowledged(row, answer.signature):
        settle_acknowledged(row, acknowledgement=answer.signature, at=at)


def take_countersignature(row: Disclosure, *, countersignature: bytes, at: datetime) -> None:
    """Keep a counter-signature that came after the first answer; the same twice changes nothing.

    Raises Invalid where the partner's key did not sign this disclosure's leaf.
    """
    if not _countersigned(row, countersignature):
        raise Invalid(
            code="countersignature.flawed",
            reason=f"not the partner's signature over disclosure {row.pk}",
            field="countersignature",
        )
    settle_taken(row, countersignature=countersignature, problem="", at=at)


def take_acknowledgement(row: Notice, *, acknowledgement: bytes, at: datetime) -> None:
    """Keep the acknowledgement of a deletion that came after the first answer.

    Raises Invalid where the partner's key did not sign this notice.
    """
    if not _acknowledged(row, acknowledgement):
        raise Invalid(
            code="acknowledgement.flawed",
            reason=f"not the partner's signature over notice {row.pk}",
            field="acknowledgement",
        )
    settle_acknowledged(row, acknowledgement=acknowledgement, at=at)


def _deliver(row: Disclosure, at: datetime) -> None:
    wire = wire_of(row)
    if wire is None or row.partner is None:
        settle_failed(row, problem="envelope.empty", final=row.envelope.sealed is None, at=at)
        return
    adapter = _adapter(_family(row))
    if not set(row.fields) <= adapter.accepts:
        settle_failed(row, problem="adapter.field", final=True, at=at)
        return
    answer = adapter.send(wire, recipient=row.partner, via=row.carrier, key=str(row.pk))
    _settle(row, answer, at)


def _settle(row: Disclosure, answer: Answer, at: datetime) -> None:
    if answer.verdict is not Verdict.TAKEN:
        final = answer.verdict is Verdict.NEVER
        settle_failed(row, problem=answer.problem, final=final, at=at)
        return
    good = answer.signature if _countersigned(row, answer.signature) else None
    missing = "countersignature.missing" if answer.signature is None else "countersignature.flawed"
    settle_taken(row, countersignature=good, problem="" if good else missing, at=at)


def _notify(row: Notice, at: datetime) -> None:
    adapter = _adapter(_family(row.disclosure))
    answer = adapter.notify(
        notice_body(row), recipient=row.partner, via=row.disclosure.carrier, key=str(row.pk)
    )
    if answer.signature is not None and _acknowledged(row, answer.signature):
        settle_acknowledged(row, acknowledgement=answer.signature, at=at)
        return
    taken = answer.verdict is Verdict.TAKEN
    problem = answer.problem or "acknowledgement.missing"
    settle_unanswered(row, sent=at if taken else None, problem=problem, at=at)


def _countersigned(row: Disclosure, signature: bytes | None) -> bool:
    leaf = leaf_hash(bytes(row.entry.data)).hex()
    message = f"mingdai-countersign/1\n{leaf}\n{row.pk}".encode()
    return row.partner is not None and signed(row.partner.countersign_key, message, signature)


def _acknowledged(row: Notice, signature: bytes) -> bool:
    message = f"mingdai-deleted/1\n{row.pk}\n{row.disclosure_id}".encode()
    return signed(row.partner.countersign_key, message, signature)


def _family(row: Disclosure) -> str:
    if row.route == Route.VIA_CREDIT_AGENCY:
        return CreditAgencyAdapter.family
    if row.route == Route.DIRECT and row.partner is not None:
        return row.partner.adapter
    return str(row.route)


@lru_cache(maxsize=len(ADAPTERS))
def _adapter(family: str) -> Adapter:
    """One adapter a process and family, for the connections it keeps open."""
    for each in ADAPTERS:
        if each.family == family:
            return each()
    raise Refused(
        code="adapter.unknown",
        reason=f"there is no adapter of the family {family}",
        remedy="correct the partner's adapter",
    )
