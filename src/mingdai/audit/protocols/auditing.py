"""Every defect of a set of calls, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence

from mingdai.audit.protocols import amounts, digests, envelopes, prechecks, spreading
from mingdai.audit.protocols.calls import Call
from mingdai.audit.protocols.defects import SEVERITIES, Defect

JUDGES = (digests.judge, prechecks.judge, spreading.judge, envelopes.judge, amounts.judge)
"""Each looks at all calls and names the defects of its kind."""


def audit_calls(calls: Sequence[Call]) -> list[Defect]:
    """All defects, by severity, then by call."""
    rows = [defect for judge in JUDGES for defect in judge(calls)]
    return sorted(rows, key=lambda row: (SEVERITIES.index(row.kind.severity), row.call))
