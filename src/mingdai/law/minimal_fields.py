"""最小必要: proposed fields ⊆ the grant's fields ⊆ what the product registered with a reason.

PIPL Art. 6 and 网络数据安全管理条例 Art. 22(1): the minimum for the purpose.  The necessary set of
online lending (docs/law.md, 1.1) needs no reason; any other field needs a stated necessity.
Kinds of `words.NEVER_ASKED`, and kinds outside the catalogue, are refused to everybody.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mingdai.words import (
    FIELD_BY_CODE,
    NEVER_ASKED,
    GrantLike,
    Proposal,
    Reason,
    RecipientKind,
)

SOURCE = "PIPL Art. 6; 网络数据安全管理条例 Art. 22(1)"
MARK = "V"
IN_FORCE = date(2021, 11, 1)

_NEVER = frozenset(code for code, _, _ in NEVER_ASKED)


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse any field beyond grant, registration or catalogue."""
    granted = frozenset(proposal.grant.fields if proposal.grant else ())
    asked = proposal.fields | granted | frozenset(proposal.registered)
    if asked & _NEVER:
        return _refuse("fields.forbidden", asked & _NEVER, "ask for none of these, ever")
    if asked - FIELD_BY_CODE.keys():
        return _refuse("fields.unknown", asked - FIELD_BY_CODE.keys(), "use the catalogue's codes")
    if proposal.recipient.kind is not RecipientKind.PARTNER or proposal.grant is None:
        return None
    return _beyond_grant(proposal, proposal.grant)


def _beyond_grant(proposal: Proposal, grant: GrantLike) -> Reason | None:
    """Refuse what the grant, or behind it the product's registration, does not hold."""
    granted = frozenset(grant.fields)
    if proposal.fields - granted:
        return _refuse(
            "consent.other_fields", proposal.fields - granted, "ask the borrower for these fields"
        )
    unregistered = granted - proposal.registered.keys()
    if unregistered:
        return _refuse(
            "fields.not_registered", unregistered, "take the field out, or register it and ask anew"
        )
    unexplained = {
        code
        for code in granted
        if not FIELD_BY_CODE[code].necessary and not proposal.registered[code].strip()
    }
    if unexplained:
        return _refuse(
            "fields.no_necessity",
            unexplained,
            "state why the product needs the field, and ask anew",
        )
    return None


def _refuse(code: str, fields: Collection[str], remedy: str) -> Reason:
    count = len(fields)
    known = sorted(each for each in fields if each in FIELD_BY_CODE or each in _NEVER)
    named = f": {', '.join(known)}" if known else ""
    return Reason(
        code=code, reason=f"{count} field(s) are not covered{named}", source=SOURCE, remedy=remedy
    )
