"""What the flow claims a loan costs, against what its own figures come to.

The true cost is `market.costing` on every fee shown, from the money that really arrives.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import ASSISTED_2025, CIVIL_670, COST_TABLE, RATE_2021
from mingdai.audit.checks.wording.costs import Claimed, LoanFigures, claims_in, figures_in
from mingdai.errors import Invalid
from mingdai.market.costing import Cost, compute_cost
from mingdai.market.flows import At, CashFlow, Flow, Offset

RULE = Rule(
    "cost_claims",
    Said(
        "按全部费用和实际到账金额显著明示年化综合成本，不用日息代替，不预扣。",
        "Show the all-in annual cost on what arrives; no daily rate instead, nothing deducted.",
    ),
    (RATE_2021, COST_TABLE, ASSISTED_2025, CIVIL_670),
    severity="medium",
)
_TOLERANCE_PCT = 0.5
_ALARM_PCT = 24.0


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each page whose figures and claims do not agree, or whose cost is an alarm."""
    for view in matter.visit.pages:
        text = view.texts[-1] if view.texts else view.text
        claims, figures = claims_in(text), figures_in(text)
        evidence = (matter.page_ref(view.number), *matter.pictures(view.number))
        if figures is not None:
            yield from _true_cost(figures, claims, evidence)
        if claims and all(each.how != "year" for each in claims):
            words = claims[0].words
            said = Said(
                f"只写“{words}”，没有年化利率（合 {claims[0].pct:.2f}%）。",
                f"A {claims[0].how}ly rate without the annual one ({claims[0].pct:.2f} %).",
            )
            yield Remark(RULE, said, evidence, severity="low")


def _true_cost(
    figures: LoanFigures, claims: list[Claimed], evidence: tuple[Evidence, ...]
) -> Iterator[Remark]:
    cost = cost_of(figures)
    if figures.arrival < figures.principal:
        short = figures.principal - figures.arrival
        said = Said(
            f"借 {figures.principal} 元只到账 {figures.arrival} 元：预扣 {short} 元（砍头息）。",
            f"Of {figures.principal} yuan only {figures.arrival} arrive: {short} are deducted.",
        )
        yield Remark(RULE, said, evidence, severity="high")
    if cost is None or cost.simple_pct is None:
        return
    yearly = [float(each.pct) for each in claims if each.how == "year"]
    claimed = max(yearly, default=None)
    if claimed is not None and cost.simple_pct > claimed + _TOLERANCE_PCT:
        said = Said(
            f"宣称年化 {claimed:g}%，按页面数字实为 {cost.simple_pct:.2f}%（单利）。",
            f"{claimed:g} % a year is claimed; the page's own figures come to "
            f"{cost.simple_pct:.2f} % (simple).",
        )
        yield Remark(RULE, said, evidence, severity="high")
    elif cost.simple_pct > _ALARM_PCT:
        said = Said(
            f"页面数字合年化 {cost.simple_pct:.2f}%（单利），超过 24%。",
            f"The page's figures come to {cost.simple_pct:.2f} % a year (simple), above 24 %.",
        )
        yield Remark(RULE, said, evidence)


def cost_of(figures: LoanFigures) -> Cost | None:
    """The loan's cost; None where the figures make no loan."""
    times = range(1, figures.number + 1)
    if figures.each is not None:
        payments = [Flow(_at(number, figures.unit), _fen(figures.each)) for number in times]
    else:
        payments = [Flow(_at(figures.number, figures.unit), _fen(figures.once))]
    advances = (Flow(Offset(), _fen(figures.arrival)),)
    try:
        return compute_cost(CashFlow(advances, tuple(payments), _fen(figures.principal)))
    except Invalid:
        return None


def _at(number: int, unit: str) -> At:
    if unit == "d":
        return Offset(days=number)
    if unit == "w":
        return Offset(weeks=number)
    return Offset(months=number * (12 if unit == "y" else 1))


def _fen(yuan: object) -> int:
    return round(float(str(yuan)) * 100)
