"""转委托与再提供: whoever stands behind the first recipient needs a grant of its own.

PIPL Art. 23: the recipient may not pass on beyond the consent; Art. 21: a processor may not
pass on without consent.  This ends 套娃式导流, the chain of platforms each keeping a copy.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import Proposal, Purpose, Reason, RecipientKind

SOURCE = "PIPL Art. 21, 23"
MARK = "V"
IN_FORCE = date(2021, 11, 1)


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse a second hop without a grant for onward transfer that names this recipient."""
    if proposal.hops < 1:
        return _refuse("onward.bad_hops", f"{proposal.hops} is not a count of hops")
    if proposal.hops == 1:
        return None
    grant = proposal.grant
    if (
        proposal.recipient.kind is RecipientKind.PARTNER
        and proposal.purpose is Purpose.ONWARD_TRANSFER
        and grant is not None
        and grant.purpose == Purpose.ONWARD_TRANSFER
        and grant.recipient_id == proposal.recipient.id
    ):
        return None
    return _refuse("onward.no_grant", f"hop {proposal.hops} has no grant of its own")


def _refuse(code: str, reason: str) -> Reason:
    return Reason(
        code=code,
        reason=reason,
        source=SOURCE,
        remedy="ask the borrower for a grant for onward transfer to this recipient",
    )
