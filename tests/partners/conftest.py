"""A made-up lender, as an operator registered it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mingdai.partners.models import Partner

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def lender(db) -> Partner:
    return Partner.objects.create(
        id="yunting-cf",
        kind="lender",
        legal_name="云汀示例消费金融有限公司",
        short_name="云汀示例消金",
        licence="consumer_finance",
        licence_number="示例-CF-0001",
        licence_until=date(2027, 12, 31),
        contact="privacy@yunting.example",
        complaint_phone="199000-12378",
        contract_ref="HT-2026-001",
        assessed_at=NOON,
        endpoint="http://127.0.0.1:9/lenders/yunting-cf",
        created_at=NOON,
    )
