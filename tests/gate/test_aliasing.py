import secrets
import uuid

from mingdai.gate.aliasing import address, end_aliases, reserve
from mingdai.gate.marking import ALIAS_CHARACTERS
from mingdai.gate.models import Alias
from tests.conftest import NOON


def reserved(borrower, lender, application_id) -> Alias:
    return reserve(
        borrower.pk,
        partner_id=lender.pk,
        application_id=application_id,
        at=NOON,
        rng=secrets.token_bytes,
    )


def test_one_application_at_one_lender_has_one_alias(borrower, lender):
    application_id = uuid.uuid4()

    first, again = (reserved(borrower, lender, application_id) for _ in range(2))

    assert address(first) == address(again)
    assert len(first.local_part) == ALIAS_CHARACTERS
    assert address(first).endswith("@alias.mingdai.example")


def test_another_application_has_another_alias(borrower, lender):
    one, two = (reserved(borrower, lender, uuid.uuid4()) for _ in range(2))

    assert one.local_part != two.local_part


def test_an_ended_alias_stays_on_record(borrower, lender):
    alias = reserved(borrower, lender, uuid.uuid4())

    ended = end_aliases(borrower.pk, application_id=alias.application_id, at=NOON)

    assert ended == 1
    assert Alias.objects.get().ended_at == NOON
