"""Ask every rule in force; nothing may be read while one of them refuses.

An empty list of rules refuses: a check that checks nothing must not look like consent.  A rule
that raises refuses as well, because its exception passes through to whoever proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mingdai.words import Proposal, Reason

Rule = Callable[[Proposal], Reason | None]
"""One rule: why it refuses the proposal, or None."""


def refusals(proposal: Proposal, rules: Sequence[Rule]) -> list[Reason]:
    """Every rule's reason to refuse, in the order of `rules`; [] is the only yes.

    A proposal whose time is naive is refused before any rule compares it.
    """
    if not rules:
        return [_NO_RULES]
    if proposal.at.utcoffset() is None:
        return [_NAIVE_TIME]
    return [reason for rule in rules if (reason := rule(proposal)) is not None]


_NO_RULES = Reason(
    code="law.no_rules",
    reason="no rule was asked",
    source="platform policy: verifiers fail closed",
    remedy="pass mingdai.law.RULES",
)
_NAIVE_TIME = Reason(
    code="law.naive_time",
    reason="the proposal's time has no zone",
    source="platform policy: times are aware and in UTC",
    remedy="pass an aware time",
)
