from __future__ import annotations

import pytest

from mingdai.accounts.models import InboxMessage
from mingdai.accounts.senders import InboxSender, sender
from mingdai.errors import Refused, Unavailable
from tests.conftest import NOON


def test_the_inbox_shows_the_code_and_keeps_no_number(db):
    sender().send(number="19900000001", masked="199****0001", code="012345", at=NOON)

    line = InboxMessage.objects.get()
    assert (line.masked_mobile, line.code) == ("199****0001", "012345")


def test_the_inbox_does_not_exist_in_production(db, settings):
    settings.MINGDAI_PRODUCTION = True

    with pytest.raises(Refused, match=r"sender\.not_for_production"):
        sender().send(number="19900000001", masked="199****0001", code="012345", at=NOON)
    assert not InboxMessage.objects.exists()


def test_without_a_sender_nothing_is_sent(settings):
    settings.MINGDAI_CODE_SENDER = ""

    with pytest.raises(Unavailable, match=r"sender\.none"):
        sender()


def test_another_sender_is_chosen_by_its_name(settings):
    settings.MINGDAI_CODE_SENDER = "mingdai.accounts.senders.InboxSender"

    assert isinstance(sender(), InboxSender)
