"""A loan as somebody writes it: the JSON of `mingdai cost FILE`, or `1600@2d` on the command line.

Format: docs/costs.md.  Every refusal names the place (`payments[3].amount`) and never the value.
"""

from __future__ import annotations

import re

from mingdai.errors import Invalid
from mingdai.market.conventions import Convention
from mingdai.market.flows import CashFlow, Flow, Offset, parse_at
from mingdai.market.money import parse_yuan

MOST_FLOWS = 5_000
"""More advances or payments than any loan has."""

_KEYS = {"convention", "advances", "payments", "nominal"}
_RANGE = re.compile(r"([0-9]{1,4})([dwmy])\.\.([0-9]{1,4})([dwmy])", re.ASCII)


def parse_convention(text: object) -> Convention:
    """One of the published conventions.  Raises Invalid `cost.unknown_convention`."""
    known = [each.value for each in Convention]
    if not isinstance(text, str) or text not in known:
        raise Invalid(
            code="cost.unknown_convention",
            reason="that is not a convention we know",
            field="convention",
            remedy="use one of " + ", ".join(known),
        )
    return Convention(text)


def read_loan(document: object) -> tuple[CashFlow, Convention]:
    """The cash flow and convention of a parsed JSON document.

    Raises Invalid: `cost.not_a_loan`, `cost.unknown_key`, `cost.no_advance`, `cost.bad_time`,
    `cost.bad_amount`, `cost.too_many`, `cost.unknown_convention` or `money.…`.
    """
    if not isinstance(document, dict):
        raise Invalid(code="cost.not_a_loan", reason="a loan file is one JSON object")
    if unknown := sorted(set(document) - _KEYS):
        raise Invalid(
            code="cost.unknown_key",
            reason=f"{len(unknown)} key(s) of the loan file are not known",
            remedy="the keys are " + ", ".join(sorted(_KEYS)),
        )
    convention = parse_convention(document.get("convention", "pboc"))
    advances = _read_flows(document.get("advances", []), field="advances")
    payments = _read_flows(document.get("payments", []), field="payments")
    nominal = document.get("nominal")
    fen = None if nominal is None else parse_yuan(nominal, field="nominal")
    return CashFlow(advances, payments, fen), convention


def _read_flows(rows: object, *, field: str) -> tuple[Flow, ...]:
    if not isinstance(rows, list):
        raise Invalid(code="cost.not_a_loan", reason=f"{field} must be a list", field=field)
    if len(rows) > MOST_FLOWS:
        raise Invalid(code="cost.too_many", reason=f"{field} has too many rows", field=field)
    return tuple(_read_flow(row, field=f"{field}[{number}]") for number, row in enumerate(rows))


def _read_flow(row: object, *, field: str) -> Flow:
    if not isinstance(row, dict) or set(row) != {"at", "amount"}:
        raise Invalid(
            code="cost.not_a_loan",
            reason=f"{field} must have exactly the keys at and amount",
            field=field,
        )
    at = parse_at(row["at"], field=f"{field}.at")
    return Flow(at, _positive(row["amount"], field=f"{field}.amount"))


def _positive(text: object, *, field: str) -> int:
    fen = parse_yuan(text, field=field)
    if not fen:
        raise Invalid(code="cost.bad_amount", reason=f"{field} must be more than 0", field=field)
    return fen


def parse_flows(text: str, *, field: str) -> list[Flow]:
    """`1000`, `1600@2d`, `1600@2026-02-10`, or one a month `945.60@1m..12m`.

    Without a time it is now.  Raises Invalid `cost.bad_time`, `cost.bad_range`,
    `cost.bad_amount` or `money.…`.
    """
    amount, _, when = text.partition("@")
    fen = _positive(amount, field=field)
    if ".." in when:
        return [Flow(at, fen) for at in _range(when, field=field)]
    return [Flow(parse_at(when, field=field) if "@" in text else Offset(), fen)]


def _range(when: str, *, field: str) -> list[Offset]:
    match = _RANGE.fullmatch(when)
    if not match or match[2] != match[4] or int(match[1]) > int(match[3]):
        raise Invalid(
            code="cost.bad_range",
            reason=f"{field} is not a range of times",
            field=field,
            remedy="write 945.60@1m..12m: one payment a month, from the first to the twelfth",
        )
    if int(match[3]) - int(match[1]) >= MOST_FLOWS:
        raise Invalid(code="cost.too_many", reason=f"{field} has too many payments", field=field)
    times = [
        parse_at(f"{n}{match[2]}", field=field) for n in range(int(match[1]), int(match[3]) + 1)
    ]
    return [at for at in times if isinstance(at, Offset)]
