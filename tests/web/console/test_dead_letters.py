from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from mingdai.gate.models import Disclosure, Envelope
from tests.web.console.staff_world import applied, auditor, bury, disclosure_of, operator

pytestmark = pytest.mark.django_db

PAGE = "/console/dead-letters/"


def test_a_dead_letter_shows_its_reason_and_attempts():
    row = bury(disclosure_of(applied()), "http.timeout")

    page = operator().get(PAGE).content.decode()

    assert f'data-dead="{row.pk}"' in page
    assert "对方没有在 5 秒内应答" in page
    assert "http.timeout" in page


def test_sending_again_puts_it_back_into_the_queue():
    row = bury(disclosure_of(applied()))

    answer = operator().post(f"{PAGE}{row.pk}/retry/")

    row.refresh_from_db()
    assert answer.url == PAGE
    assert (row.state, row.attempts) == (Disclosure.State.QUEUED, 0)


def test_giving_up_cancels_it_and_empties_the_envelope():
    row = bury(disclosure_of(applied()))

    operator().post(f"{PAGE}{row.pk}/cancel/")

    row.refresh_from_db()
    assert (row.state, row.last_problem) == (Disclosure.State.CANCELLED, "staff.cancelled")
    assert Envelope.objects.get(disclosure=row).sealed is None


@pytest.mark.parametrize("verb", ["retry", "cancel"])
def test_what_is_no_dead_letter_is_refused(verb):
    row = disclosure_of(applied())
    client = operator()

    for address in (row.pk, uuid.uuid4()):
        answer = client.post(f"{PAGE}{address}/{verb}/")
        assert answer.status_code == 403
        assert "dead_letter.none" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == Disclosure.State.QUEUED


def test_an_emptied_envelope_cannot_be_sent_again():
    row = bury(disclosure_of(applied()))
    Envelope.objects.filter(disclosure=row).update(sealed=None)
    client = operator()

    assert f"{row.pk}/retry/" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{row.pk}/retry/").status_code == 403


def test_what_waits_for_its_next_try_can_be_sent_now():
    row = disclosure_of(applied())
    later = timezone.now() + timedelta(hours=1)
    Disclosure.objects.filter(pk=row.pk).update(attempts=3, next_attempt_at=later)
    client = operator()

    assert "等待重试" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}now/")

    row.refresh_from_db()
    assert row.next_attempt_at is not None
    assert row.next_attempt_at <= timezone.now()


def test_an_auditor_sees_them_and_changes_nothing():
    row = bury(disclosure_of(applied()))
    client = auditor()

    assert "/retry/" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{row.pk}/retry/").status_code == 403


def test_none_is_said(django_assert_num_queries):
    client = operator()

    with django_assert_num_queries(4):
        page = client.get(PAGE).content.decode()

    assert "没有死信" in page
