"""撤回同意: from the moment of withdrawal on, a grant carries nothing more.

PIPL Art. 15: consent can be withdrawn; what was done before stays lawful.  So the rule compares
the two times, which lets the auditor judge past disclosures with it.  It cannot see a withdrawal
committed while `proposal.at` was already in hand: the gate takes `at` after it has locked the
grant's row, or refuses a row that is withdrawn at all.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import Proposal, Reason

SOURCE = "PIPL Art. 15"
MARK = "V"
IN_FORCE = date(2021, 11, 1)


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse at and after the grant's withdrawal, whoever the recipient is."""
    grant = proposal.grant
    if grant is None or grant.withdrawn_at is None or proposal.at < grant.withdrawn_at:
        return None
    return Reason(
        code="consent.withdrawn",
        reason=f"grant {grant.id} was withdrawn",
        source=SOURCE,
        remedy="stop; only a new grant by the borrower opens this again",
    )
