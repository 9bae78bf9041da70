"""Companies that got identity although no consent names them and nobody declared them."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import NDR_12, NDR_21, PIPL_23
from mingdai.audit.checks.tying import tie

RULE = Rule(
    "undeclared_recipients",
    Said(
        "把每个接收方写进告知和清单；没有写明的，不发送。",
        "Write every recipient into notice and list; send nothing to the ones left out.",
    ),
    (PIPL_23, NDR_12, NDR_21),
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each recipient that no text read in the whole walk names."""
    hosts = list(dict.fromkeys(row.recipient_host for row in matter.third_parties))
    if not hosts or not all(each.readable for each in matter.consents):
        return
    for host in tie(matter, matter.consents, hosts).unnamed:
        rows = [row for row in matter.third_parties if row.recipient_host == host]
        fields = "、".join(dict.fromkeys(row.field for row in rows))
        yield Remark(
            RULE,
            Said(
                f"{host} 得到 {fields}，但没有任何告知、协议或声明提到它。",
                f"{host} got {fields}, and no notice, agreement or declaration names it.",
            ),
            tuple(each for row in rows for each in matter.sent_by(row))[:10],
            violation=True,
        )
