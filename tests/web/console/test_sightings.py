from __future__ import annotations

import pytest
from django.utils import timezone

from mingdai.trace.answering import answer
from mingdai.trace.models import Grade, Sighting
from mingdai.web.console.sightings import written_to
from mingdai.words import ActorId
from tests.gate.world import make_lender
from tests.mail.world import MAILBOX, make_post
from tests.vault.people import VALUES
from tests.web.console.sighting_world import every_grade, sighted, strange
from tests.web.console.staff_world import auditor, compliance, employ, operator
from tests.web.world import publish

pytestmark = pytest.mark.django_db

PAGE = "/console/sightings/"


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


def page(sighting: Sighting, client=None) -> str:
    return (client or compliance()).get(f"{PAGE}{sighting.pk}/").content.decode()


@pytest.mark.parametrize("make", [operator, auditor])
def test_sightings_are_for_compliance_alone(make):
    _, sighting = sighted()
    client = make()

    for address in (PAGE, f"{PAGE}{sighting.pk}/", f"{PAGE}senders/1/"):
        assert client.get(address).status_code == 403
    assert PAGE not in client.get("/console/").content.decode()


def test_the_list_names_grade_sender_and_what_became_of_it():
    found = every_grade()

    html = compliance().get(PAGE).content.decode()

    for sighting in found.values():
        assert f'data-sighting="{sighting.pk}"' in html
    for words in ("他人来信，已证实", "来信，无法证实", "停用后来信", "诱饵收到来信", "未答复"):
        assert words in html
    assert "chengdai.example" in html


def test_no_page_shows_a_value_or_the_address_itself():
    post, sighting = sighted()
    client = compliance()

    for html in (client.get(PAGE).content.decode(), page(sighting, client)):
        assert [each for each in (*VALUES.values(), MAILBOX, post.address) if each in html] == []


@pytest.mark.parametrize("grade", [each for each in Grade.values if each != "expected"])
def test_every_grade_says_what_it_means_and_what_it_does_not(grade):
    html = page(every_grade()[grade])

    assert "这说明什么" in html
    assert "这不说明什么" in html
    assert "平台" in html


def test_one_sighting_shows_its_checks_its_proof_and_the_lenders_answer():
    post, sighting = sighted()
    publish()
    client = compliance()
    assert "机构还没有来看" in page(sighting, client)
    answer(
        sighting.pk,
        partner_id=post.lender.pk,
        code="our_service",
        note="委托的发信服务商",
        actor=ActorId("partner:heyan-ml"),
        at=timezone.now(),
    )

    html = page(sighting, client)

    for name in ("SPF", "DKIM", "ARC", "DMARC"):
        assert f"<dt>{name}</dt>" in html
    entry = bytes(sighting.entry.entry_id).hex()
    assert f"/receipts/{entry}/?download=1" in html
    assert client.get(f"/receipts/{entry}/?download=1").json()["format"] == "mingdai-receipt/1"
    assert f"/console/disclosures/{post.disclosure.pk}/" in html
    assert "是本机构委托的服务商发的" in html
    assert "委托的发信服务商" in html
    assert f"{PAGE}senders/" in html


def test_an_address_that_never_left_is_the_platforms_own_business():
    post, sighting = sighted()
    type(post.disclosure).objects.update(sent_at=None, attempts=0)

    html = page(sighting)

    assert "从没有发出过" in html
    assert "由平台自己调查" in html


def test_a_decoy_in_an_employees_queue_names_the_employee_to_others_only():
    sighting = every_grade()[Grade.DECOY]
    ben = employ("ben", "operator")
    alias = sighting.alias
    alias.recipient_kind, alias.recipient_id, alias.partner = "staff", f"staff:{ben.pk}", None
    alias.save()
    Sighting.objects.update(partner=None)

    assert ">ben<" in page(sighting)
    ben.role = "compliance"
    ben.save()
    answer_to_ben = compliance("ben").get(f"{PAGE}{sighting.pk}/")
    assert answer_to_ben.status_code == 404


def test_a_domain_that_wrote_to_several_lenders_addresses_is_counted_by_lender():
    _, first = sighted()
    other = make_post(lender=make_lender("other-ml"), mobile="19900000042")
    strange(other)
    strange(other, "tomorrow", days=1)

    found = {partner.pk: count for partner, count in written_to("chengdai.example") if partner}

    assert found == {"heyan-ml": 1, "other-ml": 1}
    assert written_to("") == []
    assert "先查平台自己的数据库" in page(first)


def test_the_pages_take_the_same_queries_however_many(django_assert_num_queries):
    post, sighting = sighted()
    client = compliance()
    with django_assert_num_queries(5):
        client.get(PAGE)
    with django_assert_num_queries(9):
        client.get(f"{PAGE}{sighting.pk}/")

    for day in range(1, 8):
        strange(post, str(day), days=day)

    with django_assert_num_queries(5):
        client.get(PAGE)
    with django_assert_num_queries(9):
        client.get(f"{PAGE}{sighting.pk}/")


def test_an_empty_list_says_so():
    client = compliance()

    assert "还没有线索" in client.get(PAGE).content.decode()
    assert "没有符合条件的线索" in client.get(f"{PAGE}?grade=decoy").content.decode()
