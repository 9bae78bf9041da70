"""Which hosts are one company: the part of a name that somebody registered.

Read from the Public Suffix List as packaged (no network).  `.test` names are their last two
labels.  Two names of one company that share no registered part count as two: ownership is not
public.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def bare_host(url: str) -> str:
    """The lower-case host of a URL without port, "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def company_of(host: str) -> str:
    """The registered name a host belongs to; an address or a single label is itself."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return str(_suffixes().privatesuffix(host) or host)
    return host


def same_company(one: str, other: str) -> bool:
    """Whether both hosts stand under one registered name."""
    return bool(one) and company_of(one) == company_of(other)
