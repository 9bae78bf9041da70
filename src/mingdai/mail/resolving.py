"""Look names up: in the DNS, or in a zone file where there is no DNS (demo, tests).

Every check of a sender takes its resolver as an argument.  A record is its text: an address, an
`exchange` with its preference before it, the joined strings of a TXT.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import dns.exception
import dns.rdatatype
import dns.resolver
import dns.zonefile
from dns.rdata import Rdata
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT

TIMEOUT_S = 5.0
CNAMES = 8
"""How many aliases of a name are followed."""


class Silent(Exception):
    """The DNS does not answer now; try again later."""


class Resolver(Protocol):
    """What answers."""

    def lookup(self, name: str, kind: str) -> list[str]:
        """The records of `kind` (`A`, `AAAA`, `MX`, `PTR`, `TXT`) at `name`; raises Silent."""
        ...


class DnsResolver:
    """The resolver this machine is configured with."""

    def __init__(self) -> None:
        """Read the machine's configuration."""
        self._resolver = dns.resolver.Resolver()
        self._resolver.cache = dns.resolver.LRUCache(4096)

    def lookup(self, name: str, kind: str) -> list[str]:
        """Ask; CNAMEs are followed by the resolver."""
        try:
            answer = self._resolver.resolve(name, kind, lifetime=TIMEOUT_S)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.resolver.NoNameservers, dns.exception.Timeout, OSError) as error:
            raise Silent from error
        except dns.exception.DNSException:
            return []
        return [_text(each) for each in answer]


class ZoneResolver:
    """Records from a zone file; whatever is not in it does not exist."""

    def __init__(self, text: str) -> None:
        """`text` is in the form of a zone file, every name absolute (RFC 1035, 5)."""
        self._records: dict[tuple[str, str], list[str]] = {}
        for rrset in dns.zonefile.read_rrsets(
            text, origin=".", default_ttl=300, rdclass=None, default_rdclass="IN"
        ):
            key = (_plain(rrset.name.to_text()), dns.rdatatype.to_text(rrset.rdtype))
            self._records.setdefault(key, []).extend(_text(each) for each in rrset)

    @classmethod
    def from_file(cls, path: Path) -> ZoneResolver:
        """The records of one file."""
        return cls(path.read_text(encoding="ascii"))

    def lookup(self, name: str, kind: str) -> list[str]:
        """What the file says, through its CNAMEs."""
        plain = _plain(name)
        for _ in range(CNAMES):
            found = self._records.get((plain, kind))
            if found is not None:
                return found
            alias = self._records.get((plain, "CNAME"))
            if alias is None:
                return []
            plain = _plain(alias[0])
        return []


def _plain(name: str) -> str:
    return name.rstrip(".").lower()


def _text(record: Rdata) -> str:
    if isinstance(record, TXT):
        return b"".join(record.strings).decode("latin-1")
    if isinstance(record, MX):
        return f"{record.preference} {record.exchange.to_text(omit_final_dot=True)}"
    return record.to_text().rstrip(".")
