"""敏感个人信息: each sensitive field that goes to a partner was agreed to on its own.

PIPL Art. 28-30: financial accounts and the like need necessity, a notice of impact and separate
consent.  The ID number is not in the statutory list: platform policy, following GB/T 35273
annex B (not read here), treats it alike.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import FIELD_BY_CODE, Proposal, Reason, RecipientKind, Sensitivity

SOURCE = "PIPL Art. 28-30; 网络数据安全管理条例 Art. 22(2)"
MARK = "V"
IN_FORCE = date(2021, 11, 1)


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse a partner sensitive fields that were not agreed to one by one."""
    if proposal.recipient.kind is not RecipientKind.PARTNER or proposal.grant is None:
        return None
    agreed = frozenset(proposal.grant.sensitive_agreed)
    missing = sorted(code for code in proposal.fields - agreed if _is_sensitive(code))
    if not missing:
        return None
    return Reason(
        code="consent.sensitive_missing",
        reason=f"not agreed to on their own in grant {proposal.grant.id}: {', '.join(missing)}",
        source=SOURCE,
        remedy="ask the borrower to agree to each of them, with its necessity and impact",
    )


def _is_sensitive(code: str) -> bool:
    """Whether the catalogue says so; what it does not know is `minimal_fields`'s to refuse."""
    known = FIELD_BY_CODE.get(code)
    return known is not None and known.sensitivity is Sensitivity.SENSITIVE
