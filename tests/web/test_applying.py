"""Applying: only registered fields, nothing echoed, the reading time kept by the server."""

from __future__ import annotations

import re

from django.test import Client

from mingdai.loans.models import Application
from mingdai.vault.models import SealedField
from tests.vault.people import VALUES, id_number
from tests.web.world import fill_in, form_url, sign_in


def test_a_form_asks_only_what_the_product_registered(borrower):
    html = borrower.get(form_url()).content.decode()

    asked = set(re.findall(r'id="f-([a-z_]+)"', html))
    assert asked == {"name", "mobile", "id_number", "id_valid_until", "bank_card", "email"}
    assert 'autocomplete="cc-number"' in html


def test_applying_needs_a_log_in_and_comes_back_to_the_form(demo, client):
    answer = client.get(form_url())

    assert answer["Location"].startswith("/login/?next=%2Fapply%2Fyunting-qingxiang%2F%3Famount")


def test_errors_stand_next_to_their_fields_and_nothing_is_kept(borrower):
    before = SealedField.objects.count()

    answer = borrower.post(form_url(), {**VALUES, "bank_card": "6222020000000000"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="f-bank_card-error"' in html
    assert SealedField.objects.count() == before
    assert Application.objects.count() == 0


def test_a_value_that_was_kept_is_never_shown_again(borrower):
    fill_in(borrower)

    html = borrower.get(form_url()).content.decode()

    assert [value for value in (VALUES["id_number"], VALUES["bank_card"]) if value in html] == []
    assert "****" in html


def test_a_person_under_eighteen_is_refused_and_nothing_is_kept(borrower):
    before = SealedField.objects.count()

    answer = borrower.post(form_url(), {**VALUES, "id_number": id_number("20150101")})

    assert answer.status_code == 403
    assert 'data-problem="borrower.under_18"' in answer.content.decode()
    assert SealedField.objects.count() == before


def test_the_cost_table_cannot_be_confirmed_before_its_reading_time(borrower, settings):
    settings.MINGDAI_COST_READING_S = 60
    application = fill_in(borrower)
    page = f"/applications/{application.pk}/cost/"
    borrower.get(page)

    answer = borrower.post(page)

    application.refresh_from_db()
    assert answer.status_code == 422
    assert "阅读时间还不够" in answer.content.decode()
    assert application.cost_confirmed_at is None


def test_the_cost_table_says_each_item_with_its_payee_and_no_other_charge(borrower):
    application = fill_in(borrower)

    html = borrower.get(f"/applications/{application.pk}/cost/").content.decode()

    for said in ("收款方：示例云汀", "逾期罚息", "不再收取其他任何费用", "8.80%", "单利"):
        assert said in html


def test_another_persons_application_is_not_found(borrower):
    application = fill_in(borrower)
    stranger = sign_in(Client(), "19900000002")

    answer = stranger.get(f"/applications/{application.pk}/cost/")

    assert answer.status_code == 404
