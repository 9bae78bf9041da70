from datetime import UTC, datetime, timedelta

import pytest

from mingdai.errors import Invalid, Refused
from mingdai.partners.keying import add_sealing_key, current_sealing_key, retire_sealing_key
from mingdai.words import ActorId

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SYSTEM = ActorId("system")


def test_the_newest_key_in_force_is_the_one_to_seal_to(lender):
    add_sealing_key(lender, kid="a", public_key=bytes(1216), actor=SYSTEM, at=NOON)
    add_sealing_key(lender, kid="b", public_key=bytes(1216), actor=SYSTEM, at=NOON + HOUR)

    assert current_sealing_key(lender.id, at=NOON).kid == "a"
    assert current_sealing_key(lender.id, at=NOON + HOUR).kid == "b"


def test_after_a_key_retired_the_older_one_is_used_while_it_lasts(lender):
    add_sealing_key(lender, kid="a", public_key=bytes(1216), actor=SYSTEM, at=NOON)
    key = add_sealing_key(lender, kid="b", public_key=bytes(1216), actor=SYSTEM, at=NOON)

    retire_sealing_key(key, actor=SYSTEM, at=NOON + HOUR)

    assert current_sealing_key(lender.id, at=NOON + HOUR).kid == "a"


def test_without_a_key_nothing_can_be_sealed(lender):
    with pytest.raises(Refused, match=r"recipient.no_sealing_key"):
        current_sealing_key(lender.id, at=NOON)


def test_a_key_of_another_length_is_not_taken(lender):
    with pytest.raises(Invalid, match=r"sealing_key.length"):
        add_sealing_key(lender, kid="a", public_key=bytes(32), actor=SYSTEM, at=NOON)
