"""One offer: schedule, payees, what it asks; nothing of it needs an account."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("demo")


def test_an_offer_shows_schedule_payees_and_what_it_asks(client):
    html = client.get("/offers/yunting-qingxiang/?amount=10000&term=12m").content.decode()

    assert html.count('class="principal"') >= 12
    assert "收款方：示例云汀消费金融股份有限公司" in html
    assert "身份证号" in html
    assert "送达电子合同和还款计划" in html


def test_what_the_product_does_not_offer_moves_to_the_nearest_it_does(client):
    html = client.get("/offers/yunting-qingxiang/?amount=200000&term=36m").content.decode()

    assert "¥50,000 · 24 个月" in html


def test_an_amount_of_ones_own_is_costed_and_applied_for(client):
    html = client.get("/offers/yunting-qingxiang/?amount=12345&term=12m").content.decode()

    assert "¥12,345 · 12 个月" in html
    assert '<input type="hidden" name="amount" value="12345">' in html


def test_an_offer_on_the_lenders_own_page_has_no_form(client):
    html = client.get("/offers/baifu-huinong/").content.decode()

    assert "平台不传任何资料" in html
    assert 'action="/apply/' not in html


def test_a_product_that_is_not_offered_says_so(client):
    answer = client.get("/offers/nobodys/")

    assert answer.status_code == 403
    assert 'data-problem="listing.not_on_shelf"' in answer.content.decode()
