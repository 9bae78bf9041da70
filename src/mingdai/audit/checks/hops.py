"""The hops of the visitor: who passed the visitor to whom, and how each jump happened.

A visitor who is moved through more than one company before the last one is nested (套娃式导流).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import PIPL_17, REFERRAL
from mingdai.audit.companies import company_of

RULE = Rule(
    "hops",
    Said(
        "从推介页面直接跳转到持牌机构自己的页面，中间不经过其他公司。",
        "Lead from the offer straight to the licensed lender's own page, with no company between.",
    ),
    (REFERRAL, PIPL_17),
    severity="info",
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for the whole chain, where there is one."""
    hops = matter.visit.hops
    if not hops:
        return
    companies = [company_of(hops[0].from_host), *(company_of(hop.to_host) for hop in hops)]
    moved = sum(1 for one, two in pairwise(companies) if one != two)
    chain = "；".join(f"{hop.from_host} → {hop.to_host}（{hop.how}）" for hop in hops)
    chain_en = "; ".join(f"{hop.from_host} to {hop.to_host} ({hop.detail})" for hop in hops)
    evidence = [
        Evidence("page", f"pages/{hop.page:03}.txt", hop.detail) for hop in hops if hop.page
    ]
    yield Remark(
        RULE,
        Said(
            f"访问者被带过 {moved} 次公司边界：{chain}。",
            f"The visitor was moved across {moved} company borders: {chain_en}.",
        ),
        tuple(evidence[:10]),
        severity="medium" if moved > 1 else "info",
    )
