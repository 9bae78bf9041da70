"""A lender's engineer at work: a delivered application, an API key, a webhook secret."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mingdai.loans.models import Application
from mingdai.loans.vouching import issue_secret
from mingdai.partners.admitting import issue_key
from mingdai.partners.models import Partner
from mingdai.words import ActorId
from mingdai_proofs.webhooks import sign_webhook
from tests.conftest import NOON
from tests.gate.world import NECESSARY, LenderServer, make_person, serving
from tests.loans.world import AFTER, PRODUCT, delivered, open_shop

SYSTEM = ActorId("system")


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


@pytest.fixture
def server() -> Iterator[LenderServer]:
    with serving(str(PRODUCT.lender.id)) as running:
        yield running


@pytest.fixture
def application(db, server: LenderServer) -> Application:
    open_shop(server.url)
    return delivered(make_person(NECESSARY))


@pytest.fixture
def lender(application: Application) -> Partner:
    return application.partner


class Engineer:
    """Calls the API as one partner."""

    def __init__(self, partner: Partner) -> None:
        self.partner = partner
        self.client = Client()
        self.key = issue_key(partner, actor=SYSTEM, at=NOON, rng=secrets.token_bytes)
        self.secret = issue_secret(partner, at=NOON, rng=secrets.token_bytes)

    def get(self, path: str, **headers: str):
        return self.client.get(f"/api{path}", headers=self._headers(headers))

    def post(self, path: str, body: Any, **headers: str):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(
            f"/api{path}",
            data=raw,
            content_type="application/json",
            headers=self._headers(headers),
        )

    def tell(self, application: Application, kind: str, data: Any = None, **changes: str):
        event_id = changes.get("event_id", secrets.token_hex(8))
        body = json.dumps(
            {
                "event_id": event_id,
                "kind": kind,
                "application_id": str(application.pk),
                "occurred_at": AFTER.isoformat(),
                "data": data or {},
            }
        ).encode()
        signed = sign_webhook(
            self.secret.encode(),
            event_id=event_id,
            at_s=int(timezone.now().timestamp()),
            body=body,
        )
        return self.post("/events", body, Mingdai_Signature=signed, **{"Idempotency-Key": event_id})

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.key}", **named}


@pytest.fixture
def engineer(lender: Partner) -> Engineer:
    return Engineer(lender)
