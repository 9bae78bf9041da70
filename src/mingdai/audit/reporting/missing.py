"""What an audit could not see, said as plainly as what it saw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingdai.audit.companies import bare_host
from mingdai.audit.detecting.inspecting import Detector
from mingdai.audit.leaving import as_request
from mingdai.audit.reporting import naming
from mingdai.audit.reporting.loading import Bundle
from mingdai.audit.reporting.wording import Words

_UDP = re.compile(r"(\d+) bytes left over UDP")
_MOST_HOSTS = 8
_ORDINARY_ENDS = {"end"}


def incompleteness(bundle: Bundle, words: Words) -> Iterator[str]:
    """Why the capture is incomplete; nothing where it is not."""
    for each in bundle.visit.unseen:
        udp = _UDP.match(each)
        if udp:
            yield words("unseen.udp", n=udp[1])
        elif each.startswith("the net log is missing"):
            yield words("unseen.netlog")
        else:
            yield each
    for row in bundle.findings.get("checks") or ():
        said = str(row["said"][words.language])
        if row["check"] == "capture_gaps" and not said.endswith(tuple(bundle.visit.unseen) or "\0"):
            yield said.rstrip("。.")


def unseen_lines(bundle: Bundle, words: Words) -> Iterator[str]:
    """Every line of the section, the gravest first."""
    visit, findings = bundle.visit, bundle.findings
    yield from incompleteness(bundle, words)
    rows = findings.get("unattributed", ())
    if rows:
        hosts = _hosts([row["host"] for row in rows], words)
        yield words("unseen.unattributed", n=len(rows), hosts=hosts)
    yield from _unread(bundle, words)
    links = findings.get("app_links", ())
    if links:
        hosts = _hosts([row["host"] for row in links], words)
        yield words("unseen.apps", n=len(links), hosts=hosts)
    if visit.stop.code not in _ORDINARY_ENDS:
        why = naming.stop(visit.stop.code, visit.stop.said, words)
        yield words("unseen.stop", why=why)
    yield words("unseen.always1")
    yield words("unseen.always2")


def _unread(bundle: Bundle, words: Words) -> Iterator[str]:
    """Blobs that could not be decoded, and requests too large to decode to the end."""
    detector = Detector(bundle.identity)
    sent = [each for each in bundle.visit.exchanges if each.sent and each.purpose == "visit"]
    opaque, reached = [], 0
    for each in sent:
        report = detector.inspect(as_request(each))
        opaque += [bare_host(each.url)] * len(report.opaque)
        reached += report.budget_reached
    if opaque:
        yield words("unseen.opaque", n=len(opaque), hosts=_hosts(opaque, words))
    if reached:
        yield words("unseen.budget", n=reached)


def _hosts(hosts: Sequence[str], words: Words) -> str:
    known = list(dict.fromkeys(hosts))
    more = [f"… ({len(known)})"] if len(known) > _MOST_HOSTS else []
    return words.join([*known[:_MOST_HOSTS], *more])
