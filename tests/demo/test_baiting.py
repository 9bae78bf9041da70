import pytest
from django.utils import timezone

from mingdai.accounts.models import Ticket
from mingdai.errors import Invalid
from mingdai.gate.decoying import is_decoy
from mingdai_demo.baiting import REASON, bait
from mingdai_demo.staffing import seed_staff
from tests.web.world import seed_demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(data_folder):
    seed_demo()
    seed_staff(at=timezone.now())


def test_a_decoy_lies_in_one_queue_and_looks_like_any_ticket():
    bait("ben", at=timezone.now())

    ticket = Ticket.objects.get()
    assert (ticket.assignee.login, ticket.reason) == ("ben", REASON)
    assert is_decoy(ticket.borrower_id)


def test_there_is_no_decoy_for_nobody():
    with pytest.raises(Invalid, match=r"decoy\.employee"):
        bait("nobody", at=timezone.now())
