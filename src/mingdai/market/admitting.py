"""Whether a product may be listed: every refusal with its code, its source and what to do.

An empty list admits.  The codes are in docs/catalogue.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mingdai.market.ceilings import Ceiling, Effect, exceeded
from mingdai.market.costing import compute_cost
from mingdai.market.flows import CashFlow
from mingdai.market.products import Product
from mingdai.market.schedules import FeeTiming, PayeeKind
from mingdai.words import FIELD_BY_CODE, NEVER_ASKED, LicenceKind, Reason, Route

_MAY_LEND = {
    LicenceKind.BANK,
    LicenceKind.CONSUMER_FINANCE,
    LicenceKind.SMALL_LOAN,
    LicenceKind.TRUST,
}
_NO_DIRECT = {LicenceKind.BANK, LicenceKind.CONSUMER_FINANCE}
_NEVER = {code for code, _, _ in NEVER_ASKED}
_ADULT = 18


def refusals(product: Product, at: date) -> list[Reason]:
    """Why this product may not be listed on that day (Asia/Shanghai); empty if it may."""
    found = [reason for rule in _RULES for reason in rule(product, at)]
    shapeless = {"listing.amounts", "listing.no_terms"} & {reason.code for reason in found}
    return found if shapeless else found + _cost_refusals(product, at)


def warnings(product: Product, at: date) -> list[Reason]:
    """Ceilings it breaks that only warn; for the operator."""
    broken = _broken(_flows(product, at), product, at)
    return [row.reason() for row in broken if row.effect is Effect.WARN]


def _licence(product: Product, at: date) -> list[Reason]:
    lender = product.lender
    if lender.licence not in _MAY_LEND or not lender.licence_number:
        return [
            Reason(
                "listing.no_licence",
                "the lender names no licence to lend, or no licence number",
                "金规〔2025〕9号; platform policy",
                "register the licence kind and number",
            )
        ]
    if lender.licence_until and lender.licence_until < at:
        return [
            Reason(
                "listing.licence_expired",
                "the lender's licence has ended",
                "金规〔2025〕9号; platform policy",
                "register the renewed licence",
            )
        ]
    return []


def _complaints(product: Product, at: date) -> list[Reason]:
    if product.lender.complaint_phone:
        return []
    return [
        Reason(
            "listing.no_complaint_phone",
            "the lender names no complaint phone",
            "PIPL Art. 17; platform policy",
            "name the phone that answers complaints",
        )
    ]


def _platform_fee(product: Product, at: date) -> list[Reason]:
    paid = [(fee.payee_kind, fee.value) for fee in product.fees]
    paid += [(cost.payee_kind, cost.value) for cost in product.default_costs]
    if not any(kind is PayeeKind.PLATFORM and value for kind, value in paid):
        return []
    return [
        Reason(
            "listing.platform_fee",
            "the platform would be paid by the borrower",
            "金规〔2025〕9号 (as reported)",
            "drop the fee: the platform charges the borrower nothing",
        )
    ]


def _asked(product: Product, at: date) -> list[Reason]:
    source = "PIPL Art. 6; 必要个人信息规定 (2021), online lending"
    found = []
    for each in product.fields:
        field = FIELD_BY_CODE.get(each.code)
        if each.code in _NEVER:
            code, why = "listing.never_asked", "is never asked through the platform"
        elif field is None:
            code, why = "listing.unknown_field", "is not in the catalogue of fields"
        elif not (each.reason_zh and each.reason_en) and not field.necessary:
            code, why = "listing.over_asking", "is asked without a stated necessity"
        elif field.credit and product.route is not Route.VIA_CREDIT_AGENCY:
            code, why = "listing.credit_field_route", "is credit information on another route"
        else:
            continue
        named = each.code if field or each.code in _NEVER else "a field"
        found.append(Reason(code, f"{named} {why}", source, "ask for less"))
    if not product.fields and product.route is not Route.LENDER_PAGE:
        found.append(Reason("listing.no_fields", "no field is registered", source, "name them"))
    return found


def _route(product: Product, at: date) -> list[Reason]:
    if product.route is Route.LENDER_PAGE and not product.page.startswith("https://"):
        return [
            Reason(
                "listing.no_page",
                "the product is applied for at the lender's own page and names none",
                "platform policy: one jump, straight to the lender",
                "name the https address of the lender's page",
            )
        ]
    direct = product.route is Route.DIRECT and product.lender.licence in _NO_DIRECT
    if not direct and product.route is not Route.INSIDE:
        return []
    return [
        Reason(
            "listing.direct_route",
            "an application does not go directly to a bank or consumer-finance company",
            "PBoC notice 2021-07 (断直连), platform policy",
            "use via_credit_agency or lender_page",
        )
    ]


def _shape(product: Product, at: date) -> list[Reason]:
    who = product.eligibility
    policy, found = "platform policy", []
    if not 0 < product.amount_min <= product.amount_max:
        found.append(
            Reason("listing.amounts", "no amount can be borrowed", policy, "mend the range")
        )
    if not product.ways() or len({span for span, _ in product.ways()}) < len(product.spans):
        found.append(
            Reason("listing.no_terms", "a length has no way to repay", policy, "days: lump_sum")
        )
    if not (who.regions and who.employment and who.income) or who.age_min > who.age_max:
        found.append(
            Reason("listing.empty_eligibility", "nobody may apply", policy, "name accepted bands")
        )
    if who.age_min < _ADULT:
        found.append(
            Reason("listing.under_18", "people under 18 may apply", "PIPL Art. 31", "18 or more")
        )
    return found


def _deducted(product: Product, at: date) -> list[Reason]:
    if not any(fee.timing is FeeTiming.DEDUCTED and fee.value for fee in product.fees):
        return []
    return [
        Reason(
            "listing.net_below_nominal",
            "a fee is kept back from the payout",
            "民法典 Art. 670 (砍头息)",
            "pay out the whole principal",
        )
    ]


_Rule = Callable[[Product, date], list[Reason]]
_RULES: tuple[_Rule, ...] = (
    _licence,
    _complaints,
    _platform_fee,
    _asked,
    _route,
    _shape,
    _deducted,
)


def _flows(product: Product, at: date) -> list[CashFlow]:
    """Each way to borrow, at the least and the most: fixed fees weigh most on the least."""
    return [
        product.schedule(amount, span, repayment, start=at).cash_flow()
        for span, repayment in product.ways()
        for amount in sorted({product.amount_min, product.amount_max})
    ]


def _broken(flows: list[CashFlow], product: Product, at: date) -> list[Ceiling]:
    found: dict[Ceiling, None] = {}
    for cash in flows:
        found.update(dict.fromkeys(exceeded(cash, licence=product.lender.licence, on=at)))
    return list(found)


def _cost_refusals(product: Product, at: date) -> list[Reason]:
    """Only a product whose terms make sense has a cost."""
    flows = _flows(product, at)
    broken = _broken(flows, product, at)
    found = [row.reason() for row in broken if row.effect is Effect.REFUSE]
    if any("short_and_over_36" in compute_cost(cash).flags for cash in flows):
        found.append(
            Reason(
                "listing.short_and_over_36",
                "a loan of at most 14 days costs more than 36 % a year (714高炮)",
                "民法典 Art. 680; platform policy",
                "not listed by anybody",
            )
        )
    return found
