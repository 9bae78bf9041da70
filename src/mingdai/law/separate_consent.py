"""单独同意: a partner receives only what a grant of this very borrower covers.

PIPL Art. 23 asks for separate consent that names recipient, contact, purpose, method and
categories; Art. 14 for a new one when purpose, method or categories change.  This rule checks
that there is a grant, whose it is, its purpose, its method (the route) and that it says which
text was shown; `named_recipient` and `minimal_fields` check the other two elements.
Contract or duty is no basis for giving a lead to another handler (Art. 13, our reading).
"""

from __future__ import annotations

from datetime import date

from mingdai.words import GrantLike, LegalBasis, Proposal, Purpose, Reason, RecipientKind

SOURCE = "PIPL Art. 13, 14, 23"
MARK = "V"
IN_FORCE = date(2021, 11, 1)

PARTNER_PURPOSES = frozenset({Purpose.CREDIT_DECISION, Purpose.ONWARD_TRANSFER})
"""What a partner may be given fields for."""


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse a partner without the borrower's own grant for this purpose and method."""
    if proposal.recipient.kind is not RecipientKind.PARTNER:
        return None
    if proposal.purpose not in PARTNER_PURPOSES:
        return _refuse(
            "purpose.unsuited",
            f"a partner is not a recipient for {proposal.purpose}",
            "propose a purpose of the catalogue that partners may have",
        )
    if proposal.basis is not LegalBasis.CONSENT or proposal.grant is None:
        return _refuse(
            "consent.missing",
            "no grant stands behind this proposal, or it leans on another basis",
            "ask the borrower for a grant to this recipient",
        )
    return _mismatch(proposal, proposal.grant)


def _mismatch(proposal: Proposal, grant: GrantLike) -> Reason | None:
    """What of the grant is not what is proposed."""
    for code, reason, agrees in (
        ("consent.other_borrower", "another borrower's", grant.borrower_id == proposal.borrower_id),
        ("consent.other_purpose", "for another purpose", grant.purpose == proposal.purpose),
        ("consent.other_route", "for another route", grant.route == proposal.route),
        ("consent.no_wording", "without the text that was shown", bool(grant.wording_id.strip())),
    ):
        if not agrees:
            return _refuse(
                code, f"grant {grant.id} is {reason}", "ask the borrower for a grant to this"
            )
    return None


def _refuse(code: str, reason: str, remedy: str) -> Reason:
    return Reason(code=code, reason=reason, source=SOURCE, remedy=remedy)
