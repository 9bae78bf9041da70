"""Identity written into an address or a Referer: logs, histories and next pages keep it."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import PIPL_6, PIPL_51
from mingdai.audit.companies import bare_host

RULE = Rule(
    "identity_in_url",
    Said(
        "用 POST 正文提交，并设 Referrer-Policy: no-referrer；地址里只放一次性编号。",
        "Send in a POST body with Referrer-Policy: no-referrer; put only a one-time id in URLs.",
    ),
    (PIPL_51, PIPL_6),
    severity="medium",
)
_URL = {"host", "path", "query", "fragment"}


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each host and way (address, Referer) it was written there."""
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for each in matter.visit.exchanges:
        for finding in matter.findings.get(each.request_id, ()) if each.sent else ():
            for place in finding.places:
                referer = place.where == "header" and place.name.lower() in {"referer", "referrer"}
                if place.where in _URL or referer:
                    way = "Referer" if referer else "URL"
                    key = (bare_host(each.url), way)
                    rows.setdefault(key, []).append((each.request_id, finding.field))
    for (host, way), found in rows.items():
        yield _remark(matter, host, way, found)


def _remark(matter: Matter, host: str, way: str, found: list[tuple[str, str]]) -> Remark:
    fields = "、".join(dict.fromkeys(field for _, field in found))
    requests = list(dict.fromkeys(name for name, _ in found))[:5]
    others = {row.recipient_host for row in matter.third_parties}
    return Remark(
        RULE,
        Said(
            f"{fields} 写在发往 {host} 的 {way} 里。",
            f"{fields} stood in the {way} sent to {host}.",
        ),
        tuple(Evidence("exchange", name, way) for name in requests),
        severity="medium" if host in others else "low",
    )
