"""有效期: a grant covers the time from its giving until its end, the end excluded.

PIPL Art. 19 asks for the shortest retention and Art. 14 for consent that is informed when it is
given, so a grant ends by itself and never covers a time before it.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import Proposal, Reason

SOURCE = "PIPL Art. 14, 19"
MARK = "V"
IN_FORCE = date(2021, 11, 1)


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse outside `granted_at <= at < expires_at`."""
    grant = proposal.grant
    if grant is None:
        return None
    if proposal.at < grant.granted_at:
        return Reason(
            code="consent.not_yet",
            reason=f"grant {grant.id} was given after this",
            source=SOURCE,
            remedy="nothing may be read before the borrower agreed",
        )
    if proposal.at >= grant.expires_at:
        return Reason(
            code="consent.expired",
            reason=f"grant {grant.id} has ended",
            source=SOURCE,
            remedy="ask the borrower for a new grant",
        )
    return None
