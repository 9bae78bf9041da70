import pytest

from mingdai.api.showing import describe_application, describe_me
from mingdai.errors import Refused
from mingdai.loans.models import Application
from mingdai.partners.models import SealingKey
from tests.conftest import NOON


def test_a_draft_is_nobodys_to_see():
    with pytest.raises(Refused, match=r"application\.not_granted"):
        describe_application(Application(amount_fen=1, term=1))


def test_a_retired_sealing_key_is_not_among_those_in_force(lender):
    SealingKey.objects.update(not_after=NOON)

    assert describe_me(lender, at=NOON)["sealing_keys"] == []
