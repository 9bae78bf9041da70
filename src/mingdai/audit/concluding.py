"""Turn a visit into `findings.json`: who moved the visitor where, who got what, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from mingdai.audit.checks import CHECKS
from mingdai.audit.checks.capture_gaps import gaps
from mingdai.audit.checks.companies_named import companies_named
from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.preparing import prepare
from mingdai.audit.checks.registry import Registry
from mingdai.audit.checks.remarks import DARK_PATTERNS, SEVERITIES, Remark
from mingdai.audit.detecting.identity import Identity
from mingdai.audit.leaving import Egress, attempts_of, egress_of
from mingdai.audit.visits import Hop, Visit


def conclude(
    visit: Visit, identity: Identity, registry: Registry | None = None
) -> dict[str, object]:
    """The object of `findings.json` (docs/schemas/findings.json); the same for the same visit.

    `violation` is True where a third party got a value before consent or unnamed by any text, or
    where a dark pattern was found.  `verdict` is fail on a violation, incomplete where anything is
    known to be unseen, and pass only otherwise.
    """
    egress = egress_of(visit, identity)
    matter = prepare(visit, identity, egress, attempts_of(visit, identity), registry)
    remarks = remarks_of(matter)
    found = {row.dark_pattern or row.rule.dark_pattern for row in remarks}
    violation = any(row.is_violation for row in remarks)
    incomplete = bool(gaps(matter))
    return {
        "format": "mingdai-findings/1",
        "hops": _hops(visit, egress),
        "egress": [row.as_json() for row in egress],
        "dark_patterns": [name for name in DARK_PATTERNS if name in found],
        "violation": violation,
        "verdict": "fail" if violation else "incomplete" if incomplete else "pass",
        "checks": [row.as_json() for row in remarks],
        "companies_named": companies_named(matter),
        "registry": registry.as_json() if registry else None,
        "stop": {"code": visit.stop.code, "said": visit.stop.said},
        "attempted": [row.as_json() for row in matter.attempts],
        "unattributed": _unattributed(visit),
        "app_links": [{"host": link.host, "url": link.url} for link in visit.app_links],
        "downloads": [_download(visit, number) for number in range(len(visit.downloads))],
        "unseen": list(visit.unseen),
    }


def remarks_of(matter: Matter) -> list[Remark]:
    """What every check says, the gravest first; within a severity in the order of the list."""
    rows = [remark for each in CHECKS for remark in each.check(matter)]
    return sorted(rows, key=lambda row: SEVERITIES.index(row.severity or row.rule.severity))


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
