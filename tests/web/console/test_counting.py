from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mingdai.gate.models import Disclosure
from mingdai.gate.recalling import withdraw_grant
from mingdai.web.console.counting import WINDOW, figures, flow
from tests.web.console.staff_world import applied, bury, disclosure_of, ticket_on

pytestmark = pytest.mark.django_db


def test_nothing_is_counted_before_anything_happened():
    found = figures(timezone.now())

    assert (found.disclosures, found.refusals, found.dead, found.open_tickets) == (0, 0, 0, 0)
    assert flow(timezone.now()).links == ()


def test_one_disclosure_counts_once_and_is_provable():
    application = applied()
    ticket_on(application)

    found, seen = figures(timezone.now()), flow(timezone.now())

    assert (found.disclosures, found.provable, found.recipients) == (1, 1, 1)
    assert (found.waiting, found.open_tickets) == (1, 1)
    assert (seen.people, seen.count) == (1, 1)
    assert (seen.links[0].partner.pk, seen.links[0].count) == (application.partner_id, 1)
    assert seen.links[0].carrier is not None


def test_a_withdrawal_shows_in_figures_and_link():
    application = applied()
    withdraw_grant(application.grant, at=timezone.now())

    found, seen = figures(timezone.now()), flow(timezone.now())

    assert found.withdrawals == 1
    assert seen.links[0].ended == 1


def test_a_dead_letter_shows_in_figures_and_link():
    bury(disclosure_of(applied()))

    found, seen = figures(timezone.now()), flow(timezone.now())

    assert (found.dead, found.waiting) == (1, 0)
    assert seen.links[0].dead == 1


def test_what_is_older_than_the_window_is_left_out():
    row = disclosure_of(applied())
    Disclosure.objects.filter(pk=row.pk).update(disclosed_at=row.disclosed_at - WINDOW)

    assert figures(timezone.now()).disclosures == 0
    assert flow(timezone.now()).links == ()


def test_counting_takes_the_same_queries_however_much_there_is(django_assert_num_queries):
    applied()

    with django_assert_num_queries(7):
        figures(timezone.now())
    with django_assert_num_queries(3):
        flow(timezone.now())


def test_the_figures_never_scan_the_ledger():
    with CaptureQueriesContext(connection) as seen:
        figures(timezone.now())
    asked = [each["sql"] for each in seen if 'FROM "ledger_ledgerentry"' in each["sql"]]

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plans = [_plan(cursor, sql) for sql in asked]

    assert len(asked) == 3
    names = ("ledger_refused", "ledger_asked_refused", "ledger_withdrawn")
    assert all(any(name in plan for plan in plans) for name in names), plans


def _plan(cursor, sql: str) -> str:
    """How the database would find the rows; a statement of our own, not a person's."""
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    cursor.execute(f"{explain} {sql}")
    return " ".join(str(row) for row in cursor.fetchall())
