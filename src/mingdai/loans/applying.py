"""Apply: choose, read the cost table, confirm it, agree to one recipient, and hand over.

A draft never leaves.  Grant, disclosure and status are written in one transaction; if a rule
refuses, the refusal is recorded and nothing leaves.  The cost table and its reading time follow
个人贷款业务明示综合融资成本规定 (docs/law.md, L5); the number of seconds is platform policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from mingdai.accounts.models import Borrower
from mingdai.consent.granting import decline, may_ask
from mingdai.consent.models import Grant
from mingdai.consent.recording import Act, record
from mingdai.errors import Invalid, Refused
from mingdai.gate.decoying import is_decoy
from mingdai.gate.disclosing import disclose_or_record
from mingdai.gate.models import Disclosure
from mingdai.gate.proposing import Handover
from mingdai.gate.recalling import end_refused
from mingdai.loans.agreeing import Answers, check_answers, give
from mingdai.loans.asking import product_of_application
from mingdai.loans.models import Application
from mingdai.loans.quoting import quote_application
from mingdai.market.comparing import find_product
from mingdai.market.costtable import cost_table, table_hash
from mingdai.market.listing import CHINA
from mingdai.market.models import CostTable
from mingdai.market.money import yuan
from mingdai.market.products import Product
from mingdai.market.schedules import Repayment, Span
from mingdai.partners.models import Partner
from mingdai.words import LegalBasis, PartnerKind, Purpose, Reason, Route
from mingdai_proofs.entries import EntryKind

Status = Application.Status


@dataclass(frozen=True, slots=True)
class Choice:
    """What the borrower chose on the offers page; `amount_fen` in fen."""

    product_id: str
    amount_fen: int
    span: Span
    repayment: Repayment


def start(borrower: Borrower, choice: Choice, *, at: datetime) -> Application:
    """A draft at the quote of this moment.

    Raises Refused `listing.not_on_shelf`, `consent.declined_lately` or `route.no_carrier`, Invalid
    `application.bad_choice`.
    """
    product = find_product(choice.product_id, at=at)
    _check_choice(choice, product)
    partner = Partner.objects.get(pk=product.lender.id)
    _check_may_ask(borrower, partner, at)
    draft = Application(
        borrower=borrower,
        product_id=product.id,
        partner=partner,
        amount_fen=choice.amount_fen,
        term=choice.span.months or choice.span.days,
        term_unit="month" if choice.span.months else "day",
        repayment=choice.repayment,
        product_version=product.version,
        route=product.route,
        carrier=_carrier(product.route),
        created_at=at,
        updated_at=at,
    )
    draft.quoted = quote_application(draft, product, at=at)
    draft.save(force_insert=True)
    return draft


def show_cost(application: Application, *, at: datetime) -> CostTable:
    """The cost table to read; the reading time begins with the first showing of this version."""
    _require_draft(application)
    product = _current_product(application)
    today = at.astimezone(CHINA).date()
    content = cost_table(
        product, application.amount_fen, span_of(application), _repayment(application), start=today
    )
    row, _ = CostTable.objects.get_or_create(
        id=table_hash(content),
        defaults={"product_id": product.id, "content": content, "created_at": at},
    )
    if application.cost_table_id != row.pk or application.cost_shown_at is None:
        application.cost_table_id, application.cost_shown_at = row.pk, at
        application.cost_confirmed_at = application.cost_entry_id = None
        application.updated_at = at
        application.save()
    return row


def confirm_cost(application: Application, *, at: datetime) -> Application:
    """The borrower has read the table shown; its confirmation is an entry.

    Raises Refused `cost.not_shown`, `cost.too_soon` before `MINGDAI_COST_READING_S` seconds.
    """
    _require_draft(application)
    if application.cost_shown_at is None:
        raise _refused("cost.not_shown", application, "show the cost table first")
    if at - application.cost_shown_at < timedelta(seconds=settings.MINGDAI_COST_READING_S):
        raise _refused("cost.too_soon", application, "let the borrower read the whole table")
    if application.cost_confirmed_at is None:
        with transaction.atomic():
            detail: dict[str, object] = {
                "application": str(application.pk),
                "table": application.cost_table_id,
            }
            entry = record(_act(application, EntryKind.COST_CONFIRMED, detail), at=at)
            application.cost_confirmed_at, application.cost_entry_id = at, entry.entry_id
            application.updated_at = at
            application.save()
    return application


def submit(application: Application, answers: Answers, *, at: datetime) -> Application:
    """Grant and hand over, in one transaction; durable when this returns.

    Raises Refused: `cost.not_confirmed`, `consent.other_wording`, `consent.sensitive_missing`,
    `fields.missing`, `consent.declined_lately`, or the code of the rule that refused: that is then
    an entry, the application says so, and the grant has ended with it.
    """
    with transaction.atomic(durable=True):
        row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        _require_draft(row)
        _current_product(row)
        sheet = check_answers(row, answers)
        _check_may_ask(row.borrower, row.partner, at)
        row.grant = give(row, sheet, answers, at=at)
        outcome = _hand_over(row, row.grant, at)
        if isinstance(outcome, Reason):
            end_refused(row.grant, outcome, at=at)
            row.status, row.refused = Status.REFUSED, outcome.code
        else:
            row.status, row.disclosure = Status.CONSENTED, outcome
        row.updated_at = at
        row.save()
    if isinstance(outcome, Reason):
        raise Refused.because(outcome)
    return row


def refuse(application: Application, *, at: datetime) -> Application:
    """The borrower says no; nobody asks again for the cool-down (条例 Art. 22(5))."""
    _require_draft(application)
    with transaction.atomic():
        decline(
            application.borrower,
            recipient=application.partner,
            purpose=Purpose.CREDIT_DECISION,
            at=at,
        )
        detail: dict[str, object] = {"application": str(application.pk)}
        record(_act(application, EntryKind.ASKED_REFUSED, detail), at=at)
        application.status, application.updated_at = Status.DECLINED, at
        application.save(update_fields=["status", "updated_at"])
    return application


def span_of(application: Application) -> Span:
    """The application's length as the market writes it."""
    if application.term_unit == "month":
        return Span(months=application.term)
    return Span(days=application.term)


def _repayment(application: Application) -> Repayment:
    return Repayment(application.repayment)


def _current_product(application: Application) -> Product:
    """The product, as it was when the borrower chose; raises Refused where it changed since."""
    product = product_of_application(application)
    if product.version != application.product_version:
        raise _refused("listing.changed", application, "choose the product again at its new terms")
    return product


def _check_choice(choice: Choice, product: Product) -> None:
    within = product.amount_min <= choice.amount_fen <= product.amount_max
    if not within or (choice.span, choice.repayment) not in product.ways():
        raise Invalid(
            code="application.bad_choice",
            reason=f"product {product.id} is not offered at this amount, length or repayment",
            field="amount" if not within else "term",
        )


def _check_may_ask(borrower: Borrower, partner: Partner, at: datetime) -> None:
    reason = may_ask(borrower, recipient=partner, purpose=Purpose.CREDIT_DECISION, at=at)
    if reason is not None:
        raise Refused.because(reason)


def _carrier(route: Route) -> Partner | None:
    """The credit bureau that relays, where the route needs one."""
    if route is not Route.VIA_CREDIT_AGENCY:
        return None
    bureaus = Partner.objects.filter(kind=PartnerKind.CREDIT_BUREAU, status=Partner.Status.ACTIVE)
    found = bureaus.order_by("pk").first()
    if found is None:
        raise Refused(
            code="route.no_carrier",
            reason="no credit bureau is active",
            source="docs/law.md K1",
            remedy="activate a licensed credit bureau",
        )
    return found


def _hand_over(row: Application, given: Grant, at: datetime) -> Disclosure | Reason | None:
    """Disclose by the gate; by the lender's own page nothing passes and there is nothing to do."""
    if row.route == Route.LENDER_PAGE:
        return None
    return disclose_or_record(_handover(row, given), at=at)


def _handover(row: Application, given: Grant) -> Handover:
    return Handover(
        borrower_id=row.borrower_id,
        partner_id=row.partner_id,
        carrier_id=row.carrier_id,
        grant_id=given.pk,
        application_id=row.pk,
        product_id=row.product_id,
        product_version=row.product_version,
        amount=yuan(row.amount_fen),
        term=row.term,
        term_unit=row.term_unit,
        route=Route(row.route),
        fields=frozenset(given.fields),
        registered=product_of_application(row).registered(),
        quoted=row.quoted,
        decoy=is_decoy(row.borrower_id),
    )


def _act(application: Application, kind: EntryKind, detail: dict[str, object]) -> Act:
    return Act(
        kind=kind,
        borrower_id=application.borrower_id,
        recipient=application.partner_id,
        purpose=Purpose.CREDIT_DECISION,
        basis=LegalBasis.CONSENT,
        route=application.route,
        detail=detail,
    )


def _require_draft(application: Application) -> None:
    if application.status != Status.DRAFT:
        raise _refused("application.not_draft", application, "start a new application")


def _refused(code: str, application: Application, remedy: str) -> Refused:
    return Refused(code=code, reason=f"application {application.pk}: {code}", remedy=remedy)
