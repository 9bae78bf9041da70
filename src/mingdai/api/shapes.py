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


class SeenOut(Schema):
    """What was seen; a domain is "" where none is known, a result "" where it was no mail.

    `authenticated_as` is the domain that provably sent it; `spf`, `dkim` and `dmarc` are the
    results of the first letter in the standards' words.
    """

    grade: Literal["authenticated_other", "unauthenticated", "unbound"]
    sender_domain: str
    authenticated_as: str
    spf: str
    dkim: str
    dmarc: str
    signed_by: list[str]
    first_seen_at: datetime
    last_seen_at: datetime
    count: int


class SightingOut(Schema):
    """Somebody else used the address that was given to you alone in one disclosure.

    `address` is "" once the consent has ended: then your own record of the disclosure has it.
    """

    sighting_id: UUID
    application_id: UUID
    disclosure_id: UUID
    given_at: datetime
    channel: Literal["email", "phone"]
    address: str
    seen: SeenOut
    told_at: datetime
    answer: str
    note: str
    answered_at: datetime | None
    explained_at: datetime | None


class SightingsOut(Schema):
    """A page, oldest first; `next` is what to give as `after`, "" where no page follows."""

    sightings: list[SightingOut]
    next: str


class AnswerIn(Schema):
    """What you say about it.  The borrower reads the note: no number or address of a person."""

    answer: Literal["our_service", "our_affiliate", "not_ours", "investigating"]
    note: str = Field("", max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")


class AnswerOut(Schema):
    """It was kept; `proposed` is the sender that now waits for a decision, "" for none."""

    taken: bool
    proposed: str


class AttributionOut(Schema):
    """A found list holds a copy that was given to you.  It does not say that you leaked it.

    `yours` is how many people of the list you held; `p_value` the chance of evidence as strong
    (`bits`) if you had nothing to do with it; `always_candidates` had the same data.
    """

    attribution_id: UUID
    case: str
    found_at: datetime
    rows: int
    matched: int
    yours: int
    bits: float
    p_value: float
    family_error: float
    always_candidates: list[str]
    due_at: datetime
    told_at: datetime
    answer: str
    note: str
    answered_at: datetime | None


class AttributionsOut(Schema):
    """What you have not finally answered, oldest first."""

    attributions: list[AttributionOut]


class ResultAnswerIn(Schema):
    """What you say about it.  The note is kept in clear: no number or address of a person."""

    answer: Literal["our_leak", "our_processor", "not_ours", "investigating"]
    note: str = Field("", max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")


class SenderIn(Schema):
    """A domain you write from, in lower-case ASCII (IDNA); it covers its subdomains."""

    domain: str = Field(
        max_length=120,
        pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$",
    )


class SenderOut(Schema):
    """A sender and how it stands: only `registered` and `confirmed` ones are expected."""

    channel: Literal["email", "phone"]
    domain: str
    state: Literal["registered", "proposed", "confirmed", "declined"]
    proposed_at: datetime
    decided_at: datetime | None


class SendersOut(Schema):
    """Your senders, by name."""

    senders: list[SenderOut]
