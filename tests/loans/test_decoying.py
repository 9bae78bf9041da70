import copy
from datetime import date, timedelta
from itertools import count

import pytest

from mingdai.accounts.models import Borrower, Staff, Ticket
from mingdai.accounts.ticketing import tickets_of
from mingdai.errors import Refused
from mingdai.gate.aliasing import address
from mingdai.gate.decoying import is_decoy, list_decoys, reads_of
from mingdai.gate.disclosing import read_for_staff
from mingdai.gate.models import Alias, Disclosure
from mingdai.ledger.models import LedgerEntry
from mingdai.loans.decoying import place_with_partner, place_with_staff
from mingdai.loans.models import Application
from mingdai.market.catalogue import product_of_spec
from mingdai.market.listing import list_products
from mingdai.partners.allowing import allow_decoys
from mingdai.partners.models import Partner
from mingdai.trace.grading import grade
from mingdai.trace.models import Grade
from mingdai.trace.sighting import bearing_of
from mingdai.words import ActorId
from mingdai_proofs.entries import EntryKind
from tests.conftest import NOON
from tests.gate.world import make_lender
from tests.market.shelf import PRODUCTS

BY = ActorId("staff:1")
WHY = "核对联系方式"
SONGHE = next(each for each in PRODUCTS if each.id == "songhe-zhouzhuan")
NEEDED = ("联系借款人", "To reach the borrower")


def asking(codes, route="direct"):
    """The same product with these fields by this route."""
    spec = copy.deepcopy(SONGHE.spec)
    spec["product"]["fields"] = {code: list(NEEDED) for code in codes}
    spec["product"]["route"] = route
    return product_of_spec(spec)


CODES = ("name", "mobile", "email", "address")
CONTACT = asking(CODES)
SHELVES = count(1)
"""Each test's shelf is of another minute, as a shelf is cached by when it changed."""


def sell(product):
    lender = product.lender
    partner = make_lender(
        str(lender.id),
        legal_name=lender.legal_name,
        licence=lender.licence,
        licence_number=lender.licence_number,
    )
    list_products([product], at=NOON - timedelta(minutes=next(SHELVES)))
    return partner


@pytest.fixture
def partner(db) -> Partner:
    return sell(CONTACT)


def allowed(partner):
    allow_decoys(partner, "第9条", date(2026, 1, 1), actor=BY, at=NOON)


def employee(login: str) -> Staff:
    return Staff.objects.create(login=login, role=Staff.Role.OPERATOR, created_at=NOON)


def test_a_partner_without_a_clause_gets_no_decoy_and_nothing_is_made_up(partner):
    with pytest.raises(Refused) as caught:
        place_with_partner(CONTACT.id, by=BY, at=NOON)

    assert caught.value.code == "decoy.not_agreed"
    assert not Borrower.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("product", "code"),
    [
        (SONGHE, "decoy.credit_query"),
        (asking(CODES, "via_credit_agency"), "decoy.credit_route"),
    ],
)
def test_no_decoy_goes_where_credit_could_be_queried_or_a_loan_paid(product, code):
    allowed(sell(product))

    with pytest.raises(Refused) as caught:
        place_with_partner(product.id, by=BY, at=NOON)

    assert caught.value.code == code


def test_a_partners_decoy_applies_like_anybody_and_is_on_the_sealed_list_alone(partner):
    allowed(partner)

    row = place_with_partner(CONTACT.id, by=BY, at=NOON)

    kinds = list(LedgerEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [EntryKind.COST_CONFIRMED, EntryKind.GRANTED, EntryKind.DISCLOSED]
    assert row.status == Application.Status.CONSENTED
    disclosure = Disclosure.objects.get()
    assert set(disclosure.fields) == {"name", "mobile", "email", "address"}
    [placed] = list_decoys(asked_by=BY)
    assert (placed.recipient, placed.application) == (partner.pk, str(row.pk))
    assert is_decoy(row.borrower_id)
    assert reads_of(placed) == 1


def test_mail_to_a_decoys_alias_is_a_sighting_of_its_own_grade(partner):
    allowed(partner)
    place_with_partner(CONTACT.id, by=BY, at=NOON)

    bearing = bearing_of(Alias.objects.get(), at=NOON)

    assert bearing.decoy
    assert grade("stranger.example", bearing) == Grade.DECOY


def test_an_employees_decoy_stands_in_that_queue_alone_and_its_reads_are_entries(partner):
    insider, colleague, officer = employee("insider"), employee("colleague"), employee("officer")

    ticket = place_with_staff(insider, CONTACT.id, reason=WHY, by=officer, at=NOON)

    assert [list(tickets_of(each, NOON)) for each in (insider, colleague)] == [[ticket], []]
    value = read_for_staff(ticket, staff_id=insider.pk, code="email", at=NOON)
    alias = Alias.objects.get()
    assert value == address(alias)
    assert (alias.recipient_id, alias.partner_id) == (f"staff:{insider.pk}", None)
    row = Disclosure.objects.get()
    assert (row.recipient_id, row.entry.kind) == (f"staff:{insider.pk}", EntryKind.STAFF_READ)
    [placed] = list_decoys(asked_by=BY)
    assert (placed.kind, placed.recipient, reads_of(placed)) == ("staff", row.recipient_id, 1)
    assert bearing_of(alias, at=NOON).decoy


def test_who_decides_does_not_try_the_own_queue(partner):
    officer = employee("officer")

    with pytest.raises(Refused) as caught:
        place_with_staff(officer, CONTACT.id, reason=WHY, by=officer, at=NOON)

    assert caught.value.code == "decoy.own_queue"
    assert not Ticket.objects.exists()


def test_two_decoys_share_nothing(partner):
    allowed(partner)
    one, two = (place_with_partner(CONTACT.id, by=BY, at=NOON) for _ in range(2))

    assert one.borrower_id != two.borrower_id
    assert len({address(each) for each in Alias.objects.all()}) == 2


@pytest.mark.django_db
def test_nothing_is_made_up_for_a_field_nobody_can_invent():
    product = asking((*CODES, "employer"))
    allowed(sell(product))

    with pytest.raises(Refused) as caught:
        place_with_partner(product.id, by=BY, at=NOON)

    assert caught.value.code == "decoy.other_fields"
