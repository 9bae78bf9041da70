from dataclasses import replace
from datetime import timedelta

import pytest

from mingdai.consent.models import Grant
from mingdai.errors import Invalid, Refused
from mingdai.gate.models import Disclosure, Envelope
from mingdai.loans.applying import (
    Choice,
    confirm_cost,
    refuse,
    show_cost,
    start,
    submit,
)
from mingdai.loans.following import status_of
from mingdai.loans.models import Application
from mingdai.market.listing import list_products
from mingdai.market.models import CostTable
from mingdai.market.models import Product as ProductRow
from mingdai.market.schedules import Repayment, Span
from mingdai.partners.models import Partner
from mingdai.words import Route
from tests.conftest import NOON
from tests.gate.world import NECESSARY, SECOND, kinds, make_lender, make_person
from tests.loans.world import (
    CHOICE,
    PRODUCT,
    READ_S,
    SUBMITTED,
    answers_to,
    delivered,
    draft,
    submitted,
)
from tests.market.shelf import PRODUCTS
from tests.vault.people import VALUES, id_number


def test_an_application_reaches_the_lender_with_exactly_the_consented_fields(shop, person):
    application = delivered(person)

    opened = next(iter(shop.opened.values()))
    assert dict(opened.fields) == {code: VALUES[code] for code in NECESSARY}
    assert opened.manifest.application_id == str(application.pk)
    assert opened.manifest.carrier == "puyuan-cb"
    assert opened.detail["quoted"]["payments"] == application.quoted["payments"]
    assert status_of(application) == "sent"
    assert kinds() == ["COST_CONFIRMED", "GRANTED", "DISCLOSED", "COUNTERSIGNED"]


def test_a_field_outside_the_necessary_set_goes_only_where_it_was_opted_into(shop, person):
    application = draft(person)

    submit(application, answers_to(application, extras=frozenset({"email"})), at=SUBMITTED)

    assert set(Grant.objects.get().fields) == NECESSARY | {"email"}


def test_the_grant_names_the_text_shown_and_the_cost_table_confirmed(shop, person):
    application = submitted(person)

    given = Grant.objects.select_related("wording").get()
    assert PRODUCT.lender.legal_name in given.wording.text
    assert given.wording.locale == "zh-hans"
    assert given.cost_table == application.cost_table_id
    assert given.sensitive_agreed == ["id_number", "bank_card"]
    assert [code for code in NECESSARY if VALUES[code] in given.wording.text] == []


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        (replace(CHOICE, amount_fen=PRODUCT.amount_max + 1), "amount"),
        (replace(CHOICE, amount_fen=PRODUCT.amount_min - 1), "amount"),
        (replace(CHOICE, span=Span(months=5)), "term"),
        (replace(CHOICE, span=Span(days=7)), "term"),
        (replace(CHOICE, repayment=Repayment.LUMP_SUM), "term"),
    ],
)
def test_a_choice_the_product_does_not_offer_is_no_application(shop, person, choice, field):
    with pytest.raises(Invalid, match=r"application\.bad_choice") as caught:
        start(person, choice, at=NOON)

    assert caught.value.field == field
    assert not Application.objects.exists()


def test_a_product_not_on_the_shelf_cannot_be_applied_for(shop, person):
    with pytest.raises(Refused, match=r"listing\.not_on_shelf"):
        start(person, replace(CHOICE, product_id="nothing"), at=NOON)


def test_without_an_active_bureau_there_is_no_such_route(shop, person):
    Partner.objects.filter(kind="credit_bureau").update(status="suspended")

    with pytest.raises(Refused, match=r"route\.no_carrier"):
        start(person, CHOICE, at=NOON)


def test_the_cost_table_is_kept_by_its_hash_and_shown_again_unchanged(shop, person):
    application = start(person, CHOICE, at=NOON)

    first = show_cost(application, at=NOON)
    again = show_cost(application, at=NOON + SECOND)

    assert first.pk == again.pk == application.cost_table_id
    assert application.cost_shown_at == NOON
    assert CostTable.objects.count() == 1


def test_the_cost_table_cannot_be_confirmed_unread(shop, person):
    application = start(person, CHOICE, at=NOON)

    with pytest.raises(Refused, match=r"cost\.not_shown"):
        confirm_cost(application, at=SUBMITTED)
    show_cost(application, at=NOON)
    with pytest.raises(Refused, match=r"cost\.too_soon"):
        confirm_cost(application, at=NOON + READ_S - 2 * SECOND)

    assert kinds() == []


def test_a_confirmation_is_one_entry_however_often_it_is_sent(shop, person):
    application = draft(person)

    confirm_cost(application, at=SUBMITTED + SECOND)

    assert kinds() == ["COST_CONFIRMED"]
    assert application.cost_confirmed_at == SUBMITTED


def test_a_table_of_another_day_must_be_read_again(shop, person):
    application = draft(person)

    show_cost(application, at=NOON + timedelta(days=1))

    assert application.cost_confirmed_at is None


WRONG_ANSWERS = [
    ({"wording_id": "0" * 64}, "consent.other_wording"),
    ({"locale": "en"}, "consent.other_wording"),
    ({"sensitive": frozenset()}, "consent.sensitive_missing"),
    ({"sensitive": frozenset({"id_number"})}, "consent.sensitive_missing"),
    ({"extras": frozenset({"address"})}, "fields.not_registered"),
    ({"extras": frozenset({"contacts"})}, "fields.not_registered"),
]


@pytest.mark.parametrize(("changes", "code"), WRONG_ANSWERS, ids=[str(w) for w in range(6)])
def test_answers_that_do_not_fit_the_sheet_grant_nothing(shop, person, changes, code):
    application = draft(person)

    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        submit(application, answers_to(application, **changes), at=SUBMITTED)

    assert kinds() == ["COST_CONFIRMED"]
    assert not Grant.objects.exists()


def test_before_the_cost_table_is_confirmed_nothing_is_granted(shop, person):
    application = start(person, CHOICE, at=NOON)

    with pytest.raises(Refused, match=r"cost\.not_confirmed"):
        submit(application, answers_to(application), at=SUBMITTED)

    assert not Grant.objects.exists()


def test_fields_not_given_yet_are_asked_for_first(shop, db):
    person = make_person(NECESSARY - {"bank_card"}, mobile="19900000006")
    application = draft(person)

    with pytest.raises(Refused, match=r"fields\.missing"):
        submit(application, answers_to(application), at=SUBMITTED)

    assert not Grant.objects.exists()


def test_a_borrower_under_eighteen_is_refused_and_the_refusal_is_an_entry(shop, db):
    young = make_person(mobile="19900000007", id_number=id_number("20100101"))
    application = draft(young)

    with pytest.raises(Refused, match=r"borrower\.under_18"):
        submit(application, answers_to(application), at=SUBMITTED)

    application.refresh_from_db()
    assert (application.status, application.refused) == ("refused", "borrower.under_18")
    assert kinds() == ["COST_CONFIRMED", "GRANTED", "REFUSED", "TERMINATED"]
    assert not Envelope.objects.exists()


def test_a_lender_suspended_meanwhile_gets_nothing(shop, person):
    application = draft(person)
    Partner.objects.filter(pk=PRODUCT.lender.id).update(status="suspended")

    with pytest.raises(Refused, match=r"recipient\.suspended"):
        submit(application, answers_to(application), at=SUBMITTED)

    assert not Disclosure.objects.exists()


def test_no_consent_outlives_an_application_that_never_went(shop, person):
    application = draft(person)
    Partner.objects.filter(pk=PRODUCT.lender.id).update(status="suspended")
    with pytest.raises(Refused, match=r"recipient\.suspended"):
        submit(application, answers_to(application), at=SUBMITTED)

    assert [each.withdrawn_at for each in Grant.objects.all()] == [SUBMITTED]
    Partner.objects.filter(pk=PRODUCT.lender.id).update(status="active")
    assert submitted(person).status == "consented"
    assert Disclosure.objects.count() == 1


def test_terms_changed_meanwhile_must_be_chosen_again(shop, person):
    application = draft(person)
    ProductRow.objects.update(
        spec={**PRODUCT.spec, "lender": {**PRODUCT.spec["lender"], "complaint_phone": "1"}}
    )
    application.product.refresh_from_db()

    with pytest.raises(Refused, match=r"listing\.changed"):
        submit(application, answers_to(application), at=SUBMITTED)


def test_an_application_is_submitted_once(shop, person):
    application = submitted(person)

    with pytest.raises(Refused, match=r"application\.not_draft"):
        submit(application, answers_to(application), at=SUBMITTED)

    assert Disclosure.objects.count() == 1


def test_after_a_refusal_nobody_asks_again_for_the_cool_down(shop, person, settings):
    refused = refuse(draft(person), at=SUBMITTED)
    cooldown = timedelta(days=settings.MINGDAI_REFUSAL_COOLDOWN_DAYS)

    assert refused.status == "declined"
    assert kinds() == ["COST_CONFIRMED", "ASKED_REFUSED"]
    with pytest.raises(Refused, match=r"consent\.declined_lately"):
        start(person, CHOICE, at=SUBMITTED + cooldown - SECOND)
    assert start(person, CHOICE, at=SUBMITTED + cooldown).status == "draft"


def test_by_the_lenders_own_page_nothing_passes_but_the_choice_is_recorded(shop, person):
    product = next(each for each in PRODUCTS if each.route is Route.LENDER_PAGE)
    make_lender(str(product.lender.id), licence=product.lender.licence)
    list_products([product], at=NOON)
    span, repayment = product.ways()[0]
    application = draft(person, Choice(product.id, product.amount_min, span, repayment))

    row = submit(application, answers_to(application), at=SUBMITTED)

    assert (row.status, row.disclosure) == ("consented", None)
    assert kinds() == ["COST_CONFIRMED", "GRANTED"]
    assert Grant.objects.get().fields == []
    assert shop.calls == []
