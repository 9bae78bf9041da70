"""Agreements that reserve a kind of company (合作机构, 第三方) instead of naming one."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import NDR_21, PIPL_17, PIPL_23
from mingdai.audit.checks.wording.clauses import catch_all_clauses

RULE = Rule(
    "catch_all_partners",
    Said(
        "删去“合作机构”“第三方”之类的笼统授权，改为逐一列名并分别同意。",
        "Drop the blanket 合作机构; list each company and ask for each.",
    ),
    (PIPL_23, PIPL_17, NDR_21),
    severity="medium",
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each agreement that holds such a clause."""
    done: set[str] = set()
    for number, each in enumerate(matter.visit.agreements, start=1):
        clauses = list(catch_all_clauses(each.text))
        if not clauses or each.text in done:
            continue
        done.add(each.text)
        said = Said(
            f"“{each.link.text[:30]}”笼统授权：“{clauses[0].text[:80]}”。",
            f"An agreement on {each.host} has {len(clauses)} blanket clause(s).",
        )
        yield Remark(RULE, said, (Evidence("agreement", f"agreements/{number:03}.txt"),))
