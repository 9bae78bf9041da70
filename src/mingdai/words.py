"""The words of the domain: what pure code takes and returns.

One English term each, with the Chinese term given once, here.  Nothing in this file is the twin of
a table: what a rule reads of a row it reads through a protocol that the row satisfies as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Protocol
from uuid import UUID

ActorId = NewType("ActorId", str)
"""Who did it: `borrower:<uuid>`, `staff:<uuid>`, `partner:<id>`, `regulator:<id>` or `system`."""

EVERYBODY = UUID(int=2**128 - 1)
"""In place of a borrower's id: a read about all of them at once.  No row has it."""

PartnerId = NewType("PartnerId", str)
"""A partner's short public id, lower case, at most 24 ASCII characters: `yunting-cf`."""


class Sensitivity(StrEnum):
    """一般 or 敏感 personal information (PIPL Art. 28; the ID number is sensitive by policy)."""

    GENERAL = "general"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Field:
    """字段: one kind of personal information.

    `necessary` means it is of the necessary set of online lending (docs/law.md, 1.1).
    `credit` means it is credit information and may travel by `via_credit_agency` only.
    """

    code: str
    zh: str
    en: str
    sensitivity: Sensitivity
    necessary: bool = False
    credit: bool = False


_G, _S = Sensitivity.GENERAL, Sensitivity.SENSITIVE

FIELDS: tuple[Field, ...] = (
    Field("name", "姓名", "Name", _G, necessary=True),
    Field("mobile", "手机号", "Mobile number", _G, necessary=True),
    Field("id_number", "身份证号", "ID number", _S, necessary=True),
    Field("id_valid_until", "身份证有效期", "ID valid until", _G, necessary=True),
    Field("bank_card", "银行卡号", "Bank card number", _S, necessary=True),
    Field("email", "电子邮箱", "E-mail", _G),
    Field("address", "居住地址", "Home address", _G),
    Field("employer", "工作单位", "Employer", _G),
    Field("monthly_income", "月收入区间", "Monthly income band", _S, credit=True),
    Field("housing_fund", "住房公积金", "Housing fund", _S, credit=True),
)
"""The closed catalogue, in the order of the bits of a ledger entry's field mask."""

FIELD_BY_CODE: dict[str, Field] = {each.code: each for each in FIELDS}

NEVER_ASKED: tuple[tuple[str, str, str], ...] = (
    ("contacts", "通讯录", "Contact list"),
    ("call_log", "通话记录", "Call log"),
    ("location", "位置", "Location"),
    ("album", "相册", "Photo album"),
    ("face", "人脸照片", "Face image"),
)
"""Kinds no product may ask for through the platform: code, 中文, English."""


class Purpose(StrEnum):
    """处理目的, a closed catalogue."""

    CREDIT_DECISION = "credit_decision"
    ONWARD_TRANSFER = "onward_transfer"
    OWN_VIEW = "own_view"
    CASE_HANDLING = "case_handling"
    RELAY = "relay"
    SUPERVISION = "supervision"


class LegalBasis(StrEnum):
    """Why it is lawful (PIPL Art. 13)."""

    CONSENT = "consent"
    RIGHT_OF_ACCESS = "right_of_access"
    STATUTORY_DUTY = "statutory_duty"


class Route(StrEnum):
    """路径 (docs/law.md, K1): how an application reaches a lender."""

    LENDER_PAGE = "lender_page"
    VIA_CREDIT_AGENCY = "via_credit_agency"
    DIRECT = "direct"
    INSIDE = "inside"
    """Not a way to a partner: a reader inside the platform, or the borrower."""


class PartnerKind(StrEnum):
    """What a 合作机构 is to us."""

    LENDER = "lender"
    GUARANTOR = "guarantor"
    CREDIT_BUREAU = "credit_bureau"
    CHANNEL = "channel"
    SERVICE_PROVIDER = "service_provider"


class LicenceKind(StrEnum):
    """The licence a partner holds; `NONE` is honest and refuses it as a lender."""

    BANK = "bank"
    CONSUMER_FINANCE = "consumer_finance"
    SMALL_LOAN = "small_loan"
    TRUST = "trust"
    GUARANTEE = "guarantee"
    CREDIT_REPORTING = "credit_reporting"
    NONE = "none"


class RecipientKind(StrEnum):
    """接收方: whoever reads."""

    PARTNER = "partner"
    STAFF = "staff"
    REGULATOR = "regulator"
    BORROWER = "borrower"


@dataclass(frozen=True, slots=True)
class Recipient:
    """接收方 as the rules see it, at the moment of the proposal.

    `licence`, `licence_until` and `active` say nothing for staff and borrowers and are then at
    their defaults.  `licence_until` is the last valid day in Asia/Shanghai; None is "no end".
    """

    kind: RecipientKind
    id: str
    legal_name: str
    partner_kind: PartnerKind | None = None
    licence: LicenceKind = LicenceKind.NONE
    licence_number: str = ""
    licence_until: date | None = None
    active: bool = True


class GrantLike(Protocol):
    """What a rule reads of a 单独同意 (grant); the table's row satisfies it."""

    @property
    def id(self) -> UUID: ...
    @property
    def borrower_id(self) -> UUID: ...
    @property
    def recipient_id(self) -> str: ...
    @property
    def carrier_id(self) -> str | None: ...
    @property
    def purpose(self) -> str: ...
    @property
    def fields(self) -> Collection[str]: ...
    @property
    def sensitive_agreed(self) -> Collection[str]: ...
    @property
    def wording_id(self) -> str: ...
    @property
    def route(self) -> str: ...
    @property
    def granted_at(self) -> datetime: ...
    @property
    def expires_at(self) -> datetime: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


class TicketLike(Protocol):
    """What a rule reads of a 工单 (ticket); the table's row satisfies it."""

    @property
    def id(self) -> UUID: ...
    @property
    def borrower_id(self) -> UUID: ...
    @property
    def assignee_id(self) -> UUID | None: ...
    @property
    def second_person_id(self) -> UUID | None: ...
    @property
    def purpose(self) -> str: ...
    @property
    def fields(self) -> Collection[str]: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def closed_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """A disclosure somebody asks for, before any rule has answered.

    `at` is aware and in UTC.  `registered` maps each field code the product registered to its
    stated necessity ("" for the necessary set).  `age` is whole years, None where the borrower's
    birth date is unknown.  `hops` counts companies between the borrower's consent and the
    recipient; a carrier of sealed bytes is not a hop.  `exemption` is counsel's recorded id.
    """

    borrower_id: UUID
    recipient: Recipient
    purpose: Purpose
    fields: frozenset[str]
    route: Route
    basis: LegalBasis
    at: datetime
    grant: GrantLike | None = None
    ticket: TicketLike | None = None
    carrier: Recipient | None = None
    registered: dict[str, str] = field(default_factory=dict)
    age: int | None = None
    hops: int = 1
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused: a value, not an exception.

    `code` is stable (`consent.expired`); `reason` speaks to the operator and holds no personal
    information; `source` is the law or policy; `remedy` says what to do.
    """

    code: str
    reason: str
    source: str
    remedy: str
