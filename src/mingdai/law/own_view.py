"""查阅: the borrower sees the borrower's own fields, and nobody else's, without a grant.

PIPL Art. 45: the right to access and copy.  A view is told from any other read by recipient,
purpose and basis together, so that no other read can borrow its freedom.  Letters passed on to the
borrower's own address are `own_relay`'s.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import LegalBasis, Proposal, Purpose, Reason, RecipientKind

SOURCE = "PIPL Art. 45"
MARK = "V"
IN_FORCE = date(2021, 11, 1)


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse a borrower anything but the own view of the own record, and others that view."""
    is_borrower = proposal.recipient.kind is RecipientKind.BORROWER
    is_own_view = proposal.purpose is Purpose.OWN_VIEW
    if is_borrower and proposal.purpose is Purpose.RELAY:
        return None
    if not is_borrower and not is_own_view:
        return None
    if is_borrower is not is_own_view:
        return _refuse("purpose.unsuited", f"{proposal.recipient.kind} for {proposal.purpose}")
    if proposal.recipient.id.removeprefix("borrower:") != str(proposal.borrower_id):
        return _refuse("own_view.other_person", "the reader is not the person the record is about")
    if proposal.basis is not LegalBasis.RIGHT_OF_ACCESS:
        return _refuse("basis.unsuited", "an own view stands on the right of access")
    return None


def _refuse(code: str, reason: str) -> Reason:
    return Reason(
        code=code,
        reason=reason,
        source=SOURCE,
        remedy="sign in as the person the record is about",
    )
