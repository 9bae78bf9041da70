"""Values shown by a host that nobody sent them to: a server behind the page passed them on."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import NDR_12, PIPL_23

RULE = Rule(
    "server_side_forwarding",
    Said(
        "服务器之间的提供同样须写明接收方、取得单独同意并留存记录。",
        "Passing data from server to server needs a named recipient, consent and a record too.",
    ),
    (PIPL_23, NDR_12),
    severity="medium",
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each host that showed what it was never sent."""
    rows = [row for row in matter.third_parties if row.inferred]
    for host in dict.fromkeys(row.recipient_host for row in rows):
        own = [row for row in rows if row.recipient_host == host]
        fields = "、".join(row.field for row in own)
        source = own[0].from_host
        said = Said(
            f"{host} 显示了浏览器从未发给它的 {fields}；推断由 {source} 的服务器传出。",
            f"{host} shows {fields}, which no request brought it: inferred to come from {source}.",
        )
        yield Remark(RULE, said, tuple(each for row in own for each in matter.sent_by(row)))
