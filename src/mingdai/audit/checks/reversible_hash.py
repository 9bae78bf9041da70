"""A digest of a number with some of its digits beside it: the number, in a few milliseconds.

The digest is really undone, from what stands in the request and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.recovering import Recovered, recover, recoveries
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import CRIME_HASH, PIPL_51, PIPL_73
from mingdai.audit.companies import bare_host
from mingdai.audit.detecting.digesting import known_digests
from mingdai.audit.detecting.identity import Kind, national_mobile
from mingdai.audit.visits import Exchange

RULE = Rule(
    "reversible_hash",
    Said(
        "不发送手机号的摘要，更不与号段、掩码同发；用每个接收方各自的带密钥标识。",
        "Send no digest of a number, least of all with digits of it; use a keyed id per recipient.",
    ),
    (PIPL_73, PIPL_51, CRIME_HASH),
)
_MOST_BODY = 200_000


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each host whose requests give the number away."""
    done: set[str] = set()
    for each in matter.visit.exchanges:
        host = bare_host(each.url)
        findings = matter.findings.get(each.request_id, ())
        if host in done or not each.sent or not any(row.candidates_left for row in findings):
            continue
        found = recover(_readable(each)) or _by_forms(matter, each)
        if found is not None:
            done.add(host)
            yield _remark(each, host, found)


def _readable(each: Exchange) -> str:
    raw = each.url.encode() + b"\n" + each.body[:_MOST_BODY]
    return unquote_to_bytes(raw).decode("utf-8", "replace")


def _by_forms(matter: Matter, each: Exchange) -> Recovered | None:
    """Where both stand encoded: the digits and the digest as the detector read them."""
    mobiles = {
        row.field: national_mobile(row.value)
        for row in matter.identity.planted
        if row.kind is Kind.MOBILE
    }
    digests = [
        raw.hex()
        for raw, source in known_digests(matter.identity).items()
        if source.field in mobiles and len(source.steps) == 1
    ]
    for row in matter.findings.get(each.request_id, ()):
        forms = {row.form, *row.also_seen_as}
        if row.field not in mobiles or not row.candidates_left or "hash" not in forms:
            continue
        number, unknown = mobiles[row.field], len(str(row.candidates_left)) - 1
        mask = number[:8] + "***" if unknown == 3 else number[:3] + "****" + number[7:]
        return next(iter(recoveries(digests, [mask])), None)
    return None


def _remark(each: Exchange, host: str, found: Recovered) -> Remark:
    shown = len(found.shown) - found.unknown
    return Remark(
        RULE,
        Said(
            f"发往 {host} 的 {found.digest.upper()} 旁露出 {shown} 位数字，"
            f"只剩 {found.candidates} 种可能；第 {found.tries} 次即还原手机号"
            f"（约 {found.milliseconds:.3f} 毫秒）。",
            f"Beside the {found.digest.upper()} sent to {host} stood {shown} digits: "
            f"{found.candidates} candidates; the number came out at try {found.tries} "
            f"(about {found.milliseconds:.3f} ms).",
        ),
        (Evidence("exchange", each.request_id, f"{found.digest} + {shown} digits"),),
    )
