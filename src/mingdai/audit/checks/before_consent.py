"""Identity that reached other companies before the visitor consented, or without any consent.

What the page tried to send and this machine held back counts as well: only the audit stopped it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import CRIME_HASH, PIPL_14, PIPL_23
from mingdai.audit.leaving import Egress

RULE = Rule(
    "before_consent",
    Said(
        "在用户勾选并提交之前，不加载、不触发任何向其他公司发送资料的代码。",
        "Load and fire nothing that sends data to another company before box and button.",
    ),
    (PIPL_14, PIPL_23, CRIME_HASH),
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each company that got, or was to get, something too early."""
    rows = [*matter.third_parties, *matter.attempts]
    early = [row for row in rows if row.before_consent and not row.first_party]
    for host in dict.fromkeys(row.recipient_host for row in early):
        own = [row for row in early if row.recipient_host == host]
        yield _remark(matter, host, own)


def _remark(matter: Matter, host: str, rows: list[Egress]) -> Remark:
    fields = "、".join(dict.fromkeys(row.field for row in rows))
    held = all(row.attempted for row in rows)
    zh = "试图向" if held else "已向"
    en = "was to get" if held else "got"
    evidence = [matter.step_at(min(row.at for row in rows))]
    evidence += [each for row in rows for each in matter.sent_by(row)]
    return Remark(
        RULE,
        Said(
            f"用户同意之前，页面{zh} {host} 发送 {fields}。",
            f"{host} {en} {fields} before the visitor had consented.",
        ),
        tuple(evidence[:10]),
        violation=True,
    )
