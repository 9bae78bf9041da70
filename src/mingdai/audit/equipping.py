"""What an audit stands on, and what of it is missing here: said before an audit is ordered."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
NEEDED = ("playwright", "hyperscan", "yaml", "brotli", "zstandard", "apkInspector")
"""Modules of the `audit` extra that a walk imports."""


def missing() -> list[str]:
    """Codes of what is missing, in the order in which to install it; [] where audits can run."""
    found = []
    if any(find_spec(each) is None for each in NEEDED):
        found.append("audit.no_extra")
    if not CHROMIUM.exists():
        found.append("audit.no_chromium")
    return found
