"""诱饵: place a made-up borrower with one partner or in one employee's queue, by the ordinary path.

With a partner it applies like anybody: cost read and confirmed, one grant, one disclosure, and the
lender's events find its application.  With an employee it is an application somebody asked about:
a ticket in that queue alone, whose reads are entries like all others.  What it holds belongs to one
recipient only, so wherever it turns up says whose copy that was.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from mingdai.accounts.models import Borrower, Staff, Ticket
from mingdai.accounts.ticketing import TicketRequest, assign_ticket, open_ticket
from mingdai.errors import Refused, Unavailable
from mingdai.gate.aliasing import Holder, address, mint
from mingdai.gate.decoying import Placement, no_decoy, register
from mingdai.gate.inventing import invent, settle_in
from mingdai.loans.agreeing import Answers
from mingdai.loans.applying import Choice, confirm_cost, show_cost, start, submit
from mingdai.loans.asking import consent_sheet
from mingdai.loans.models import Application
from mingdai.market.comparing import find_product
from mingdai.market.products import Product
from mingdai.partners.models import Partner
from mingdai.vault.keeping import keep
from mingdai.words import ActorId, RecipientKind, Route

AGE_CODES = frozenset({"id_number"})
"""Kept of a decoy so that the rules can count its age; never handed over."""

SHOWN = ("name", "mobile", "email", "address")
"""What an employee's decoy lets that employee read."""

_TRIES = 100


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a product would have handed over."""

    route: Route
    fields: Collection[str]


def place_with_partner(product_id: str, *, by: ActorId, at: datetime) -> Application:
    """One more decoy with the lender of this product; `by` is who decided it.

    Raises Refused `decoy.not_agreed`, `decoy.not_yet`, `decoy.not_a_lender`, `decoy.credit_route`
    or `decoy.credit_query`; the gate asks again and records what it refuses.
    """
    product = find_product(product_id, at=at)
    partner = Partner.objects.get(pk=product.lender.id)
    asked = frozenset(each.code for each in product.fields)
    reason = no_decoy(partner, _Asked(product.route, asked), at=at)
    if reason is not None:
        raise Refused.because(reason)
    began = at - timedelta(seconds=settings.MINGDAI_COST_READING_S)
    with transaction.atomic():
        borrower = _person(asked | AGE_CODES, began)
        draft = start(borrower, _choice(product), at=began)
        register(_placement(borrower, RecipientKind.PARTNER, partner.pk, draft, by, at))
    show_cost(draft, at=began)
    confirm_cost(draft, at=at)
    sheet = consent_sheet(draft, locale="zh-hans")
    answers = Answers(sheet.wording_id, "zh-hans", sheet.sensitive, sheet.optional)
    return submit(draft, answers, at=at)


def place_with_staff(
    staff: Staff, product_id: str, *, reason: str, by: Staff, at: datetime
) -> Ticket:
    """A decoy in this employee's queue alone; `reason` is what the ticket says, like any other's.

    Raises Refused `decoy.own_queue` where who decides would be the one who is tried.
    """
    if staff.pk == by.pk:
        raise Refused(
            code="decoy.own_queue",
            reason=f"staff {by.pk} would place a decoy in the own queue",
            remedy="let another compliance officer place it",
        )
    actor, recipient = ActorId(f"staff:{by.pk}"), f"staff:{staff.pk}"
    with transaction.atomic():
        borrower = _person(frozenset(SHOWN) | AGE_CODES, at)
        draft = start(borrower, _choice(find_product(product_id, at=at)), at=at)
        holder = Holder(RecipientKind.STAFF, recipient, None)
        alias = mint(borrower.pk, holder, application_id=draft.pk, at=at, rng=secrets.token_bytes)
        keep(borrower, "email", address(alias), at=at)
        register(_placement(borrower, RecipientKind.STAFF, recipient, draft, actor, at))
        request = TicketRequest("application", draft.pk, SHOWN, reason, actor)
        ticket = open_ticket(borrower, request, at=at)
        assign_ticket(ticket, staff, at=at)
    return ticket


def _person(codes: frozenset[str], at: datetime) -> Borrower:
    """A made-up borrower whose mobile number nobody here has."""
    for _ in range(_TRIES):
        made = invent(secrets.token_bytes)
        if codes - made.keys():
            raise Refused(
                code="decoy.other_fields",
                reason=f"nothing is made up for {', '.join(sorted(codes - made.keys()))}",
                remedy="choose a product that asks for contact fields alone",
            )
        borrower = settle_in(made, codes, at=at)
        if borrower is not None:
            return borrower
    raise Unavailable(code="decoy.no_number", reason="every made-up number is taken")


def _choice(product: Product) -> Choice:
    """A small loan in the product's first form."""
    span, repayment = product.ways()[0]
    return Choice(product.id, product.amount_min, span, repayment)


def _placement(
    borrower: Borrower,
    kind: RecipientKind,
    recipient: str,
    draft: Application,
    by: ActorId,
    at: datetime,
) -> Placement:
    return Placement(str(borrower.pk), kind, recipient, str(draft.pk), by, at.isoformat())
