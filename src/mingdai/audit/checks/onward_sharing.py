"""Agreements that let a recipient pass data on again."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import PIPL_21, PIPL_23
from mingdai.audit.checks.wording.clauses import onward_clauses

RULE = Rule(
    "onward_sharing",
    Said(
        "删去再次提供的条款；接收方只能为约定目的自己使用。",
        "Strike the clause: a recipient uses data itself, for the purpose told.",
    ),
    (PIPL_21, PIPL_23),
    severity="medium",
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each agreement that holds such a clause."""
    done: set[str] = set()
    for number, each in enumerate(matter.visit.agreements, start=1):
        clauses = list(onward_clauses(each.text))
        if not clauses or each.text in done:
            continue
        done.add(each.text)
        said = Said(
            f"“{each.link.text[:30]}”允许接收方再次提供：“{clauses[0].text[:80]}”。",
            f"An agreement on {each.host} lets recipients pass data on.",
        )
        yield Remark(RULE, said, (Evidence("agreement", f"agreements/{number:03}.txt"),))
