"""Made-up proposals that every rule accepts, and what to change in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from mingdai.words import (
    LegalBasis,
    LicenceKind,
    PartnerKind,
    Proposal,
    Purpose,
    Recipient,
    RecipientKind,
    Route,
)
from tests.conftest import NOON

BORROWER = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")
STAFF = UUID("00000000-0000-4000-8000-000000000003")
GRANT = UUID("00000000-0000-4000-8000-00000000000a")
TICKET = UUID("00000000-0000-4000-8000-00000000000b")
SECOND = timedelta(seconds=1)
NECESSARY = ("name", "mobile", "id_number", "id_valid_until", "bank_card")

LENDER = Recipient(
    RecipientKind.PARTNER,
    "shili-xiaodai",
    "示例小额贷款有限公司",
    PartnerKind.LENDER,
    LicenceKind.SMALL_LOAN,
    "示例-0001",
)
BUREAU = Recipient(
    RecipientKind.PARTNER,
    "shili-zhengxin",
    "示例征信有限公司",
    PartnerKind.CREDIT_BUREAU,
    LicenceKind.CREDIT_REPORTING,
    "示例-0002",
)
EMPLOYEE = Recipient(RecipientKind.STAFF, str(STAFF), "")
SELF = Recipient(RecipientKind.BORROWER, str(BORROWER), "")
REGULATOR = Recipient(RecipientKind.REGULATOR, "regulator:shili", "示例监管局")


@dataclass(frozen=True)
class SheetGrant:
    """A grant as the rules read it."""

    id: UUID = GRANT
    borrower_id: UUID = BORROWER
    recipient_id: str = LENDER.id
    carrier_id: str | None = BUREAU.id
    purpose: str = "credit_decision"
    fields: Collection[str] = NECESSARY
    sensitive_agreed: Collection[str] = ("id_number", "bank_card")
    wording_id: str = "ab" * 32
    route: str = "via_credit_agency"
    granted_at: datetime = NOON - timedelta(days=1)
    expires_at: datetime = NOON + timedelta(days=29)
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class DeskTicket:
    """A ticket as the rules read it."""

    id: UUID = TICKET
    borrower_id: UUID = BORROWER
    assignee_id: UUID | None = STAFF
    second_person_id: UUID | None = None
    purpose: str = "case_handling"
    fields: Collection[str] = ("mobile", "name")
    opened_at: datetime = NOON - timedelta(days=1)
    closes_at: datetime = NOON + timedelta(days=1)
    closed_at: datetime | None = None


TO_LENDER = Proposal(
    borrower_id=BORROWER,
    recipient=LENDER,
    purpose=Purpose.CREDIT_DECISION,
    fields=frozenset(NECESSARY),
    route=Route.VIA_CREDIT_AGENCY,
    basis=LegalBasis.CONSENT,
    at=NOON,
    grant=SheetGrant(),
    carrier=BUREAU,
    registered=dict.fromkeys(NECESSARY, ""),
    age=30,
)
BY_STAFF = Proposal(
    borrower_id=BORROWER,
    recipient=EMPLOYEE,
    purpose=Purpose.CASE_HANDLING,
    fields=frozenset({"mobile"}),
    route=Route.INSIDE,
    basis=LegalBasis.STATUTORY_DUTY,
    at=NOON,
    ticket=DeskTicket(),
)
BY_REGULATOR = replace(
    BY_STAFF,
    recipient=REGULATOR,
    purpose=Purpose.SUPERVISION,
    ticket=DeskTicket(purpose="supervision"),
)
OWN_VIEW = Proposal(
    borrower_id=BORROWER,
    recipient=SELF,
    purpose=Purpose.OWN_VIEW,
    fields=frozenset(NECESSARY),
    route=Route.INSIDE,
    basis=LegalBasis.RIGHT_OF_ACCESS,
    at=NOON,
)
DIRECT = replace(
    TO_LENDER, route=Route.DIRECT, carrier=None, grant=SheetGrant(route="direct", carrier_id=None)
)
ONWARD = replace(
    TO_LENDER,
    hops=2,
    purpose=Purpose.ONWARD_TRANSFER,
    grant=SheetGrant(purpose="onward_transfer"),
)
LENDER_PAGE = replace(
    TO_LENDER,
    route=Route.LENDER_PAGE,
    carrier=None,
    fields=frozenset(),
    grant=SheetGrant(route="lender_page", carrier_id=None, fields=(), sensitive_agreed=()),
)
ALLOWED = {
    "to a lender by a bureau": TO_LENDER,
    "direct to a small-loan lender": DIRECT,
    "onward by its own grant": ONWARD,
    "a link to the lender's page": LENDER_PAGE,
    "by staff on a ticket": BY_STAFF,
    "by a regulator on a ticket": BY_REGULATOR,
    "own view": OWN_VIEW,
}


def granted(**changes: object) -> Proposal:
    """The proposal to a lender, with its grant changed."""
    return replace(TO_LENDER, grant=replace(SheetGrant(), **changes))


def ticketed(**changes: object) -> Proposal:
    """The employee's proposal, with its ticket changed."""
    return replace(BY_STAFF, ticket=replace(DeskTicket(), **changes))


def code_of(reason: object) -> str:
    """The code of a reason, "" for none: what the tables compare."""
    return str(getattr(reason, "code", ""))
