"""转寄: a letter goes on to the borrower's own address, on the borrower's own setting alone.

PIPL Art. 13 and 14: consent, given by the person; Art. 15: taken back as easily (`not_withdrawn`
and `not_expired` read the setting as they read a grant).  Nobody else has this purpose, and the
one field it opens is the address the letter goes to.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import LegalBasis, Proposal, Purpose, Reason, RecipientKind

SOURCE = "PIPL Art. 13, 14, 15"
MARK = "V"
IN_FORCE = date(2021, 11, 1)

FIELDS = frozenset({"email"})
"""What may be read to pass a letter on."""


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse a relay to anybody but the borrower, and one without the borrower's open setting."""
    if proposal.purpose is not Purpose.RELAY:
        return None
    setting = proposal.grant
    if proposal.recipient.kind is not RecipientKind.BORROWER:
        return _refuse("purpose.unsuited", f"{proposal.recipient.kind} for {proposal.purpose}")
    if proposal.basis is not LegalBasis.CONSENT:
        return _refuse("basis.unsuited", "a relay stands on the borrower's own setting")
    if setting is None or setting.purpose != Purpose.RELAY or not setting.wording_id.strip():
        return _refuse("relay.no_setting", "the borrower has not switched the relay on")
    reader = proposal.recipient.id.removeprefix("borrower:")
    if reader != str(proposal.borrower_id) or setting.borrower_id != proposal.borrower_id:
        return _refuse("relay.other_person", "the setting or the reader is another person's")
    if proposal.fields != FIELDS or not frozenset(setting.fields) >= FIELDS:
        return _refuse("relay.other_fields", "a relay reads the e-mail address and nothing else")
    return None


def _refuse(code: str, reason: str) -> Reason:
    return Reason(
        code=code,
        reason=reason,
        source=SOURCE,
        remedy="show the letter in the product, or let the borrower switch the relay on",
    )
