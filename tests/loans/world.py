"""An application on its way: a product of the demonstration's catalogue, its lender, a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from mingdai.accounts.models import Borrower
from mingdai.gate.delivering import deliver_due
from mingdai.loans.agreeing import Answers
from mingdai.loans.applying import Choice, confirm_cost, show_cost, start, submit
from mingdai.loans.asking import consent_sheet
from mingdai.loans.intaking import take
from mingdai.loans.models import Application, LoanEvent
from mingdai.loans.vouching import VerifiedEvent
from mingdai.market.listing import list_products
from mingdai.market.products import Product
from mingdai.market.schedules import Repayment, Span
from tests.conftest import NOON
from tests.gate.world import make_bureau, make_lender, publish
from tests.market.shelf import PRODUCTS

READ_S = timedelta(seconds=6)
SUBMITTED = NOON + READ_S
AFTER = NOON + timedelta(seconds=30)
PRODUCT = next(each for each in PRODUCTS if each.id == "yunting-qingxiang")
CHOICE = Choice(PRODUCT.id, 10_000_00, Span(months=12), Repayment.EQUAL_INSTALMENT)


def open_shop(url: str, product: Product = PRODUCT) -> None:
    """The bureau at `url`, the product's lender behind it, the product on the shelf."""
    lender = product.lender
    make_bureau(f"{url}/bureau")
    make_lender(
        str(lender.id),
        legal_name=lender.legal_name,
        legal_name_en=lender.legal_name_en,
        licence=lender.licence,
        licence_number=lender.licence_number,
        endpoint=f"{url}/lenders/{lender.id}",
    )
    list_products([product], at=NOON)


def draft(borrower: Borrower, choice: Choice = CHOICE) -> Application:
    """A draft whose cost table was read and confirmed."""
    application = start(borrower, choice, at=NOON)
    show_cost(application, at=NOON)
    return confirm_cost(application, at=SUBMITTED)


def answers_to(application: Application, **changes: Any) -> Answers:
    """Everything necessary ticked on the Chinese sheet; `changes` tick otherwise."""
    sheet = consent_sheet(application, locale="zh-hans")
    return replace(
        Answers(sheet.wording_id, "zh-hans", sensitive=sheet.sensitive - sheet.optional), **changes
    )


def submitted(borrower: Borrower) -> Application:
    """An application whose envelope is queued."""
    application = draft(borrower)
    return submit(application, answers_to(application), at=SUBMITTED)


def delivered(borrower: Borrower) -> Application:
    """An application the lender has taken."""
    application = submitted(borrower)
    publish()
    deliver_due(at=SUBMITTED)
    return Application.objects.select_related("partner").get(pk=application.pk)


def tell(
    application: Application, kind: str, data: dict[str, Any] | None = None, **changes: Any
) -> LoanEvent:
    """The lender says so."""
    columns: dict[str, Any] = {
        "partner": application.partner,
        "event_id": str(uuid4()),
        "kind": kind,
        "application_id": application.pk,
        "occurred_at": AFTER,
        "data": data or {},
    }
    return take(VerifiedEvent(**{**columns, **changes}), at=AFTER)


def approval(application: Application, **changes: Any) -> dict[str, Any]:
    """Final terms exactly as quoted."""
    return {
        "amount_fen": application.amount_fen,
        "net_fen": application.quoted["net_received_fen"],
        "payments": application.quoted["payments"],
        **changes,
    }


def payout(application: Application, **changes: Any) -> dict[str, Any]:
    """A payout as approved, after the borrower drew."""
    return {
        "amount_fen": application.amount_fen,
        "net_fen": application.quoted["net_received_fen"],
        "drawn_at": drawn(AFTER),
        **changes,
    }


def drawn(at: datetime) -> str:
    """A time as events carry it."""
    return at.isoformat()
