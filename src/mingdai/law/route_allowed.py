"""断直连: which way fields may go to which kind of institution.

Platform policy, following the PBoC notice of 2021-07 on 断直连 and 征信业务管理办法 (official
texts not read): no direct passing of applications to financial institutions without counsel's
recorded exemption; credit information travels by a licensed credit agency only.  Whether a
carrier of sealed bytes satisfies the notice is open and listed for counsel in docs/law.md, K1.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import FIELD_BY_CODE, LicenceKind, Proposal, Reason, RecipientKind, Route

SOURCE = "platform policy, following the PBoC notice of 2021-07 (断直连) and 征信业务管理办法"
MARK = "V2"
IN_FORCE = date(2022, 1, 1)

NOT_DIRECT = frozenset({LicenceKind.BANK, LicenceKind.CONSUMER_FINANCE, LicenceKind.TRUST})
"""Financial institutions (金融机构), which `direct` does not reach without an exemption."""


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse a route that the recipient, its carrier or the fields do not allow."""
    if proposal.recipient.kind is not RecipientKind.PARTNER:
        return _inside(proposal)
    route = proposal.route
    if route is Route.INSIDE:
        return _refuse("route.inside", "a partner is not inside the platform")
    if route is Route.LENDER_PAGE and proposal.fields:
        return _refuse("route.carries_nothing", "lender_page is a link and carries no field")
    if (
        route is Route.DIRECT
        and proposal.recipient.licence in NOT_DIRECT
        and not proposal.exemption.strip()
    ):
        return _refuse("route.direct_to_bank", "direct to a financial institution, no exemption")
    if route is not Route.VIA_CREDIT_AGENCY and any(map(_is_credit, proposal.fields)):
        return _refuse("route.credit_information", "credit information outside a credit agency")
    if route is Route.VIA_CREDIT_AGENCY and proposal.carrier is None:
        return _refuse("route.no_carrier", "via_credit_agency without a credit agency is direct")
    if route is not Route.VIA_CREDIT_AGENCY and proposal.carrier is not None:
        return _refuse("route.unexpected_carrier", "this route has no carrier")
    return None


def _inside(proposal: Proposal) -> Reason | None:
    """Whoever is not a partner reads inside the platform and by nobody's hand."""
    if proposal.route is not Route.INSIDE:
        return _refuse("route.not_inside", "only a partner is reached by a way out")
    if proposal.carrier is not None:
        return _refuse("route.unexpected_carrier", "this route has no carrier")
    return None


def _is_credit(code: str) -> bool:
    known = FIELD_BY_CODE.get(code)
    return known is not None and known.credit


def _refuse(code: str, reason: str) -> Reason:
    return Reason(
        code=code,
        reason=reason,
        source=SOURCE,
        remedy="take via_credit_agency, lender_page, or record counsel's exemption",
    )
