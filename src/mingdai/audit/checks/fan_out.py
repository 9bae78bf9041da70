"""One submit to many: how many disclosures one press made, as the criminal count adds them up."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import CREDIT_DIRECT, CRIME_COUNT, PIPL_23

RULE = Rule(
    "one_submit_many_recipients",
    Said(
        "一次提交只发给用户选定的一家；其余不发送。",
        "Send one submit to the one company the visitor chose, and to no other.",
    ),
    (PIPL_23, CRIME_COUNT, CREDIT_DIRECT),
)
_WITHIN_S = 15.0


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each press with two or more recipients."""
    for press in matter.visit.presses:
        rows = [
            row
            for row in matter.third_parties
            if press.at <= row.at < press.at + _WITHIN_S and not row.inferred
        ]
        later = [each.at for each in matter.visit.presses if each.at > press.at]
        rows = [row for row in rows if not later or row.at < min(later)]
        hosts = list(dict.fromkeys(row.recipient_host for row in rows))
        if len(hosts) < 2:
            continue
        said = Said(
            f"一次提交发给 {len(hosts)} 个接收方，按不同对象累计为 {len(hosts)} 条："
            f"{'、'.join(hosts)}。",
            f"One submit reached {len(hosts)} recipients and counts as that many disclosures: "
            f"{', '.join(hosts)}.",
        )
        sent = [each for row in rows for each in matter.sent_by(row)[:1]]
        yield Remark(RULE, said, (matter.step_at(press.at), *sent[:10]))
