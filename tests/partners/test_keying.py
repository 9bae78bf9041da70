from datetime import UTC, datetime, timedelta

import pytest

from mingdai.errors import Invalid
from mingdai.partners.keying import (
    add_sealing_key,
    find_receivers,
    no_sealing_key,
    retire_sealing_key,
)
from mingdai.partners.models import Partner
from mingdai.words import ActorId

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SYSTEM = ActorId("system")


def current(partner_id, at):
    key = find_receivers(partner_id, None, at=at)[partner_id].key
    return None if key is None else key.kid


def test_the_newest_key_in_force_is_the_one_to_seal_to(lender):
    add_sealing_key(lender, kid="a", public_key=bytes(1216), actor=SYSTEM, at=NOON)
    add_sealing_key(lender, kid="b", public_key=bytes(1216), actor=SYSTEM, at=NOON + HOUR)

    assert current(lender.id, NOON) == "a"
    assert current(lender.id, NOON + HOUR) == "b"
    assert current(lender.id, NOON - HOUR) is None


def test_after_a_key_retired_the_older_one_is_used_while_it_lasts(lender):
    add_sealing_key(lender, kid="a", public_key=bytes(1216), actor=SYSTEM, at=NOON)
    key = add_sealing_key(lender, kid="b", public_key=bytes(1216), actor=SYSTEM, at=NOON)

    retire_sealing_key(key, actor=SYSTEM, at=NOON + HOUR)

    assert current(lender.id, NOON + HOUR) == "a"


def test_recipient_and_carrier_come_with_their_own_keys_in_one_query(
    lender, django_assert_num_queries
):
    bureau = Partner.objects.get(pk=lender.id)
    bureau.id, bureau.kind, bureau.licence = "puyuan-cb", "credit_bureau", "credit_reporting"
    bureau.save(force_insert=True)
    for partner in (lender, bureau):
        add_sealing_key(partner, kid=partner.id, public_key=bytes(1216), actor=SYSTEM, at=NOON)

    with django_assert_num_queries(1):
        found = find_receivers(lender.id, bureau.id, at=NOON)

    assert {name: each.key.kid for name, each in found.items()} == {
        lender.id: lender.id,
        bureau.id: bureau.id,
    }
    assert found[bureau.id].partner.kind == "credit_bureau"
    assert bytes(found[lender.id].key.public_key) == bytes(1216)


def test_who_is_no_partner_is_not_found(lender):
    assert find_receivers("nobody", None, at=NOON) == {}
    assert set(find_receivers(lender.id, "nobody", at=NOON)) == {lender.id}


def test_without_a_key_nothing_can_be_sealed(lender):
    assert current(lender.id, NOON) is None
    assert no_sealing_key(lender.id).code == "recipient.no_sealing_key"


def test_a_key_of_another_length_is_not_taken(lender):
    with pytest.raises(Invalid, match=r"sealing_key.length"):
        add_sealing_key(lender, kid="a", public_key=bytes(32), actor=SYSTEM, at=NOON)
