"""Whether a consent names the company behind a host that got data.

A host is named where its name, its registered name, or a company name seen on its own pages (or in
the registry) stands in the consent's texts, or where the identity declares it.  Names that fit
no host and hosts that fit no name are set against each other: with as many names left as hosts,
nothing is said against the flow.  A name that stands with the site of another company is not left:
the text itself says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingdai.audit.checks.matters import Consent, Matter, is_one_of
from mingdai.audit.checks.wording.standing import Named, Standing, standings_of
from mingdai.audit.companies import company_of
from mingdai.audit.detecting.identity import is_declared

_SITE = r"[（(，,][^（()）。；;\n]{0,16}?(?:https?://)?((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,12})"
_COMMON = {"www", "wap", "web", "app", "api", "cdn", "test", "example", "open", "data", "static"}


@dataclass(frozen=True, slots=True)
class Tied:
    """Which recipients the texts name, which they leave out, and who they name besides.

    `unknown` recipients may be meant by one of the names left over; `unnamed` may not.
    """

    named: tuple[str, ...]
    unknown: tuple[str, ...]
    unnamed: tuple[str, ...]


def tie(matter: Matter, consents: Sequence[Consent], hosts: Sequence[str]) -> Tied:
    """Set recipients against the names of the consents; `hosts` in the order seen."""
    whole = "\n".join(each.whole for each in consents)
    others = others_in(matter, consents)
    named, loose, unnamed = [], [], []
    left = [each.name for each in others if not _has_a_site(each.name, whole, consents)]
    for company, host in {company_of(host): host for host in reversed(hosts)}.items():
        met = [name for name in left if is_one_of(name, matter.shown.get(company, ()))]
        left = [name for name in left if name not in met]
        if met or _is_declared(matter, host, company) or _is_spelled(host, whole):
            named.append(host)
        elif _calls_itself_otherwise(matter, company, others):
            unnamed.append(host)
        else:
            loose.append(host)
    unnamed += loose[len(left) :] if len(loose) > len(left) else []
    unknown = [host for host in loose if host not in unnamed]
    return Tied(tuple(named), tuple(unknown), tuple(unnamed))


def others_in(matter: Matter, consents: Sequence[Consent]) -> list[Named]:
    """The companies the texts name beside the page's own, each once."""
    rows: list[Named] = []
    for consent in consents:
        own = matter.own_of(consent.host)
        for each in standings_of(consent.whole):
            if is_one_of(each.name, own) or (each.standing is Standing.OWN and not own):
                continue
            if not is_one_of(each.name, [row.name for row in rows]):
                rows.append(each)
    return _without_a_lone_author(matter, consents, rows)


def _without_a_lone_author(
    matter: Matter, consents: Sequence[Consent], rows: list[Named]
) -> list[Named]:
    """Where nobody is called the author, a company that only acts is the page's own."""
    if any(matter.own_of(each.host) for each in consents):
        return rows
    subjects = [each for each in rows if each.standing is Standing.SUBJECT]
    return [each for each in rows if each not in subjects[:1]]


def _has_a_site(name: str, text: str, consents: Sequence[Consent]) -> bool:
    """Whether the text gives the company's own site beside its name: 示例银行（网址 a.test）."""
    own = {company_of(each.host) for each in consents}
    beside = re.compile(re.escape(name) + _SITE)
    sites = (match[1].lower().rstrip(".") for match in beside.finditer(text))
    return any(company_of(site) not in own for site in sites)


def _is_declared(matter: Matter, host: str, company: str) -> bool:
    declared = matter.identity.declared
    return is_declared(host, declared) or company in {company_of(each) for each in declared}


def _is_spelled(host: str, text: str) -> bool:
    """Whether the text writes the host, its registered name, or the telling part of it."""
    lowered = text.lower()
    registered = company_of(host)
    if host in lowered or registered in lowered:
        return True
    label = registered.partition(".")[0]
    if len(label) < 4 or label in _COMMON:
        return False
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(label)}(?![a-z0-9])", lowered))


def _calls_itself_otherwise(matter: Matter, company: str, others: Sequence[Named]) -> bool:
    """Whether its own pages give it a name, and the consent's names are all others."""
    own = matter.own.get(company, ())
    return bool(own) and not any(is_one_of(each.name, own) for each in others)
