"""Who got what by each act of consent: one list a press, as the law asks for a list (清单)."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import NDR_21, PIPL_23
from mingdai.audit.leaving import Egress

RULE = Rule(
    "recipients_per_consent",
    Said(
        "在取得同意前，以清单逐一列明每个接收方、目的、方式和字段。",
        "Before asking for consent, list every recipient with purpose, means and fields.",
    ),
    (PIPL_23, NDR_21),
    severity="info",
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each press that let data go to other companies."""
    for act in matter.acts:
        if not act.egress:
            continue
        rows = [f"{name}（{_fields(given)}）" for name, given in act.recipients.items()]
        evidence = [matter.step_at(act.press.at)]
        evidence += [each for row in act.egress for each in matter.sent_by(row)][:10]
        yield Remark(
            RULE,
            Said(
                f"点击“{act.press.text[:20]}”之后，{len(rows)} 家公司得到资料：{'、'.join(rows)}。",
                f"After one press on {act.host}, {len(rows)} other companies got data: "
                f"{', '.join(rows)}.",
            ),
            tuple(evidence),
        )


def _fields(rows: list[Egress]) -> str:
    return " ".join(dict.fromkeys(row.field for row in rows))
