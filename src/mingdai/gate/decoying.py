"""诱饵: the sealed list of made-up borrowers, and when one may be placed with whom.

A decoy goes to one recipient alone, through the ordinary path, and its entries look like any
other's; that it is one is a sealed commitment (`gate.concealing`).  Decoys are off unless the
partner's contract allows them, by a clause and from a day on file.  A decoy holds no bank card and
hands over no ID number, so nobody can query credit with it or pay out on it.
Not promised: that who may see this list keeps it to himself; the log says who asked for it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from mingdai.gate.models import Decoy, Disclosure
from mingdai.partners.models import Partner
from mingdai.vault.drawing import draw
from mingdai.vault.guarding import seal_secret, unseal_secret
from mingdai.words import ActorId, PartnerKind, Reason, Route

logger = logging.getLogger("mingdai.gate")

CHINA = ZoneInfo("Asia/Shanghai")
LENGTH = 512
"""Bytes of a sealed row before sealing; a length tells nothing."""

NEVER = frozenset({"id_number", "id_valid_until", "bank_card", "monthly_income", "housing_fund"})
"""Fields a decoy never hands over: with them credit could be queried or a loan paid out."""

CLAUSE = "put the written clause and its day on file: mingdai partner decoys"
POLICY = "platform policy: decoys by written contract only"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a decoy is: `recipient` is a partner's id or `staff:<uuid>`; `by` is who placed it."""

    borrower: str
    kind: str
    recipient: str
    application: str
    by: str
    at: str


class Wanted(Protocol):
    """What is to be handed over and how: a handover, or what a product asks for."""

    @property
    def route(self) -> Route:
        """By which way."""
        ...

    @property
    def fields(self) -> Collection[str]:
        """Which fields."""
        ...


def no_decoy(partner: Partner, wanted: Wanted, *, at: datetime) -> Reason | None:
    """Why no decoy may be placed with this partner by this route with these fields, or None."""
    today = at.astimezone(CHINA).date()
    agreed = partner.decoys_agreed_on
    if agreed is None or not partner.decoys_clause or not partner.contract_ref:
        return _no(partner, "decoy.not_agreed", "its contract has no clause on file", CLAUSE)
    if today < agreed:
        return _no(partner, "decoy.not_yet", "the clause is not in force yet", "wait for its day")
    if partner.kind != PartnerKind.LENDER:
        return _no(partner, "decoy.not_a_lender", "it is no lender", "choose a lender")
    if wanted.route is not Route.DIRECT:
        return _no(
            partner,
            "decoy.credit_route",
            "the route is not direct",
            "choose a product delivered directly",
        )
    asked = NEVER & frozenset(wanted.fields)
    if asked:
        named = ", ".join(sorted(asked))
        return _no(partner, "decoy.credit_query", f"it asks for {named}", "choose another product")
    return None


def register(placement: Placement) -> Decoy:
    """Put a decoy on the sealed list; inside the caller's transaction."""
    tag = _tag(UUID(placement.borrower))
    data = json.dumps(asdict(placement), ensure_ascii=True).encode().ljust(LENGTH)
    return Decoy.objects.create(tag=tag, sealed=seal_secret(data, _label(tag)))


def is_decoy(borrower_id: UUID) -> bool:
    """Whether this borrower is made up."""
    return Decoy.objects.filter(tag=_tag(borrower_id)).exists()


def list_decoys(*, asked_by: ActorId) -> Iterator[Placement]:
    """Every decoy, opened, the oldest first; who asked is logged."""
    logger.warning("the list of decoys was opened for %s", asked_by)
    for row in Decoy.objects.order_by("pk"):
        tag = bytes(row.tag)
        yield Placement(**json.loads(unseal_secret(bytes(row.sealed), _label(tag))))


def _tag(borrower_id: UUID) -> bytes:
    return draw(b"decoy\0" + borrower_id.bytes)


def reads_of(placement: Placement) -> int:
    """How often its recipient got something of it: copies handed over, fields read."""
    rows = Disclosure.objects.filter(
        borrower_id=UUID(placement.borrower), recipient_id=placement.recipient
    )
    return rows.count()


def _label(tag: bytes) -> str:
    return f"decoy:{tag.hex()}"


def _no(partner: Partner, code: str, why: str, remedy: str) -> Reason:
    return Reason(code, f"no decoy for partner {partner.pk}: {why}", POLICY, remedy)
