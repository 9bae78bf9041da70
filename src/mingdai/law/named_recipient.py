"""具名接收方: the recipient, and the carrier if there is one, are those the grant names.

PIPL Art. 23 binds the recipient by name; a change of recipient needs a new consent.  The carrier
(受托方) of sealed bytes is named on the sheet too (Art. 21), so another carrier is another method.
GB/T 35273 is content with the *type* of recipient; the law is not.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import Proposal, Reason, RecipientKind

SOURCE = "PIPL Art. 21, 23"
MARK = "V"
IN_FORCE = date(2021, 11, 1)


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse a partner that its grant does not name, or one carried by another."""
    recipient, grant = proposal.recipient, proposal.grant
    if recipient.kind is not RecipientKind.PARTNER:
        return None
    if not recipient.legal_name.strip() or not recipient.id.strip():
        return Reason(
            code="recipient.unnamed",
            reason="the recipient has no legal name or no id",
            source=SOURCE,
            remedy="record the partner's legal name before anything goes to it",
        )
    if grant is None:
        return None
    if grant.recipient_id != recipient.id:
        return Reason(
            code="consent.other_recipient",
            reason=f"grant {grant.id} names {grant.recipient_id}, not {recipient.id}",
            source=SOURCE,
            remedy="ask the borrower for a grant to this recipient",
        )
    carrier_id = None if proposal.carrier is None else proposal.carrier.id
    if grant.carrier_id != carrier_id:
        return Reason(
            code="consent.other_carrier",
            reason=f"grant {grant.id} names another carrier",
            source=SOURCE,
            remedy="send by the carrier the borrower agreed to, or ask again",
        )
    return None
