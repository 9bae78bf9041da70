"""Say what a letter at an alias is: expected, or a sighting and of which grade.

Reads no table.  A grade speaks of the letter, not of who leaked: whoever held the alias may have
passed it on, and so may the platform's own database, mail door and staff, and the borrower's own
devices.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mingdai.trace.models import Grade


@dataclass(frozen=True, slots=True)
class Bearing:
    """The alias at the moment of arrival: whether it stands for a made-up borrower, and is bound.

    `expected` are the domains its recipient writes from; each covers its subdomains.  Of a virtual
    number they are the numbers it calls from.
    """

    decoy: bool
    bound: bool
    expected: frozenset[str]


def grade(authenticated: str, bearing: Bearing) -> Grade:
    """The grade of a letter provably sent by the domain `authenticated`, "" for nobody."""
    is_expected = bool(authenticated) and covers(bearing.expected, authenticated)
    if is_expected and bearing.bound:
        return Grade.EXPECTED
    if bearing.decoy:
        return Grade.DECOY
    if not bearing.bound:
        return Grade.UNBOUND
    return Grade.OTHER if authenticated else Grade.UNAUTHENTICATED


def covers(domains: Collection[str], domain: str) -> bool:
    """Whether `domain` is one of `domains` or below one."""
    return any(domain == each or domain.endswith(f".{each}") for each in domains)
