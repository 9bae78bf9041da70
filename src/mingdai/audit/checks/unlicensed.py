"""Where the flow ends, set against the registry of licensed companies, when one was given."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import ASSISTED_2025, PIPL_10, REFERRAL

RULE = Rule(
    "unlicensed_end",
    Said(
        "只把用户引到名单内的持牌机构；名单外的中介不得接收资料。",
        "Lead only to licensed companies on the list; give an intermediary off it no data.",
    ),
    (ASSISTED_2025, REFERRAL, PIPL_10),
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for the last host, and for each recipient, that the registry does not know."""
    registry = matter.registry
    if registry is None or not matter.visit.pages:
        return
    last = matter.visit.pages[-1]
    if registry.company_of(last.host) is None:
        said = Said(
            f"流程终点 {last.host} 不在持牌名单内。",
            f"The flow ends at {last.host}, which the registry does not list.",
        )
        yield Remark(RULE, said, (matter.page_ref(last.number), *matter.pictures(last.number)))
    for host in dict.fromkeys(row.recipient_host for row in matter.third_parties):
        if registry.company_of(host) is None:
            rows = [row for row in matter.third_parties if row.recipient_host == host]
            said = Said(
                f"得到资料的 {host} 不在持牌名单内。",
                f"{host} got data and is not in the registry.",
            )
            yield Remark(RULE, said, matter.sent_by(rows[0]), severity="medium")
