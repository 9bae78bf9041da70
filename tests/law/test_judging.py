"""Properties of all rules together, and the row each rule has in docs/law.md."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.law import RULES
from mingdai.law.judging import refusals
from mingdai.words import (
    FIELD_BY_CODE,
    FIELDS,
    LegalBasis,
    LicenceKind,
    PartnerKind,
    Proposal,
    Purpose,
    Recipient,
    RecipientKind,
    Route,
    Sensitivity,
)
from tests.conftest import NOON
from tests.law.proposals import (
    ALLOWED,
    BORROWER,
    BUREAU,
    LENDER,
    NECESSARY,
    OTHER,
    OWN_VIEW,
    STAFF,
    TO_LENDER,
    DeskTicket,
    SheetGrant,
    granted,
)

MODULES = [sys.modules[rule.__module__] for rule in RULES]
LAW_PAGE = (Path(__file__).parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
LAW_FOLDER = Path(MODULES[0].__file__ or "").parent


def codes(proposal: Proposal) -> list[str]:
    return [each.code for each in refusals(proposal, RULES)]


@pytest.mark.parametrize("proposal", ALLOWED.values(), ids=ALLOWED)
def test_every_rule_accepts_what_is_in_order(proposal):
    assert codes(proposal) == []


def test_an_empty_list_of_rules_refuses():
    assert [each.code for each in refusals(OWN_VIEW, [])] == ["law.no_rules"]


def test_a_naive_time_is_refused_before_any_rule_compares_it():
    assert codes(replace(TO_LENDER, at=NOON.replace(tzinfo=None))) == ["law.naive_time"]


def test_a_rule_that_raises_does_not_count_as_a_yes():
    def broken(proposal: Proposal) -> None:
        raise LookupError(proposal.purpose)

    with pytest.raises(LookupError):
        refusals(OWN_VIEW, [*RULES, broken])


def test_every_refusal_is_told_in_the_order_of_the_rules():
    assert codes(replace(granted(withdrawn_at=NOON, expires_at=NOON), age=17)) == [
        "consent.withdrawn",
        "consent.expired",
        "borrower.under_18",
    ]


FIVE_ELEMENTS = {
    "name": ({"recipient_id": "shili-bank"}, "consent.other_recipient"),
    "contact, by the text shown": ({"wording_id": ""}, "consent.no_wording"),
    "purpose": ({"purpose": "onward_transfer"}, "consent.other_purpose"),
    "method": ({"route": "direct"}, "consent.other_route"),
    "carrier, a part of the method": ({"carrier_id": "shili-b2"}, "consent.other_carrier"),
    "categories": ({"fields": NECESSARY[1:]}, "consent.other_fields"),
}


@pytest.mark.parametrize(("change", "code"), FIVE_ELEMENTS.values(), ids=FIVE_ELEMENTS)
def test_changing_any_element_of_article_23_refuses(change, code):
    assert code in codes(granted(**change))


FIELD_CODES = [each.code for each in FIELDS]
fields = st.frozensets(st.sampled_from([*FIELD_CODES, "album", "zodiac"]), max_size=5)
moments = st.integers(-3, 3).map(lambda days: NOON + timedelta(days=days))
people = st.sampled_from([BORROWER, BORROWER, OTHER])
recipients = st.one_of(
    st.builds(
        Recipient,
        kind=st.just(RecipientKind.PARTNER),
        id=st.sampled_from([LENDER.id, LENDER.id, BUREAU.id]),
        legal_name=st.sampled_from(["示例小额贷款有限公司", ""]),
        partner_kind=st.sampled_from([*PartnerKind, PartnerKind.LENDER, None]),
        licence=st.sampled_from(list(LicenceKind)),
        active=st.sampled_from([True, True, False]),
    ),
    st.builds(
        Recipient,
        kind=st.sampled_from(list(RecipientKind)),
        id=st.sampled_from([str(BORROWER), str(STAFF), ""]),
        legal_name=st.just(""),
    ),
)
grants = st.builds(
    SheetGrant,
    borrower_id=people,
    recipient_id=st.sampled_from([LENDER.id, BUREAU.id]),
    carrier_id=st.sampled_from([BUREAU.id, None]),
    purpose=st.sampled_from([each.value for each in Purpose]),
    fields=fields,
    sensitive_agreed=fields,
    route=st.sampled_from([each.value for each in Route]),
    granted_at=moments,
    expires_at=moments,
    withdrawn_at=st.none() | moments,
)
tickets = st.builds(
    DeskTicket,
    borrower_id=people,
    assignee_id=st.sampled_from([STAFF, OTHER, None]),
    purpose=st.sampled_from([each.value for each in Purpose]),
    fields=fields,
    opened_at=moments,
    closes_at=moments,
    closed_at=st.none() | moments,
)
anything = st.builds(
    Proposal,
    borrower_id=people,
    recipient=recipients,
    purpose=st.sampled_from(list(Purpose)),
    fields=fields,
    route=st.sampled_from(list(Route)),
    basis=st.sampled_from(list(LegalBasis)),
    at=moments,
    grant=st.none() | grants,
    ticket=st.none() | tickets,
    carrier=st.none() | st.just(BUREAU),
    registered=st.dictionaries(st.sampled_from(FIELD_CODES), st.sampled_from(["", "送达"])),
    age=st.none() | st.integers(0, 80),
    hops=st.integers(0, 3),
    exemption=st.sampled_from(["", "counsel-2026-01"]),
)
near = st.builds(
    lambda base, other, names: replace(base, **{name: getattr(other, name) for name in names}),
    st.sampled_from(list(ALLOWED.values())),
    anything,
    st.sets(st.sampled_from(list(Proposal.__dataclass_fields__)), max_size=3),
)
"""An allowed proposal with up to three of its parts taken from any other."""

proposals = near | anything


@given(proposals)
def test_whatever_is_allowed_has_one_of_three_reasons_to_be(proposal):
    if codes(proposal):
        return

    by = proposal.recipient.kind
    stands_on = {
        RecipientKind.PARTNER: proposal.grant,
        RecipientKind.STAFF: proposal.ticket,
        RecipientKind.REGULATOR: proposal.ticket,
        RecipientKind.BORROWER: proposal.recipient.id == str(proposal.borrower_id),
    }
    assert stands_on[by]


@given(proposals)
def test_whatever_reaches_a_partner_is_what_its_grant_says(proposal):
    if codes(proposal) or proposal.recipient.kind is not RecipientKind.PARTNER:
        return

    grant = proposal.grant
    assert grant is not None
    assert (grant.borrower_id, grant.recipient_id, grant.purpose, grant.route) == (
        proposal.borrower_id,
        proposal.recipient.id,
        proposal.purpose,
        proposal.route,
    )
    assert grant.carrier_id == (proposal.carrier.id if proposal.carrier else None)
    assert proposal.fields <= set(grant.fields) <= proposal.registered.keys()
    assert grant.granted_at <= proposal.at < grant.expires_at
    assert grant.withdrawn_at is None or proposal.at < grant.withdrawn_at
    assert proposal.age is not None
    assert proposal.age >= 18
    kinds = [FIELD_BY_CODE[code] for code in proposal.fields]
    sensitive = {each.code for each in kinds if each.sensitivity is Sensitivity.SENSITIVE}
    assert sensitive <= set(grant.sensitive_agreed)
    if proposal.route is not Route.VIA_CREDIT_AGENCY:
        assert not [each for each in kinds if each.credit]
    if proposal.route is Route.LENDER_PAGE:
        assert not proposal.fields


@given(proposals, st.data())
def test_taking_a_field_out_never_turns_allowed_into_refused(proposal, data):
    if codes(proposal) or not proposal.fields:
        return

    fewer = proposal.fields - {data.draw(st.sampled_from(sorted(proposal.fields)))}

    assert codes(replace(proposal, fields=fewer)) == []


@given(st.sampled_from(list(ALLOWED.values())), st.data())
def test_any_subset_of_an_allowed_field_set_stays_allowed(proposal, data):
    fewer = data.draw(st.frozensets(st.sampled_from(sorted(proposal.fields or {"name"}))))

    assert codes(replace(proposal, fields=fewer & proposal.fields)) == []


@given(proposals)
def test_growing_older_never_turns_allowed_into_refused(proposal):
    if codes(proposal) or proposal.age is None:
        return

    assert codes(replace(proposal, age=proposal.age + 1)) == []


@given(proposals, st.integers(1, 10**6))
def test_a_refused_withdrawn_or_ended_grant_stays_refused_later(proposal, seconds):
    gone = {"consent.withdrawn", "consent.expired"} & set(codes(proposal))

    later = codes(replace(proposal, at=proposal.at + timedelta(seconds=seconds)))

    assert gone <= set(later)


@given(proposals)
def test_no_refusal_is_without_code_reason_source_and_remedy(proposal):
    told = refusals(proposal, RULES)

    assert all(each.code and each.reason and each.source and each.remedy for each in told)


@given(proposals)
def test_every_code_that_can_be_refused_is_told_in_the_law_page(proposal):
    missing = [code for code in codes(proposal) if f"`{code}`" not in LAW_PAGE]

    assert missing == []


def test_every_rule_file_is_in_the_list():
    files = {path.stem for path in LAW_FOLDER.glob("*.py")} - {"__init__", "judging"}

    assert {module.__name__.rpartition(".")[2] for module in MODULES} == files


@pytest.mark.parametrize("module", MODULES, ids=[each.__name__ for each in MODULES])
def test_every_rule_has_its_row_in_the_law_page(module):
    name = module.__name__.rpartition(".")[2]
    rows = [line for line in LAW_PAGE.splitlines() if line.startswith(f"| `{name}` |")]

    assert len(rows) == 1
    cells = [cell.strip() for cell in rows[0].strip("|").split("|")]
    assert cells[1:4] == [module.SOURCE, f"[{module.MARK}]", module.IN_FORCE.isoformat()]
    assert all(cells)
    assert len(cells) == 7


def test_a_text_that_was_not_read_is_called_platform_policy():
    unread = [module for module in MODULES if module.MARK != "V"]

    assert unread
    assert all("platform policy, following" in module.SOURCE for module in unread)
