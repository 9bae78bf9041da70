import json
import secrets
from datetime import timedelta
from uuid import uuid4

import pytest

from mingdai.errors import Invalid, Refused
from mingdai.loans.vouching import MAX_BODY_BYTES, issue_secret, verify_event
from mingdai.partners.models import WebhookSecret
from mingdai_proofs.webhooks import sign_webhook
from tests.conftest import NOON
from tests.gate.world import make_lender

EVENT = {
    "event_id": "e-1",
    "kind": "received",
    "application_id": str(uuid4()),
    "occurred_at": NOON.isoformat(),
    "data": {},
}


@pytest.fixture
def lender(db):
    return make_lender()


def header(secret: str, body: bytes, *, event_id: str = "e-1", at=NOON) -> str:
    return sign_webhook(secret.encode(), event_id=event_id, at_s=int(at.timestamp()), body=body)


def issued(lender) -> str:
    return issue_secret(lender, at=NOON, rng=secrets.token_bytes)


def test_an_event_signed_with_the_secret_is_the_partners_own(lender):
    body = json.dumps(EVENT).encode()

    event = verify_event(lender, header=header(issued(lender), body), body=body, at=NOON)

    assert (event.event_id, event.kind, event.partner) == ("e-1", "received", lender)


def test_an_older_secret_holds_while_a_new_one_is_rolled_out(lender):
    old, _ = issued(lender), issued(lender)
    body = json.dumps(EVENT).encode()

    assert verify_event(lender, header=header(old, body), body=body, at=NOON).kind == "received"


def test_the_secret_is_not_in_the_table(lender):
    secret = issued(lender)

    assert secret.encode() not in bytes(WebhookSecret.objects.get().sealed)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("body", "webhook.signature"),
        ("secret", "webhook.signature"),
        ("old", "webhook.stale"),
        ("empty", "webhook.malformed"),
    ],
)
def test_a_signature_that_does_not_hold_is_refused(lender, spoil, code):
    secret, body = issued(lender), json.dumps(EVENT).encode()
    at = NOON - timedelta(seconds=301) if spoil == "old" else NOON
    signed = header("x" * 64 if spoil == "secret" else secret, body, at=at)

    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        verify_event(
            lender,
            header="" if spoil == "empty" else signed,
            body=body + b" " if spoil == "body" else body,
            at=NOON,
        )


def test_without_a_secret_nothing_is_believed(lender):
    body = json.dumps(EVENT).encode()

    with pytest.raises(Refused, match=r"webhook\.no_secret"):
        verify_event(lender, header=header("x" * 64, body), body=body, at=NOON)


BAD_BODIES = [
    (b"{", "event.malformed"),
    (b"[]", "event.malformed"),
    (json.dumps({**EVENT, "application_id": "x"}).encode(), "event.malformed"),
    (json.dumps({**EVENT, "event_id": 7}).encode(), "event.malformed"),
    (json.dumps({**EVENT, "event_id": "e-2"}).encode(), "event.other_id"),
    (json.dumps({**EVENT, "kind": "sold"}).encode(), "event.kind"),
    (json.dumps({**EVENT, "data": []}).encode(), "event.kind"),
    (json.dumps({**EVENT, "occurred_at": "2026-11-23T04:00:00"}).encode(), "event.naive_time"),
    (b"[" * 60_000, "event.malformed"),
    (b" " * (MAX_BODY_BYTES + 1), "event.too_large"),
]


@pytest.mark.parametrize(("body", "code"), BAD_BODIES, ids=[f"{n}" for n in range(len(BAD_BODIES))])
def test_a_signed_body_that_is_no_event_is_refused(lender, body, code):
    signed = header(issued(lender), body)

    with pytest.raises(Invalid, match=code.replace(".", r"\.")):
        verify_event(lender, header=signed, body=body, at=NOON)
