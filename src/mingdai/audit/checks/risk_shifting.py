"""Agreements that put the risk of the company's own handling on the borrower."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import CIVIL_497, PIPL_69
from mingdai.audit.checks.wording.clauses import risk_clauses

RULE = Rule(
    "risk_shifting",
    Said(
        "删去把信息安全与合作方行为的责任推给借款人的条款。",
        "Strike clauses that make the borrower answer for the company's handling of data.",
    ),
    (PIPL_69, CIVIL_497),
    severity="medium",
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each agreement that holds such a clause."""
    done: set[str] = set()
    for number, each in enumerate(matter.visit.agreements, start=1):
        clauses = list(risk_clauses(each.text))
        if not clauses or each.text in done:
            continue
        done.add(each.text)
        said = Said(
            f"“{each.link.text[:30]}”把责任推给借款人：“{clauses[0].text[:80]}”。",
            f"An agreement on {each.host} puts risk on the borrower.",
        )
        yield Remark(RULE, said, (Evidence("agreement", f"agreements/{number:03}.txt"),))
