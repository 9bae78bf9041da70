"""What goes in and out of the API, as its OpenAPI document says; no personal information."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

Base64 = Field(
    min_length=88, max_length=88, pattern=r"^[A-Za-z0-9+/]{86}==$", description="64 bytes, base64"
)


class Problem(Schema):
    """A problem document (RFC 9457); `code` is stable, docs/api.md lists them."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    field: str = ""


class Me(Schema):
    """Whom the key belongs to."""

    partner_id: str
    legal_name: str
    kind: str
    status: str
    sealing_keys: list[str]
    version: str


class GrantOut(Schema):
    """The consent behind an application."""

    grant_id: UUID
    fields: list[str]
    granted_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None


class ApplicationOut(Schema):
    """How an application stands; `disclosure_id` is the idempotency key of its delivery."""

    application_id: UUID
    disclosure_id: UUID | None
    status: str
    product_id: str
    amount: str
    term: int
    term_unit: Literal["month", "day"]
    route: str
    grant: GrantOut
    updated_at: datetime


class EventIn(Schema):
    """What a lender tells; signed over the raw body."""

    event_id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    kind: Literal[
        "received",
        "need_documents",
        "approved",
        "rejected",
        "disbursed",
        "repayment_plan",
        "closed",
    ]
    application_id: UUID
    occurred_at: datetime
    data: dict[str, object]


class EventOut(Schema):
    """What became of an event; `refused` is a code where it was recorded but not applied."""

    event_id: str
    applied: bool
    refused: str


class CountersignatureIn(Schema):
    """Ed25519 over `mingdai-countersign/1`, the leaf's hash in hex and the disclosure's id."""

    disclosure_id: UUID
    countersignature: str = Base64


class AcknowledgementIn(Schema):
    """Ed25519 over `mingdai-deleted/1`, the notice's id and the disclosure's id."""

    acknowledgement: str = Base64


class Taken(Schema):
    """The signature was verified and kept."""

    taken: bool


class KeyOut(Schema):
    """A new key, shown once; older ones end at `older_end_at`."""

    key: str
    older_end_at: datetime
