from __future__ import annotations

import pytest

from tests.vault.people import VALUES
from tests.web.console.staff_world import applied, auditor, compliance

pytestmark = pytest.mark.django_db


def test_an_empty_platform_is_shown_as_such():
    page = compliance().get("/console/").content.decode()

    assert "这段时间没有向机构提供过资料" in page


def test_the_picture_and_the_table_name_the_recipient_and_the_carrier():
    application = applied()

    page = compliance().get("/console/").content.decode()

    assert page.count(application.partner.short_name) >= 3
    assert page.count(application.carrier.short_name) >= 2
    assert "全部已有公开凭证" in page


def test_a_recipient_can_be_chosen():
    application = applied()

    page = auditor().get(f"/console/?to={application.partner_id}&by={application.carrier_id}")

    assert f"/console/partners/{application.partner_id}/" in page.content.decode()


def test_the_overview_shows_nobody():
    application = applied()

    page = compliance().get("/console/").content.decode()

    assert str(application.borrower_id) not in page
    assert all(value not in page for value in VALUES.values())


def test_the_overview_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    applied()
    client = compliance()

    with django_assert_max_num_queries(15):
        client.get("/console/")
