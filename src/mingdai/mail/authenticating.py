"""Find out who provably sent a message: SPF, DKIM, ARC, DMARC alignment, with a given resolver.

`Verdict.authenticated` is the From domain where SPF or a DKIM signature vouches for it in
alignment, whether or not the domain publishes a policy.  Stricter than the standards where they
leave room: two From addresses authenticate nobody, a signature over a part of the body (`l=`)
counts for nothing, ARC counts only from sealers the operator named.
Source: RFC 7208, 6376, 8463, 8617, 7489; organisational domains by the Public Suffix List.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import dkim
import spf
from publicsuffixlist import PublicSuffixList

from mingdai.mail.resolving import Resolver, Silent
from mingdai.trace.parsing import domain_of, read_head

MOST_SIGNATURES = 8
"""DKIM signatures looked at; more than that is an attack on our time."""

_ARC_FROM = re.compile(r"dmarc=pass\b[^;]*header\.from=([A-Za-z0-9._-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the sending server said: its address, its name, the return path ("" for none)."""

    ip: str
    helo: str
    mail_from: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The results, each a word of its standard, and what follows from them.

    `signed_by` are the domains with a valid signature.  `authenticated` is "" where nobody
    vouches.  `policy` is what the From domain asks receivers to do, "" where it publishes none.
    """

    spf: str
    spf_domain: str
    dkim: str
    signed_by: tuple[str, ...]
    arc: str
    arc_sealer: str
    dmarc: str
    policy: str
    from_domain: str
    authenticated: str

    def as_json(self) -> dict[str, object]:
        """As it is kept: words and domains."""
        return {
            "spf": self.spf,
            "spf_domain": self.spf_domain,
            "dkim": self.dkim,
            "signed_by": list(self.signed_by),
            "arc": self.arc,
            "arc_sealer": self.arc_sealer,
            "dmarc": self.dmarc,
            "policy": self.policy,
            "from_domain": self.from_domain,
            "authenticated": self.authenticated,
        }


@dataclass(frozen=True, slots=True)
class Chain:
    """What ARC says: its result, the last sealer, the From domain a trusted sealer saw pass."""

    result: str
    sealer: str = ""
    vouched: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A DMARC record: what it asks for and how strictly domains must agree."""

    asked: str = ""
    strict_dkim: bool = False
    strict_spf: bool = False


@dataclass(slots=True)
class Signed:
    """The DKIM result in one word, and whose signatures hold."""

    result: str = "none"
    domains: list[str] = field(default_factory=list)


def authenticate(
    raw: bytes, envelope: Envelope, *, resolver: Resolver, trusted: frozenset[str] = frozenset()
) -> Verdict:
    """The verdict on one message; `trusted` are ARC sealers.  Raises Silent: try again later."""
    from_domain = read_head(raw).domain
    spf_result, spf_domain = check_spf(envelope, resolver)
    signed = check_signatures(raw, resolver)
    chain = check_chain(raw, resolver, trusted)
    policy = find_policy(from_domain, resolver)
    vouches = bool(from_domain) and (
        (spf_result == "pass" and _agree(from_domain, spf_domain, strict=policy.strict_spf))
        or any(_agree(from_domain, each, strict=policy.strict_dkim) for each in signed.domains)
        or _agree(from_domain, chain.vouched, strict=True)
    )
    return Verdict(
        spf=spf_result,
        spf_domain=spf_domain,
        dkim=signed.result,
        signed_by=tuple(signed.domains),
        arc=chain.result,
        arc_sealer=chain.sealer,
        dmarc="none" if not policy.asked else "pass" if vouches else "fail",
        policy=policy.asked,
        from_domain=from_domain,
        authenticated=from_domain if vouches else "",
    )


def check_spf(envelope: Envelope, resolver: Resolver) -> tuple[str, str]:
    """The result and the domain it is about: of the return path, else of the greeting."""
    domain = domain_of(envelope.mail_from) or domain_of(f"postmaster@{envelope.helo}")
    if not domain:
        return "none", ""
    query = _Query(envelope, resolver)
    result, _, _ = query.check()
    if result == "temperror":
        raise Silent
    return str(result), domain


def check_signatures(raw: bytes, resolver: Resolver) -> Signed:
    """Every DKIM signature, each domain once."""
    found = Signed()
    try:
        message = dkim.DKIM(raw)
        count = sum(name.lower() == b"dkim-signature" for name, _ in message.headers)
    except dkim.DKIMException:
        return found
    for number in range(min(count, MOST_SIGNATURES)):
        domain = _signature(dkim.DKIM(raw), number, resolver)
        if domain and domain not in found.domains:
            found.domains.append(domain)
    if count:
        found.result = "pass" if found.domains else "fail"
    return found


def check_chain(raw: bytes, resolver: Resolver, trusted: frozenset[str]) -> Chain:
    """The ARC chain; what it vouches for counts where a trusted sealer sealed it last."""
    try:
        result, sets, _ = dkim.ARC(raw).verify(dnsfunc=_text_at(resolver))
    except Silent:
        raise
    except Exception:  # whatever a parser raises on hostile bytes, it is no proof
        return Chain("fail")
    if result != dkim.CV_Pass:
        return Chain("none" if result == dkim.CV_None else "fail")
    sealer = sets[0]["as-domain"].decode("ascii", "replace").lower()
    if sealer not in trusted:
        return Chain("pass", sealer)
    seen = _ARC_FROM.search(sets[0]["aar-value"].decode("utf-8", "replace"))
    return Chain("pass", sealer, domain_of(f"@{seen[1]}") if seen else "")


def find_policy(domain: str, resolver: Resolver) -> Policy:
    """The DMARC record of a domain, else of its organisation; an empty one where there is none."""
    for each in dict.fromkeys((domain, organisation(domain))):
        records = resolver.lookup(f"_dmarc.{each}", "TXT") if each else []
        good = [text for text in records if re.match(r"v=DMARC1\s*(;|$)", text)]
        if len(good) == 1:
            tags = dict(_tag(part) for part in good[0].split(";") if "=" in part)
            asked = tags.get("sp", tags.get("p", "")) if each != domain else tags.get("p", "")
            return Policy(asked, tags.get("adkim") == "s", tags.get("aspf") == "s")
    return Policy()


def organisation(domain: str) -> str:
    """The organisational domain: one label below a public suffix; "" for a suffix itself."""
    return _suffixes().privatesuffix(domain) or "" if domain else ""


def _agree(from_domain: str, other: str, *, strict: bool) -> bool:
    if not other:
        return False
    if strict or from_domain == other:
        return from_domain == other
    own = organisation(from_domain)
    return bool(own) and own == organisation(other)


def _signature(message: dkim.DKIM, number: int, resolver: Resolver) -> str:
    """The domain whose signature holds, "" for none."""
    try:
        holds = message.verify(idx=number, dnsfunc=_text_at(resolver))
        fields = message.signature_fields
    except Silent:
        raise
    except Exception:  # whatever a parser raises on hostile bytes, it is no proof
        return ""
    if not holds or b"l" in fields:
        return ""
    return domain_of("@" + fields[b"d"].decode("ascii", "replace"))


def _text_at(resolver: Resolver) -> Callable[..., bytes | None]:
    def look(name: bytes | str, timeout: float = 5) -> bytes | None:
        plain = name.decode("ascii", "replace") if isinstance(name, bytes) else name
        found = resolver.lookup(plain, "TXT")
        return found[0].encode("latin-1") if found else None

    return look


def _tag(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name.strip().lower(), value.strip().lower()


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


class _Query(spf.query):  # type: ignore[misc]  # pyspf ships no types
    """An SPF evaluation that asks our resolver instead of the machine's."""

    def __init__(self, envelope: Envelope, resolver: Resolver) -> None:
        helo = envelope.helo or "unknown"
        super().__init__(i=envelope.ip, s=envelope.mail_from, h=helo, strict=True, querytime=20)
        self._resolver = resolver

    def dns(
        self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False
    ) -> list[object]:
        """The records in the shape pyspf wants; empty answers are counted (RFC 7208, 4.6.4)."""
        try:
            found = self._resolver.lookup(str(name), qtype)
        except Silent as error:
            raise spf.TempError("DNS does not answer") from error
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError(f"more than {spf.MAX_VOID_LOOKUPS} empty answers")
        return [_shaped(each, qtype) for each in found]


def _shaped(record: str, kind: str) -> object:
    if kind in {"TXT", "SPF"}:
        return (record.encode("latin-1"),)
    if kind == "MX":
        preference, _, host = record.partition(" ")
        return int(preference), host
    return record
