"""My applications: the timeline, the drift, the alarm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from mingdai.loans.models import Application, LoanEvent
from mingdai.web.following import drift_lines, next_step
from tests.vault.people import make_borrower
from tests.web.world import fill_in

pytestmark = pytest.mark.django_db(transaction=True)


def event(application, kind, **changes):
    now = timezone.now() + timedelta(seconds=1)
    return LoanEvent.objects.create(
        partner=application.partner,
        event_id=f"e-{kind}",
        application=application,
        kind=kind,
        occurred_at=now,
        received_at=now,
        **changes,
    )


def test_every_status_has_its_words():
    assert all(isinstance(next_step(status), str) for status in Application.Status)


def test_the_list_leads_a_draft_back_to_its_step(borrower):
    application = fill_in(borrower)

    assert (
        f"/applications/{application.pk}/cost/" in borrower.get("/applications/").content.decode()
    )


def test_the_timeline_shows_each_step_with_its_receipt(application, client):
    html = client.get(f"/applications/{application.pk}/").content.decode()

    for said in (
        "确认看过综合融资成本明示表",
        "单独同意发给这一家",
        "密封，写入公开账本",
        "账本凭证",
    ):
        assert said in html


def test_a_payout_nobody_asked_for_raises_the_alarm(application, client):
    event(application, "disbursed", refused="loan.forced")

    html = client.get(f"/applications/{application.pk}/").content.decode()

    assert "没有您确认就放款" in html
    assert "12378" in html


def test_worse_final_terms_stand_beside_the_quote(application, client):
    application.actual = {**application.quoted, "simple_bps": 1_200, "total_repaid_fen": 1_066_000}
    application.drift = {"worse": 1, "simple_bps": 320}
    application.save()

    html = client.get(f"/applications/{application.pk}/").content.decode()

    assert "8.80%" in html
    assert "12.00%" in html
    assert drift_lines(Application(drift={})) == []


def test_the_list_asks_the_same_number_of_queries_for_many(borrower, django_assert_max_num_queries):
    for _ in range(5):
        fill_in(borrower)

    with django_assert_max_num_queries(6):
        borrower.get("/applications/")


def test_another_persons_application_is_not_found(application, client):
    Application.objects.update(borrower=make_borrower("19900000009"))

    assert client.get(f"/applications/{application.pk}/").status_code == 404
