"""What a page says of a loan's cost: rates claimed, and the figures of one loan.

Only figures with their label are read; a page that gives no principal, term and payment gives no
true cost either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"([0-9][0-9,]*(?:\.[0-9]{1,4})?)\s*(万)?"
_GAP = r"[^0-9%。；\n]{0,8}"
_YEAR = re.compile(rf"年(?:化|利率|利息|息)[^0-9%。；\n]{{0,14}}{_NUMBER}\s*%")
_MONTH = re.compile(rf"月(?:利率|利息|息|费率|综合费率)[^0-9%。；\n]{{0,8}}{_NUMBER}\s*%")
_DAY = re.compile(rf"日(?:利率|利息|息|费率)[^0-9%。；\n]{{0,8}}{_NUMBER}\s*%")
_DAY_10000 = re.compile(rf"日(?:利率|息)[^0-9。；\n]{{0,6}}万分之\s*{_NUMBER}")
_PRINCIPAL = re.compile(
    rf"(?:借款|贷款|合同|申请借款|本次借款)(?:金额|本金|总额)|(?<!应还)本金|(?:^|[\s，,])借(?:款)?(?={_GAP}[0-9])"
)
_ARRIVAL = re.compile(r"(?:实际|实)?(?:到账|到手|放款)(?:金额)?")
_EACH = re.compile(r"(?:每期|每月|每周|月供|期供|月还款)(?:应还|还款|还|应还款)?(?:金额|额)?")
_ONCE = re.compile(
    r"(?:到期|一次性|应还总额|还款总额|总还款|到期应还)(?:应还|还款|还|应还款)?(?:金额|总额)?"
)
_TERM = re.compile(
    r"(?:期限|分|共|借款期|还款期|借)?[^0-9。；\n]{0,6}([0-9]{1,3})\s*(个月|期|天|日|周|年)"
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Rates as written, in percent a year; `how` is year, month or day."""

    pct: Decimal
    how: str
    words: str


@dataclass(frozen=True, slots=True)
class LoanFigures:
    """One loan as a page shows it, money in yuan; `unit` is m (months), d, w or y."""

    principal: Decimal
    arrival: Decimal
    number: int
    unit: str
    each: Decimal | None
    once: Decimal | None


def claims_in(text: str) -> list[Claimed]:
    """Every rate claimed."""
    rows = []
    for pattern, factor, how in ((_YEAR, 1, "year"), (_MONTH, 12, "month"), (_DAY, 365, "day")):
        for found in pattern.finditer(text):
            rows.append(Claimed(_decimal(found) * factor, how, " ".join(found[0].split())))
    for found in _DAY_10000.finditer(text):
        rows.append(Claimed(_decimal(found) * 365 / 100, "day", " ".join(found[0].split())))
    return rows


def figures_in(text: str) -> LoanFigures | None:
    """The loan whose principal, term and payments the text gives; None where one is missing."""
    principal = _amount_after(_PRINCIPAL, text)
    arrival = _amount_after(_ARRIVAL, text)
    each, once = _amount_after(_EACH, text), _amount_after(_ONCE, text)
    term = _TERM.search(text)
    nominal = principal or arrival
    if nominal is None or term is None or (each is None and once is None):
        return None
    unit = {"个月": "m", "期": "m", "天": "d", "日": "d", "周": "w", "年": "y"}[term[2]]
    return LoanFigures(nominal, arrival or nominal, int(term[1]), unit, each, once)


def _amount_after(label: re.Pattern[str], text: str) -> Decimal | None:
    whole = re.compile(rf"(?:{label.pattern})[^0-9。；\n%]{{0,8}}{_NUMBER}\s*元")
    found = whole.search(text)
    if not found:
        whole = re.compile(rf"(?:{label.pattern})[：:\s]*[¥￥]\s*{_NUMBER}")
        found = whole.search(text)
    return _decimal(found) if found else None


def _decimal(found: re.Match[str]) -> Decimal:
    groups = found.groups()
    value = Decimal(groups[-2].replace(",", ""))
    return value * 10000 if groups[-1] else value
