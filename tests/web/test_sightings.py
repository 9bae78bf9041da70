"""线索: what the borrower sees of one, and what the page never says."""

from __future__ import annotations

import pytest
from django.utils import timezone

from mingdai.gate.models import Disclosure
from mingdai.trace.answering import ANSWERS, answer, open_sightings
from mingdai.trace.models import Grade
from mingdai.web.sightings import ANSWER_NAMES, GRADES, partner_name
from mingdai.words import ActorId
from tests.web.post import make_reader, receive
from tests.web.world import publish, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sighting(client):
    return receive(make_reader(client))["authenticated_other"].sighting


def page(client, sighting) -> str:
    return client.get(f"/sightings/{sighting.pk}/").content.decode()


def test_a_sighting_names_the_copy_the_day_and_the_proof(client, sighting):
    publish()
    html = page(client, sighting)

    given = Disclosure.objects.exclude(partner=None).get()
    assert "这个地址只给过禾岩示例小额贷款有限公司，2026-11-23" in html
    assert f"/path/{given.pk}/" in html
    assert f"/receipts/{bytes(sighting.entry.entry_id).hex()}/" in html
    receipt = client.get(f"/receipts/{bytes(sighting.entry.entry_id).hex()}/")
    assert receipt.status_code == 200


def test_it_never_says_who_leaked_and_names_the_platform_among_the_holders(client, sighting):
    html = page(client, sighting)

    assert "这不等于就是它泄露的" in html
    for holder in ("数据库、收信的服务器、工作人员", "您自己的手机"):
        assert holder in html


def test_an_address_that_never_left_names_no_lender_as_its_holder(client, sighting):
    Disclosure.objects.update(sent_at=None, attempts=0)

    html = page(client, sighting)

    assert "这个地址从没有发出过" in html
    assert "它只存在于平台和您自己这里" in html
    assert "由平台合规人员调查" in html


def test_the_lenders_answer_stands_beside_it(client, sighting):
    assert "机构还没有看到这条线索" in page(client, sighting)
    open_sightings("heyan-ml", at=timezone.now())
    assert "还没有答复" in page(client, sighting)

    answer(
        sighting.pk,
        partner_id="heyan-ml",
        code="not_ours",
        note="已核对发信记录",
        actor=ActorId("partner:heyan-ml"),
        at=timezone.now(),
    )

    html = page(client, sighting)
    assert "与本机构无关" in html
    assert "已核对发信记录" in html


def test_another_persons_sighting_does_not_exist(client, sighting):
    sign_in(client, "19900000057")

    assert client.get(f"/sightings/{sighting.pk}/").status_code == 404


def test_every_grade_and_answer_has_its_words():
    assert set(GRADES) == set(Grade.values)
    assert set(ANSWER_NAMES) == set(ANSWERS)
    assert partner_name(None) == "平台内部"
