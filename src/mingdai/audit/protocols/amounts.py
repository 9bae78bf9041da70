"""Money in callbacks, traps in adapters: deducted amounts, fees outside the rate, units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mingdai.audit.checks.remarks import Said
from mingdai.audit.protocols.calls import Call, Seen
from mingdai.audit.protocols.defects import Defect
from mingdai.audit.protocols.fields import held, sex_of_id
from mingdai.errors import Invalid
from mingdai.market.costing import Cost, compute_cost
from mingdai.market.flows import CashFlow, Flow

_LEAST_YUAN = 1000
"""No consumer loan is smaller: a lower amount counts in 10 000 yuan."""

_FEES = {"servicefee", "guaranteefee", "fee", "managementfee", "insurancefee"}


def judge(calls: Sequence[Call]) -> Iterator[Defect]:
    """Every amount that means something else than it seems."""
    yield from _deducted(calls)
    for call in calls:
        yield from _rates(call)
        yield from _units(call)
        yield from _gender(call)
        yield from _fees(call)


def _deducted(calls: Sequence[Call]) -> Iterator[Defect]:
    """An approval and a payout of one application that differ."""
    approved: dict[str, Decimal] = {}
    for call in calls:
        order = _one(call, "appId", "orderNo", "applyNo")
        limit, paid = _number(_one(call, "finalLimit")), _number(_one(call, "disbAmount"))
        if order and limit is not None:
            approved[order.text] = limit
        if order and paid is not None and paid < approved.get(order.text, Decimal(0)):
            whole = approved[order.text]
            pct = (whole - paid) / whole * 100
            said = Said(
                f"批准 {whole} 元，放款 {paid} 元：预扣 {pct:.2f}%。",
                f"Approved {whole}, paid out {paid} yuan: {pct:.2f} % deducted.",
            )
            yield Defect("deducted_up_front", call.number, "disbAmount", said, call.line)


def _rates(call: Call) -> Iterator[Defect]:
    rate = _one(call, "finalRate", "intRate", "interestRate")
    unit = _one(call, "rateUnit", "finalRateUnit")
    if rate is not None and unit is None and "%" not in rate.text:
        said = Said(
            f"{rate.path} = {rate.text}，单位不明。", f"{rate.path} = {rate.text} has no unit."
        )
        yield Defect("rate_unit_unknown", call.number, rate.path, said, call.line)


def _units(call: Call) -> Iterator[Defect]:
    for seen in held(call, "amount"):
        value = _number(seen)
        if value is not None and 0 < value < _LEAST_YUAN:
            said = Said(
                f"{seen.path} = {value} 以万元计，即 {value * 10000:f} 元。",
                f"{seen.path} = {value} counts in 10 000 yuan: {value * 10000:f} yuan.",
            )
            yield Defect("unit_trap", call.number, seen.path, said, call.line)


def _gender(call: Call) -> Iterator[Defect]:
    """`sex` is 1 male 2 female, `gender` is 1 male 0 female; both must fit the ID."""
    ids = held(call, "id_number")
    for key, codes in (("sex", {"1": "male", "2": "female"}),
                       ("gender", {"1": "male", "0": "female"})):  # fmt: skip
        seen = _one(call, key)
        said_sex = codes.get(seen.text) if seen else None
        if seen and ids and said_sex and said_sex != sex_of_id(ids[0].text):
            said = Said(f"{key} 与证件号不符。", f"{key} does not fit the ID number.")
            yield Defect("gender_disagrees", call.number, seen.path, said, call.line)


def _fees(call: Call) -> Iterator[Defect]:
    rows = _plan(call)
    fees = [row for row in rows if str(row.get("type", "")).lower() in _FEES]
    if not fees:
        return
    fen = sum(int(row.get("amount") or 0) for row in fees)
    with_fees, without = cost_of(call, rows), cost_of(call, [r for r in rows if r not in fees])
    figures = ""
    if with_fees and without and with_fees.simple_pct and without.simple_pct:
        figures = f"{without.simple_pct:.2f}% → {with_fees.simple_pct:.2f}%"
    said = Said(
        f"还款计划含服务费 {fen / 100:.2f} 元，计入后年化 {figures or '须重算'}。",
        f"The plan holds {fen / 100:.2f} yuan of fees; counted in, the annual cost is "
        f"{figures or 'higher'}.",
    )
    yield Defect("fee_outside_rate", call.number, "planList", said, call.line)


def _plan(call: Call) -> list[dict[str, Any]]:
    inner = call.request.get("params")
    holder = inner if isinstance(inner, dict) else call.request
    rows = holder.get("planList")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def cost_of(call: Call, rows: Sequence[dict[str, Any]]) -> Cost | None:
    """The plan's cost from its principal, paid out a month before the first due date."""
    principal = sum(int(r.get("amount") or 0) for r in rows if r.get("type") == "capital")
    if principal <= 0:
        return None
    try:
        dues = sorted(date.fromisoformat(str(row["dueDate"])) for row in rows)
        first = dues[0]
        month = date(first.year - (first.month == 1), first.month - 1 or 12, min(first.day, 28))
        payments = tuple(
            Flow(date.fromisoformat(str(row["dueDate"])), int(row["amount"]))
            for row in rows
            if int(row.get("amount") or 0) > 0
        )
        return compute_cost(CashFlow((Flow(month, principal),), payments))
    except (Invalid, KeyError, ValueError, IndexError):
        return None


def _one(call: Call, *keys: str) -> Seen | None:
    wanted = {key.lower() for key in keys}
    return next((seen for seen in call.asked if seen.key.lower() in wanted), None)


def _number(seen: Seen | None) -> Decimal | None:
    try:
        return Decimal(seen.text) if seen else None
    except InvalidOperation:
        return None
