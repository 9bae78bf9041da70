"""A small made-up world: a borrower, a lender that opens what it gets, a bureau that relays."""

from __future__ import annotations

import base64
import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mingdai.accounts.models import Borrower
from mingdai.consent.granting import GrantRequest, grant
from mingdai.consent.models import Grant
from mingdai.consent.wording import keep_wording
from mingdai.gate.proposing import Handover
from mingdai.gate.sealing import manifest_public_key
from mingdai.ledger.keys import policy
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.sequencing import sequence_and_publish
from mingdai.partners.keying import add_sealing_key
from mingdai.partners.models import Partner
from mingdai.vault.keeping import keep
from mingdai.words import ActorId, Purpose, Route
from mingdai_client.errors import ClientRefused
from mingdai_client.keying import (
    opening_key,
    sealing_public,
    signing_key,
    signing_public,
)
from mingdai_client.opening import OpenedApplication, Recipient, Trust, open_application
from mingdai_client.signing import acknowledge, countersign
from mingdai_proofs.entries import EntryKind
from tests.conftest import NOON
from tests.vault.people import VALUES, make_borrower

SYSTEM = ActorId("system")
NECESSARY = frozenset({"name", "mobile", "id_number", "id_valid_until", "bank_card"})
SENSITIVE = frozenset({"id_number", "bank_card"})
REGISTERED = dict.fromkeys(NECESSARY, "")
SEED = bytes(range(32))
SECOND = timedelta(seconds=1)


@dataclass
class LenderServer:
    """A real HTTP lender that verifies and opens; `mode` says how it answers."""

    lender_id: str
    mode: str = "ok"
    url: str = ""
    opened: dict[str, OpenedApplication] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def answer(self, path: str, key: str, body: bytes) -> tuple[int, dict[str, str]]:
        """What the lender says to one POST."""
        self.calls.append(path)
        self.bodies.append(body)
        if self.mode == "fail":
            return 500, {}
        if path.endswith("/notices"):
            notice = json.loads(body)
            signed = acknowledge(
                signing_key(SEED),
                notice_id=notice["notice_id"],
                disclosure_id=notice["disclosure_id"],
            )
            return 200, {} if self.mode == "silent" else {"acknowledgement": signed}
        return self._take(key, body)

    def _take(self, key: str, body: bytes) -> tuple[int, dict[str, str]]:
        trust = Trust(policy(), manifest_public_key())
        recipient = Recipient(self.lender_id, {"key-1": opening_key(SEED)})
        try:
            opened = open_application(body, recipient=recipient, trust=trust, at=NOON)
        except ClientRefused as refused:
            self.refused.append(refused.code)
            return 422, {"code": refused.code}
        status = 409 if key in self.opened else 202
        self.opened[key] = opened
        signed = countersign(signing_key(SEED), leaf_hash=opened.leaf_hash, disclosure_id=key)
        if self.mode == "forged":
            signed = base64.b64encode(bytes(64)).decode()
        return status, {} if self.mode == "silent" else {"countersignature": signed}


@contextmanager
def serving(lender_id: str) -> Iterator[LenderServer]:
    """The lender at a loopback port of its own."""
    state = LenderServer(lender_id)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = state.answer(self.path, self.headers["Idempotency-Key"], body)
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def make_lender(lender_id: str = "heyan-ml", **changes: object) -> Partner:
    """An active small-loan lender with a sealing key; `changes` overwrite columns."""
    columns: dict[str, object] = {
        "id": lender_id,
        "kind": "lender",
        "legal_name": "禾岩示例小额贷款有限公司",
        "short_name": "禾岩示例小贷",
        "licence": "small_loan",
        "licence_number": "示例-ML-0001",
        "contact": "privacy@heyan.example",
        "complaint_phone": "19900012378",
        "status": "active",
        "endpoint": "http://127.0.0.1:9/lenders/heyan-ml",
        "countersign_key": base64.b64encode(signing_public(SEED)).decode(),
        "contract_ref": "HT-2026-002",
        "assessed_at": NOON,
        "created_at": NOON,
    }
    partner = Partner.objects.create(**{**columns, **changes})
    add_sealing_key(partner, kid="key-1", public_key=sealing_public(SEED), actor=SYSTEM, at=NOON)
    return partner


def make_bureau(endpoint: str = "http://127.0.0.1:9/bureau") -> Partner:
    """An active credit bureau, the carrier of sealed bytes."""
    return Partner.objects.create(
        id="puyuan-cb",
        kind="credit_bureau",
        legal_name="朴远示例征信有限公司",
        short_name="朴远示例征信",
        licence="credit_reporting",
        licence_number="示例-CB-0001",
        contact="privacy@puyuan.example",
        complaint_phone="19900012379",
        status="active",
        endpoint=endpoint,
        created_at=NOON,
    )


def make_person(codes: frozenset[str] = NECESSARY, **changes: str) -> Borrower:
    """A borrower of whom `codes` are kept; `changes` overwrite values."""
    borrower = make_borrower({**VALUES, **changes}["mobile"])
    for code in sorted(codes):
        keep(borrower, code, {**VALUES, **changes}[code], at=NOON)
    return borrower


def give_grant(
    borrower: Borrower,
    lender: Partner,
    *,
    fields: frozenset[str] = NECESSARY,
    carrier: Partner | None = None,
    at: datetime = NOON,
) -> Grant:
    """A grant of `fields` to the lender, sensitive ones agreed to."""
    return grant(
        GrantRequest(
            borrower=borrower,
            recipient=lender,
            carrier=carrier,
            application_id=uuid.uuid4(),
            product_id="heyan-quick",
            purpose=Purpose.CREDIT_DECISION,
            route=Route.VIA_CREDIT_AGENCY if carrier else Route.DIRECT,
            fields=fields,
            sensitive_agreed=SENSITIVE & fields,
            wording=keep_wording("示例文本", kind="consent_sheet", locale="zh-hans", at=at),
        ),
        at=at,
    )


def handover_of(given: Grant, **changes: object) -> Handover:
    """The handover that this grant is for; `changes` make it another."""
    columns: dict[str, object] = {
        "borrower_id": given.borrower_id,
        "partner_id": given.recipient_id,
        "carrier_id": given.carrier_id,
        "grant_id": given.pk,
        "application_id": given.application_id,
        "product_id": given.product_id,
        "product_version": "v1",
        "amount": "10000.00",
        "term": 12,
        "term_unit": "month",
        "route": Route(given.route),
        "fields": frozenset(given.fields),
        "registered": {**REGISTERED, "email": "寄送合同", "address": "寄送合同"},
    }
    return Handover(**{**columns, **changes})


def publish(at: datetime = NOON) -> None:
    """Make every entry written so far provable."""
    sequence_and_publish(holder="test", at=at)


def kinds() -> list[str]:
    """What the ledger holds, in order of writing."""
    rows = LedgerEntry.objects.order_by("pk").values_list("kind", flat=True)
    return [EntryKind(each).name for each in rows]
