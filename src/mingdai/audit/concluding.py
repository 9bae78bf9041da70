"""Turn a visit into `findings.json`: who moved the visitor where, and who got what, and when."""

from __future__ import annotations

from collections.abc import Sequence

from mingdai.audit.detecting.identity import Identity
from mingdai.audit.leaving import Egress, attempts_of, egress_of
from mingdai.audit.visits import Hop, Visit


def conclude(
    visit: Visit, identity: Identity, dark_patterns: Sequence[str] = ()
) -> dict[str, object]:
    """The object of `findings.json`; `dark_patterns` are the names the checks found.

    `violation` is True where a third party got a value before consent or a dark pattern was found.
    `verdict` is never "pass" where the capture is known to be incomplete.
    """
    egress = egress_of(visit, identity)
    early = any(row.before_consent and not row.first_party for row in egress)
    violation = early or bool(dark_patterns)
    verdict = "fail" if violation else "pass" if visit.complete else "incomplete"
    return {
        "format": "mingdai-findings/1",
        "hops": _hops(visit, egress),
        "egress": [row.as_json() for row in egress],
        "dark_patterns": list(dark_patterns),
        "violation": violation,
        "verdict": verdict,
        "stop": {"code": visit.stop.code, "said": visit.stop.said},
        "attempted": [row.as_json() for row in attempts_of(visit, identity)],
        "unattributed": _unattributed(visit),
        "app_links": [{"host": link.host, "url": link.url} for link in visit.app_links],
        "downloads": [_download(visit, number) for number in range(len(visit.downloads))],
        "unseen": list(visit.unseen),
    }


def _hops(visit: Visit, egress: Sequence[Egress]) -> list[dict[str, object]]:
    rows = [_hop(hop, "visitor") for hop in visit.hops]
    known = {(row["from_host"], row["to_host"]) for row in rows}
    for row in egress:
        pair = (row.from_host, row.recipient_host)
        if row.first_party or not row.from_host or pair in known or pair[0] == pair[1]:
            continue
        known.add(pair)
        rows.append(
            {
                "from_host": pair[0],
                "to_host": pair[1],
                "how": row.transport,
                "kind": "data",
                "at": round(row.at, 3),
            }
        )
    return rows


def _hop(hop: Hop, kind: str) -> dict[str, object]:
    row: dict[str, object] = {
        "from_host": hop.from_host,
        "to_host": hop.to_host,
        "how": hop.how,
        "detail": hop.detail,
        "kind": kind,
        "at": round(hop.at, 3),
    }
    return row


def _unattributed(visit: Visit) -> list[dict[str, object]]:
    return [
        {
            "request_id": each.request_id,
            "host": each.url.partition("://")[2].partition("/")[0].partition(":")[0],
            "method": each.method,
            "resource": each.resource,
            "initiator": each.initiator,
            "purpose": each.purpose,
        }
        for each in visit.exchanges
        if each.unattributed
    ]


def _download(visit: Visit, number: int) -> dict[str, object]:
    each = visit.downloads[number]
    return {
        "name": each.name,
        "sha256": each.sha256,
        "size": each.size,
        "package": each.package,
        "permissions": list(each.permissions),
    }
