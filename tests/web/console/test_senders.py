from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from mingdai.trace.expecting import ANSWER, expected_domains, propose_sender
from mingdai.trace.models import ExpectedSender, Sighting
from tests.conftest import NOON
from tests.gate.world import make_lender
from tests.mail.world import make_post
from tests.web.console.sighting_world import strange
from tests.web.console.staff_world import compliance
from tests.web.post import make_reader

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/console/sightings/"


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


@pytest.fixture
def reader() -> Client:
    """The borrower whose alias it is."""
    return Client()


@pytest.fixture
def sighting(reader) -> Sighting:
    return strange(make_reader(reader))


@pytest.fixture
def sender(sighting) -> ExpectedSender:
    return propose_sender(
        sighting.partner_id, "chengdai.example", relation=ANSWER, related_to="", at=NOON
    )


def test_a_proposed_sender_waits_on_the_list_and_on_its_sighting(sighting, sender):
    client = compliance()

    assert f'data-sender="{sender.pk}"' in client.get(PAGE).content.decode()
    html = client.get(f"{PAGE}{sighting.pk}/").content.decode()
    assert f"{PAGE}senders/{sender.pk}/" in html


def test_the_page_says_what_a_decision_does(sender):
    html = compliance().get(f"{PAGE}senders/{sender.pk}/").content.decode()

    assert "该机构在线索的答复里说是它的" in html
    assert "<dt>可解释的线索</dt><dd>1</dd>" in html
    assert "也写到过别的机构" not in html


def test_it_warns_where_the_domain_wrote_to_addresses_of_others(sender):
    strange(make_post(lender=make_lender("other-ml"), mobile="19900000042"))

    assert "也写到过别的机构" in (compliance().get(f"{PAGE}senders/{sender.pk}/").content.decode())


def test_confirming_explains_the_sighting_and_the_borrower_sees_it(sighting, sender, reader):
    client = compliance()

    answer = client.post(f"{PAGE}senders/{sender.pk}/confirm/", follow=True)

    assert "已确认。1 条线索标为已解释，借款人看得到。" in answer.content.decode()
    sighting.refresh_from_db()
    assert sighting.explained_at <= timezone.now()
    assert "chengdai.example" in expected_domains(sighting.partner_id)
    assert "后来确认：发件方属于这家机构" in (
        reader.get(f"/sightings/{sighting.pk}/").content.decode()
    )
    html = client.get(f"{PAGE}{sighting.pk}/").content.decode()
    assert "标为已解释" in html
    assert (
        "确认发件域名" in client.get(f"/console/partners/{sighting.partner_id}/").content.decode()
    )


def test_declining_leaves_the_sighting_as_it_is(sighting, sender, reader):
    client = compliance()

    client.post(f"{PAGE}senders/{sender.pk}/decline/")

    sender.refresh_from_db()
    sighting.refresh_from_db()
    assert (sender.state, sighting.explained_at) == ("declined", None)
    assert "后来确认" not in reader.get(f"/sightings/{sighting.pk}/").content.decode()
    html = client.get(f"{PAGE}senders/{sender.pk}/").content.decode()
    assert "confirm/" not in html
    assert "已经决定" in html


def test_a_confirmed_sender_is_taken_back_from_the_sighting_it_explained(sighting, sender, reader):
    client = compliance()
    client.post(f"{PAGE}senders/{sender.pk}/confirm/")
    html = client.get(f"{PAGE}{sighting.pk}/").content.decode()
    assert f'href="{PAGE}senders/{sender.pk}/"' in html

    answer = client.post(f"{PAGE}senders/{sender.pk}/retire/", follow=True)

    assert "1 条线索重新打开" in answer.content.decode()
    sighting.refresh_from_db()
    assert sighting.explained_at is None
    assert "后来确认" not in reader.get(f"/sightings/{sighting.pk}/").content.decode()
    page = client.get(f"/console/partners/{sighting.partner_id}/").content.decode()
    assert "不再预期发件域名" in page


@pytest.mark.parametrize("verb", ["confirm", "decline", "retire"])
def test_a_decision_is_taken_once(sender, verb):
    client = compliance()
    client.post(f"{PAGE}senders/{sender.pk}/decline/")

    again = client.post(f"{PAGE}senders/{sender.pk}/{verb}/")

    assert again.status_code == 403
    assert "这个域名没有" in again.content.decode()
    assert client.get(f"{PAGE}senders/0/").status_code == 404
