"""成年人: nobody under 18 is put forward to a lender; an unknown age is refused too.

Platform policy, following 民法典 Art. 17-19 (majority at 18; not read here) and the guidance on
campus loans; PIPL Art. 31 alone would protect only those under 14.
Age is whole years on the day of the proposal in Asia/Shanghai, counted by whoever proposes.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import Proposal, Purpose, Reason, RecipientKind

SOURCE = "platform policy, following 民法典 Art. 17-19; PIPL Art. 31"
MARK = "G"
IN_FORCE = date(2021, 1, 1)

ADULT_AGE = 18
"""Whole years."""

_PURPOSES = frozenset({Purpose.CREDIT_DECISION, Purpose.ONWARD_TRANSFER})


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse a partner, or a credit purpose, for a borrower not known to be 18."""
    if proposal.recipient.kind is not RecipientKind.PARTNER and proposal.purpose not in _PURPOSES:
        return None
    if proposal.age is not None and proposal.age >= ADULT_AGE:
        return None
    return Reason(
        code="borrower.under_18",
        reason="the borrower is not known to be 18",
        source=SOURCE,
        remedy="nothing may be lent; end the application",
    )
