"""What the walker may touch: the test world freely, anything else only by written authority.

`.test` names (RFC 6761) and loopback are the test world.  Other hosts need an authority that
names them, is in force, and says whose phone and e-mail are used.  Private address ranges are
refused unless an allowed pattern names the address.  A question nobody is there to answer is a no.
"""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from mingdai.audit.companies import bare_host
from mingdai.audit.detecting.identity import Kind, kind_of, seconds_of
from mingdai.audit.testworld import TEST_WORLD, is_test_host, matches
from mingdai.errors import Invalid, Refused

_OWNED = {"owned", "consenting adult"}
_RULE_SOURCE = "docs/auditing.md#guards"

Resolve = Callable[[str], Iterable[str]]
Ask = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Authority:
    """Who ordered the walk, for which hosts, until when (seconds since 1970).

    `contacts` says of the mobile and the e-mail whether they are "owned" by the auditor or belong
    to a "consenting adult".
    """

    ordered_by: str
    hosts: tuple[str, ...]
    until: float
    contacts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Guard:
    """Answers for each address whether it may be visited; `None` is yes, a text says why not."""

    allowed: tuple[str, ...]
    authority: Authority | None
    ask: Ask
    resolve: Resolve

    @property
    def is_narrow(self) -> bool:
        """Whether some host of the test world, or any other, is out of bounds."""
        return self.authority is not None or not set(TEST_WORLD) <= set(self.allowed)

    def refuses_visit(self, url: str) -> str:
        """Why this address may not be navigated or submitted to, "" where it may."""
        scheme, host = url.partition(":")[0].lower(), bare_host(url)
        if scheme in {"about", "data", "blob"}:
            return ""
        if scheme not in {"http", "https"}:
            return "leaves the browser"
        if not matches(host, self.allowed) and not self.ask(host):
            return "host not allowed"
        return self.refuses_contact(url)

    def refuses_contact(self, url: str) -> str:
        """Why not even a request of the page may go there, "" where it may."""
        host = bare_host(url)
        if not host or matches(host, TEST_WORLD):
            return ""
        if self.authority is None:
            return "outside the test world without authority"
        named = matches(host, self.allowed) and not host[-1].isalpha()
        private = [each for each in self.resolve(host) if is_private(each)]
        return "private address range" if private and not named else ""


def is_private(address: str) -> bool:
    """Whether an address is anything but a public one."""
    try:
        return not ipaddress.ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False


def addresses_of(host: str) -> list[str]:
    """Ask the system's resolver; [] where the name is unknown."""
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return sorted({str(row[4][0]) for row in rows})


def read_authority(path: Path) -> Authority:
    """Read the order (JSON or YAML: ordered_by, hosts, until, contacts); raises Invalid."""
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise Invalid(
            code="authority.file", reason=f"{path.name} cannot be read", field="authority"
        ) from error
    if not isinstance(document, Mapping):
        raise Invalid(code="authority.file", reason="it holds no object", field="authority")
    until = seconds_of(str(document.get("until") or ""))
    hosts = tuple(str(each).lower() for each in document.get("hosts") or ())
    if not document.get("ordered_by") or not hosts or until is None:
        raise Invalid(
            code="authority.incomplete",
            reason="it must say ordered_by, hosts and until",
            field="authority",
            remedy="see docs/auditing.md",
        )
    contacts = document.get("contacts")
    return Authority(
        str(document["ordered_by"]), hosts, until, contacts if isinstance(contacts, Mapping) else {}
    )


def make_guard(
    url: str, *, allow: tuple[str, ...], authority: Authority | None, ask: Ask, resolve: Resolve
) -> Guard:
    """The guard of one walk: what `allow` names, else the test world or the authority's hosts."""
    usual = TEST_WORLD if is_test_host(bare_host(url)) else ()
    wanted = tuple(each.lower().partition(":")[0] for each in allow)
    allowed = wanted or (*usual, *(authority.hosts if authority else ()))
    start = bare_host(url)
    if wanted and is_test_host(start):
        allowed = (*allowed, start)
    return Guard(allowed, authority, ask, resolve)


def refuse_start(
    url: str, *, guard: Guard, identity: Mapping[str, object], rules: str, now: float
) -> None:
    """Raise Refused where this walk may not begin at all; Invalid for an address that is none."""
    host = bare_host(url)
    if not host or url.partition(":")[0] not in {"http", "https"}:
        raise Invalid(code="walk.address", reason="the start must be an http address", field="url")
    for target in rule_targets(rules):
        if not is_test_host(target) and guard.authority is None:
            _refuse("walk.rules", "a resolver rule leads out of loopback", "name loopback only")
    outside = [host] if not is_test_host(host) else []
    outside += [each for each in guard.allowed if not _is_test_pattern(each)]
    if not outside:
        return
    if guard.authority is None:
        _refuse("walk.authority", "outside .test and loopback", "give --authority FILE")
    elif now >= guard.authority.until:
        _refuse("walk.authority_ended", "the authority has ended", "ask for a new one")
    elif any(not _covered(each, guard.authority.hosts) for each in outside):
        _refuse("walk.authority_hosts", "the authority does not name every host", "add the host")
    else:
        _refuse_contacts(identity, guard.authority)
    why = guard.refuses_contact(url)
    if why:
        _refuse("walk.address_range", why, "name the address in --allow")


def rule_targets(rules: str) -> list[str]:
    """Where resolver rules lead: the bare hosts of each MAP rule."""
    targets = []
    for rule in rules.split(","):
        words = rule.split()
        if len(words) >= 3 and words[0].upper() == "MAP" and words[2] != "~NOTFOUND":
            targets.append(bare_host(f"//{words[2]}") or words[2])
    return targets


def _refuse_contacts(identity: Mapping[str, object], authority: Authority) -> None:
    fields = identity.get("fields")
    for name, value in fields.items() if isinstance(fields, Mapping) else ():
        kind = kind_of(str(name), str(value))
        owner = str(authority.contacts.get("mobile" if kind is Kind.MOBILE else "email", ""))
        if kind in {Kind.MOBILE, Kind.EMAIL} and owner not in _OWNED:
            _refuse(
                "walk.contact_owner",
                f"the authority does not say whose {kind} this is",
                "contacts: {mobile: owned, email: owned}, or consenting adult",
            )
        if kind is Kind.ID_NUMBER and not str(value).startswith("999999"):
            _refuse("walk.id_region", "the ID number is not of region 999999", "make one up")


def _refuse(code: str, reason: str, remedy: str) -> None:
    raise Refused(code=code, reason=reason, source=_RULE_SOURCE, remedy=remedy)


def _is_test_pattern(pattern: str) -> bool:
    return pattern in TEST_WORLD or is_test_host(pattern.replace("*", "x"))


def _covered(host: str, patterns: Iterable[str]) -> bool:
    return matches(host, patterns)
