from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.accounts.models import Attempt, InboxMessage, LoginCode
from mingdai.accounts.signing_in import request_code
from mingdai.accounts.sweeping import KEPT, sweep
from tests.accounts.people import NUMBER
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_what_no_limit_counts_any_more_is_swept_and_nothing_younger():
    request_code(NUMBER, masked="199****0001", at=NOON, address="203.0.113.7")

    assert sweep(at=NOON + KEPT - timedelta(seconds=1)) == 0
    assert sweep(at=NOON + KEPT + timedelta(minutes=5)) == 4
    assert not any(each.objects.exists() for each in (Attempt, LoginCode, InboxMessage))
