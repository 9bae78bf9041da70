"""Check a lender's endpoint: that it takes what it should, once, and refuses what it must.

The check sends made-up applications of the practice platform (`practising`), so the endpoint must
be a test system that trusts the practice policy and manifest key (the `trust` command prints
them).  Each case is one line of the table; all must hold.  Not checked: what the lender decides,
and that it deleted what it acknowledged as deleted.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import httpx

from mingdai_client.keying import SEALING_PUBLIC_BYTES, SEED_BYTES
from mingdai_client.practising import Practice, PracticePlatform, tamper
from mingdai_client.signing import is_acknowledgement, is_countersignature
from mingdai_proofs.envelopes import Envelope, Manifest
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.receipts import Receipt

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
TAKEN = frozenset({200, 201, 202})


@dataclass(frozen=True, slots=True)
class Subject:
    """The endpoint under check: who it is and its public keys.

    `countersign_public` is its 32-byte Ed25519 key; `practice` is addressed to it.
    """

    endpoint: str
    practice: Practice
    countersign_public: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: its name, whether it held, and what was seen where it did not."""

    name: str
    held: bool
    seen: str = ""


def check_endpoint(
    subject: Subject,
    *,
    platform: PracticePlatform,
    stranger: PracticePlatform,
    at: datetime,
) -> list[Outcome]:
    """Every case in order.  `stranger` is a platform the endpoint must not trust; `at` is now."""
    with httpx.Client(timeout=TIMEOUT) as client:
        run = _Run(subject, platform, stranger, at, client)
        return [outcome for case in CASES for outcome in _observe(case, run)]


@dataclass(frozen=True, slots=True)
class _Run:
    subject: Subject
    platform: PracticePlatform
    stranger: PracticePlatform
    at: datetime
    client: httpx.Client

    def deliver(self, manifest: Manifest, envelope: Envelope) -> httpx.Response:
        return self.client.post(
            f"{self.subject.endpoint}/applications",
            content=envelope.encode(),
            headers={
                "Idempotency-Key": manifest.disclosure_id,
                "Content-Type": "application/json",
            },
        )

    def notify(self, wire: bytes, key: str) -> httpx.Response:
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        url = f"{self.subject.endpoint}/notices"
        return self.client.post(url, content=wire, headers=headers)


Case = Callable[[_Run], Iterator[Outcome]]


def _observe(case: Case, run: _Run) -> list[Outcome]:
    try:
        return list(case(run))
    except httpx.TransportError as broken:
        name = case.__name__.strip("_").replace("_", " ")
        return [Outcome(name, False, f"no answer: {type(broken).__name__}")]


def _takes_an_application_once(run: _Run) -> Iterator[Outcome]:
    manifest, envelope = run.platform.send(run.subject.practice, at=run.at)
    first = run.deliver(manifest, envelope)
    yield _expect("valid application accepted", first, TAKEN)
    yield Outcome("valid application countersigned", _is_signed(run, manifest, envelope, first))
    again = run.deliver(manifest, envelope)
    yield _expect("same key again not processed again", again, frozenset({409}) | TAKEN)
    same = _text(again, "countersignature") == _text(first, "countersignature") != ""
    yield Outcome("same key again answered with the same countersignature", same)
    changed = run.deliver(manifest, tamper(envelope))
    yield _expect_problem("same key with other bytes refused", changed)


def _refuses_what_is_not_in_the_ledger(run: _Run) -> Iterator[Outcome]:
    manifest, envelope, entry = run.platform.seal(run.subject.practice, at=run.at)
    yield _expect_problem("application without receipt refused", run.deliver(manifest, envelope))
    other = run.platform.log(run.platform.seal(run.subject.practice, at=run.at)[2])
    unlogged = envelope.with_receipt(Receipt(entry, other.proof, other.policy))
    yield _expect_problem("unlogged application refused", run.deliver(manifest, unlogged))
    forged = envelope.with_receipt(run.stranger.log(entry))
    yield _expect_problem("forged receipt refused", run.deliver(manifest, forged))


def _refuses_what_is_not_for_it(run: _Run) -> Iterator[Outcome]:
    elsewhere = replace(run.subject.practice, recipient="somebody-else")
    answer = run.deliver(*run.platform.send(elsewhere, at=run.at))
    yield _expect_problem("wrong recipient refused", answer)
    answer = run.deliver(*run.stranger.send(run.subject.practice, at=run.at))
    yield _expect_problem("another platform's application refused", answer)
    manifest, envelope = run.platform.send(run.subject.practice, at=run.at)
    answer = run.deliver(manifest, tamper(envelope))
    yield _expect_problem("changed sealed bytes refused", answer)


def _obeys_notices(run: _Run) -> Iterator[Outcome]:
    manifest, envelope = run.platform.send(run.subject.practice, at=run.at)
    run.deliver(manifest, envelope)
    notice, wire = run.stranger.notify(manifest)
    answer = run.notify(wire, notice.notice_id)
    yield _expect_problem("forged notice refused", answer)
    notice, wire = run.platform.notify(manifest)
    answer = run.notify(wire, notice.notice_id)
    good = is_acknowledgement(
        _text(answer, "acknowledgement"),
        public=run.subject.countersign_public,
        notice_id=notice.notice_id,
        disclosure_id=notice.disclosure_id,
    )
    yield _expect("withdrawal notice accepted", answer, frozenset({200}))
    yield Outcome("withdrawal notice acknowledged", good, "" if good else "signature")
    again = run.notify(wire, notice.notice_id)
    yield _expect("same notice again accepted", again, frozenset({200}))


CASES: tuple[Case, ...] = (
    _takes_an_application_once,
    _refuses_what_is_not_in_the_ledger,
    _refuses_what_is_not_for_it,
    _obeys_notices,
)


def _is_signed(run: _Run, manifest: Manifest, envelope: Envelope, response: httpx.Response) -> bool:
    return envelope.receipt is not None and is_countersignature(
        _text(response, "countersignature"),
        public=run.subject.countersign_public,
        leaf_hash=leaf_hash(envelope.receipt.entry),
        disclosure_id=manifest.disclosure_id,
    )


def _expect(name: str, response: httpx.Response, statuses: frozenset[int]) -> Outcome:
    held = response.status_code in statuses
    return Outcome(name, held, "" if held else f"status {response.status_code}")


def _expect_problem(name: str, response: httpx.Response) -> Outcome:
    kind = response.headers.get("Content-Type", "")
    if not 400 <= response.status_code < 500 or response.status_code == 404:
        return Outcome(name, False, f"status {response.status_code}")
    if not kind.startswith("application/problem+json"):
        return Outcome(name, False, "the refusal is not application/problem+json")
    return Outcome(name, True, _text(response, "code"))


def _text(response: httpx.Response, name: str) -> str:
    try:
        found: Any = response.json()
    except ValueError:
        return ""
    return str(found.get(name, "")) if isinstance(found, Mapping) else ""


def table(outcomes: list[Outcome]) -> str:
    """The outcomes for a terminal."""
    rows = [
        f"{'ok' if each.held else 'FAILED':<7} {each.name:<58} {each.seen}".rstrip()
        for each in outcomes
    ]
    failed = sum(not each.held for each in outcomes)
    return "\n".join([*rows, "", f"{len(outcomes) - failed} of {len(outcomes)} hold", ""])


def read_subject(endpoint: str, config: Mapping[str, Any]) -> Subject:
    """The endpoint's public side from a configuration.  Raises ValueError.

    `lender`, `sealing_key` (`kid`, `public_key` in base64), `countersign_key` (base64).
    """
    try:
        key = config["sealing_key"]
        public = _key(key["public_key"], SEALING_PUBLIC_BYTES)
        practice = Practice(str(config["lender"]), str(key["kid"]), public)
        return Subject(endpoint.rstrip("/"), practice, _key(config["countersign_key"], SEED_BYTES))
    except (KeyError, TypeError) as missing:
        raise ValueError(f"the configuration lacks {missing}") from missing


def _key(text: str, length: int) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != length:
        raise ValueError(f"a key of {length} bytes was expected, not of {len(key)}")
    return key
