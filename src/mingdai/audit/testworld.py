"""The test world: hosts that need nobody's leave, because nobody real is behind them."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

TEST_WORLD = ("*.test", "localhost", "*.localhost", "127.*.*.*", "::1")
"""`.test` names (RFC 6761) and loopback."""


def is_test_host(host: str) -> bool:
    """Whether a host belongs to the test world."""
    return matches(host, TEST_WORLD)


def matches(host: str, patterns: Iterable[str]) -> bool:
    """Whether a bare host is one of the patterns (`*` stands for anything)."""
    return any(host == each or fnmatchcase(host, each) for each in patterns)
