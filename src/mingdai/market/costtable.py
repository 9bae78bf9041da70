"""综合融资成本明示表: the cost table a borrower reads before agreeing (docs/law.md, L5).

Content as data, both languages in it, every amount a string of yuan and every rate a string of
percent, so that its canonical JSON has one hash: that is its version.
Source: 个人贷款业务明示综合融资成本规定 (in force 2026-08-01; read in secondary sources).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from mingdai.market.canonical import Json, content_hash
from mingdai.market.costing import Cost, compute_cost
from mingdai.market.money import yuan
from mingdai.market.products import DefaultBasis, DefaultCost, DefaultKind, Lender, Product
from mingdai.market.schedules import (
    Fee,
    FeeBasis,
    FeeKind,
    FeeTiming,
    Instalment,
    Repayment,
    Schedule,
    Span,
)

FORMAT = "mingdai-cost-table/1"

_REPAYMENTS = {
    Repayment.EQUAL_INSTALMENT: ("等额本息", "Equal instalments"),
    Repayment.EQUAL_PRINCIPAL: ("等额本金", "Equal principal"),
    Repayment.INTEREST_FIRST: ("先息后本", "Interest first, principal last"),
    Repayment.LUMP_SUM: ("一次性还本付息", "Principal and interest at the end"),
}
_KINDS = {
    FeeKind.SERVICE: ("服务费", "Service fee"),
    FeeKind.GUARANTEE: ("担保费", "Guarantee fee"),
    FeeKind.INSURANCE: ("保险费", "Insurance premium"),
    FeeKind.MEMBERSHIP: ("会员费", "Membership fee"),
}
_TIMINGS = {
    FeeTiming.DEDUCTED: ("放款时扣除", "Kept back from the payout"),
    FeeTiming.UPFRONT: ("放款当日支付", "Paid on the day of the payout"),
    FeeTiming.PER_PERIOD: ("每期支付", "Paid with each instalment"),
    FeeTiming.AT_END: ("到期支付", "Paid at the end"),
}
_DEFAULTS = {
    DefaultKind.PENALTY_INTEREST: ("逾期罚息", "Penalty interest"),
    DefaultKind.LATE_FEE: ("违约金", "Late fee"),
    DefaultKind.EARLY_REPAYMENT: ("提前还款费用", "Early repayment charge"),
}


def cost_table(
    product: Product, amount: int, span: Span, repayment: Repayment, *, start: date
) -> dict[str, Json]:
    """The whole table for one loan paid out on `start`.  Raises Invalid `schedule.bad_terms`."""
    plan = product.schedule(amount, span, repayment, start=start)
    cost = compute_cost(plan.cash_flow())
    return {
        "format": FORMAT,
        "product": {
            "id": product.id,
            "version": product.version,
            "name": _both(product.name, product.name_en),
        },
        "lender": _lender(product.lender),
        "principal": yuan(amount),
        "net_received": yuan(cost.net_received),
        "term": str(span),
        "start": start.isoformat(),
        "repayment": {"code": repayment.value, "name": _both(*_REPAYMENTS[repayment])},
        "items": [_interest(product, plan), *_fees(plan)],
        "normal": _normal(cost),
        "default": [_default(each, product.annual_pct) for each in product.default_costs],
        "schedule": [_row(each) for each in plan.instalments],
        "statements": _statements(),
    }


def table_hash(table: dict[str, Json]) -> str:
    """The table's version: SHA-256 of its canonical JSON, 64 hex digits."""
    return content_hash(table)


def missing_parts(table: dict[str, Json]) -> list[str]:
    """Which parts the rule asks for are not there; empty for a whole table."""
    needed = ("principal", "items", "normal", "default", "statements", "lender", "schedule")
    missing = [part for part in needed if not table.get(part)]
    items = table.get("items")
    for item in items if isinstance(items, list) else []:
        row = item if isinstance(item, dict) else {}
        missing += [f"items.{key}" for key in ("method", "standard", "payee") if not row.get(key)]
    statements = table.get("statements")
    if isinstance(statements, dict) and "no_other_charge" not in statements:
        missing.append("statements.no_other_charge")
    return missing


def _lender(lender: Lender) -> dict[str, Json]:
    return {
        "id": str(lender.id),
        "legal_name": _both(lender.legal_name, lender.legal_name_en),
        "licence": lender.licence.value,
        "licence_number": lender.licence_number,
        "complaint_phone": lender.complaint_phone,
    }


def _both(zh: str, en: str) -> dict[str, Json]:
    return {"zh": zh, "en": en}


def _interest(product: Product, plan: Schedule) -> dict[str, Json]:
    rate = _pct(product.annual_pct)
    base = _both("按剩余本金计收", "On what is still owed")
    if plan.terms.repayment in (Repayment.LUMP_SUM, Repayment.INTEREST_FIRST):
        base = _both("按借款本金计收", "On the principal")
    return {
        "kind": "interest",
        "name": _both("利息", "Interest"),
        "method": base,
        "standard": _both(f"年利率 {rate}%", f"{rate}% a year"),
        "payee": product.lender.legal_name,
        "total": yuan(plan.interest_total()),
    }


def _fees(plan: Schedule) -> list[Json]:
    return [
        {
            "kind": fee.kind.value,
            "name": _both(*_KINDS[fee.kind]),
            "method": _both(*_TIMINGS[fee.timing]),
            "standard": _standard(fee),
            "payee": fee.payee,
            "total": yuan(plan.fee_total(index)),
        }
        for index, fee in enumerate(plan.terms.fees)
    ]


def _standard(fee: Fee) -> dict[str, Json]:
    each_zh, each_en = ("每期", " each time") if fee.timing is FeeTiming.PER_PERIOD else ("", "")
    if fee.basis is FeeBasis.FIXED:
        money = yuan(int(fee.value))
        return _both(f"{each_zh}{money} 元", f"{money} yuan{each_en}")
    rate = _pct(fee.value)
    if fee.basis is FeeBasis.ON_AMOUNT:
        return _both(f"{each_zh}借款本金的 {rate}%", f"{rate}% of the principal{each_en}")
    return _both(f"{each_zh}剩余本金的 {rate}%", f"{rate}% of what is still owed{each_en}")


def _normal(cost: Cost) -> dict[str, Json]:
    """What it costs if all is paid when due: both rates, the simple one labelled as simple (L6)."""
    return {
        "name": _both("正常履约年化综合融资成本", "Annual cost if paid when due"),
        "simple_pct": _figure(cost.simple_pct),
        "simple_name": _both("单利", "simple"),
        "compound_pct": _figure(cost.compound_pct),
        "compound_name": _both("复利（内部收益率）", "compound (IRR)"),
        "convention": cost.convention.value,
        "total_repaid": yuan(cost.total_repaid),
        "total_cost": yuan(cost.total_repaid - cost.net_received),
        "flags": list(cost.flags),
    }


def _default(cost: DefaultCost, annual_pct: Fraction) -> dict[str, Json]:
    value = _pct(cost.value)
    match cost.basis:
        case DefaultBasis.OF_CONTRACT_RATE:
            rate = _pct(annual_pct * cost.value / 100)
            standard = _both(
                f"逾期本金按合同利率的 {value}% 计收，即年利率 {rate}%",
                f"{value}% of the contract rate on what is overdue: {rate}% a year",
            )
        case DefaultBasis.ON_OVERDUE_DAILY:
            standard = _both(f"逾期金额每日 {value}%", f"{value}% a day of what is overdue")
        case DefaultBasis.ON_BALANCE:
            standard = _both(f"剩余本金的 {value}%", f"{value}% of what is still owed")
        case DefaultBasis.FIXED:
            money = yuan(int(cost.value))
            standard = _both(f"{money} 元", f"{money} yuan")
    return {
        "kind": cost.kind.value,
        "name": _both(*_DEFAULTS[cost.kind]),
        "standard": standard,
        "payee": cost.payee,
    }


def _row(each: Instalment) -> dict[str, Json]:
    return {
        "number": each.number,
        "due": each.due.isoformat(),
        "principal": yuan(each.principal),
        "interest": yuan(each.interest),
        "fees": yuan(sum(each.fees)),
        "total": yuan(each.total),
        "balance": yuan(each.balance),
    }


def _statements() -> dict[str, Json]:
    return {
        "no_other_charge": _both(
            "除上表所列项目外，不再收取其他任何费用。",
            "Nothing but the items listed above is charged.",
        ),
        "platform_free": _both(
            "本平台不向借款人收取任何费用。", "This platform charges the borrower nothing."
        ),
        "dates": _both(
            "还款日以实际放款日起算；以上按示例放款日列示。",
            "Due dates run from the day of the payout; the day above is an example.",
        ),
    }


def _figure(pct: float | None) -> str:
    return "" if pct is None else f"{pct:.2f}"


def _pct(value: Fraction) -> str:
    """A percentage with at least two decimals and as many as it has."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact:.6f}".rstrip("0")
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(2, '0')}"
