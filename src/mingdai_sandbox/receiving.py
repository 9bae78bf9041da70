"""Take in an application, once: verify, open, decide, counter-sign, and only then answer.

A made-up lender refuses whatever `mingdai_client` will not open, above all an application that is
not in the ledger.  The row is durable before the answer; the same delivery again gets the same
counter-signature and is not processed again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from mingdai_client.api import Event
from mingdai_client.errors import ClientRefused
from mingdai_client.keying import opening_key, signing_key
from mingdai_client.opening import OpenedApplication, Recipient, Trust, open_application
from mingdai_client.signing import countersign
from mingdai_proofs.envelopes import Envelope, Manifest
from mingdai_proofs.flaws import Flawed
from mingdai_sandbox.answering import Answer, refuse, say
from mingdai_sandbox.configuring import LenderConfig
from mingdai_sandbox.deciding import Applied, Magic, Planned, decide, read_magic
from mingdai_sandbox.queueing import Outbox, Outgoing
from mingdai_sandbox.repaying import Payment
from mingdai_sandbox.storing import LenderStore, Received

MAX_TERM = 600
_AMOUNT = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pace:
    """`step_s` between two events of an application, `hold_s` for a time-out; both in seconds."""

    step_s: float
    hold_s: float


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one lender takes applications in: its keys, whom it trusts, its file.

    `rng` gives the random bytes of event ids.
    """

    lender: LenderConfig
    trust: Trust
    store: LenderStore
    pace: Pace
    rng: Callable[[int], bytes]

    @property
    def recipient(self) -> Recipient:
        """The lender as one who opens applications."""
        seeds = self.lender.opening_seeds
        return Recipient(self.lender.id, {kid: opening_key(seed) for kid, seed in seeds.items()})


def receive(desk: Desk, body: bytes, *, key: str, at: datetime) -> Answer:
    """Answer one delivery under the idempotency key `key`, which is the disclosure's id."""
    try:
        envelope = Envelope.parse(body)
        manifest = Manifest.parse(envelope.manifest)
    except Flawed as flawed:
        return refuse(422, flawed.flaw.code, detail=flawed.flaw.reason)
    if key != manifest.disclosure_id:
        return refuse(400, "idempotency.other_key", detail="the key is the disclosure's id")
    digest = sha256(envelope.manifest + envelope.sealed).hexdigest()
    known = desk.store.find(key)
    if known:
        desk.store.count_attempt(key)
        return _again(known, digest)
    if desk.store.is_withdrawn(key):
        return refuse(410, "application.withdrawn", detail="a notice came before it")
    try:
        opened = open_application(body, recipient=desk.recipient, trust=desk.trust, at=at)
        _check_forms(desk.lender.strict, opened)
        applied = _read_applied(opened)
    except ClientRefused as refused:
        return refuse(422, refused.code, detail=refused.reason)
    return _process(desk, opened, applied, digest=digest, at=at)


def _process(
    desk: Desk, opened: OpenedApplication, applied: Applied, *, digest: str, at: datetime
) -> Answer:
    magic = read_magic(applied.amount_fen)
    key = opened.manifest.disclosure_id
    attempt = desk.store.count_attempt(key)
    if magic is Magic.FAIL_ONCE and attempt == 1:
        return refuse(500, "sandbox.fail_once", detail="the amount's last digits asked for it")
    received = _sign(desk, opened, applied, digest=digest, at=at)
    events = _plan_events(desk, opened, applied, at=at)
    if not desk.store.take_in(received, values=opened.fields, events=events):
        return _again(desk.store.find(key) or received, digest)
    hold_s = desk.pace.hold_s if magic is Magic.TIME_OUT else 0.0
    return say(202, _taken(received), hold_s=hold_s)


def _again(known: Received, digest: str) -> Answer:
    if known.digest != digest:
        return refuse(422, "idempotency.other_body", detail="the key was used for other bytes")
    return say(409, _taken(known))


def _taken(received: Received) -> dict[str, object]:
    return {"received": True, "countersignature": received.countersignature}


def _sign(
    desk: Desk, opened: OpenedApplication, applied: Applied, *, digest: str, at: datetime
) -> Received:
    manifest = opened.manifest
    signature = countersign(
        signing_key(desk.lender.signing_seed),
        leaf_hash=opened.leaf_hash,
        disclosure_id=manifest.disclosure_id,
    )
    return Received(
        disclosure_id=manifest.disclosure_id,
        application_id=manifest.application_id,
        product_id=manifest.product_id,
        amount_fen=applied.amount_fen,
        term=applied.term,
        term_unit=applied.term_unit,
        digest=digest,
        leaf_hash=opened.leaf_hash.hex(),
        countersignature=signature,
        codes=manifest.fields,
        magic=read_magic(applied.amount_fen).value,
        received_at=at,
    )


def _plan_events(
    desk: Desk, opened: OpenedApplication, applied: Applied, *, at: datetime
) -> list[Outgoing]:
    """The events of the decision; a pair of the same event shares its id and its bytes."""
    pace = timedelta(seconds=desk.pace.step_s)
    planned = decide(applied, magic=read_magic(applied.amount_fen), at=at, pace=pace)
    made = {id(each): _outgoing(desk, opened.manifest, each) for each in planned}
    return [made[id(each)] for each in planned]


def _outgoing(desk: Desk, manifest: Manifest, planned: Planned) -> Outgoing:
    event = Event(
        event_id=str(UUID(bytes=desk.rng(16), version=4)),
        kind=planned.kind,
        application_id=manifest.application_id,
        occurred_at=planned.at.isoformat(),
        data=planned.data,
    )
    due_at = planned.at.timestamp()
    return Outgoing(event.event_id, manifest.disclosure_id, event.kind, event.encode(), due_at)


def _check_forms(strict: Mapping[str, re.Pattern[str]], opened: OpenedApplication) -> None:
    """Refuse a value that this lender's parser cannot read; the field is named, not the value."""
    values = {**opened.fields, "amount": opened.manifest.amount}
    for code, form in strict.items():
        if code in values and not form.fullmatch(values[code]):
            raise ClientRefused(code="field.format", reason=f"{code} is not in the form we read")


def _read_applied(opened: OpenedApplication) -> Applied:
    manifest = opened.manifest
    found = _AMOUNT.fullmatch(manifest.amount)
    amount_fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 0
    if amount_fen < 1 or not 1 <= manifest.term <= MAX_TERM:
        raise ClientRefused(code="manifest.amount", reason="no loan has this amount and term")
    found_quote = opened.detail.get("quoted")
    quoted: Mapping[str, Any] = found_quote if isinstance(found_quote, dict) else {}
    payments = _read_payments(quoted)
    if sum(each.principal_fen for each in payments) != amount_fen:
        return Applied(amount_fen, manifest.term, manifest.term_unit)
    net = quoted.get("net_received_fen", 0)
    net_fen = net if isinstance(net, int) and 0 < net <= amount_fen else 0
    return Applied(amount_fen, manifest.term, manifest.term_unit, payments, net_fen)


def _read_payments(quoted: Mapping[str, Any]) -> tuple[Payment, ...]:
    """The quoted cash flow, () where it is not in this form."""
    try:
        return tuple(
            Payment(
                date.fromisoformat(row["due_on"]),
                int(row["principal_fen"]),
                int(row["interest_fen"]),
                int(row.get("fees_fen", 0)),
            )
            for row in quoted.get("payments", ())
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return ()


def describe(store: LenderStore, outbox: Outbox) -> dict[str, object]:
    """What a lender took in, without any value: for tests and for the curious."""
    return {
        "applications": [
            {
                "disclosure_id": each.disclosure_id,
                "application_id": each.application_id,
                "codes": list(each.codes),
                "magic": each.magic,
                "leaf_hash": each.leaf_hash,
                "deliveries": store.deliveries_of(each.disclosure_id),
                "values_kept": len(store.values_of(each.disclosure_id)),
                "events": [
                    {"kind": kind, "answer": answer, "attempts": attempts}
                    for kind, answer, attempts in outbox.list_events(each.disclosure_id)
                ],
                "received_at": each.received_at.isoformat(),
                "deleted_at": each.deleted_at.isoformat() if each.deleted_at else "",
            }
            for each in store.list_received()
        ]
    }
