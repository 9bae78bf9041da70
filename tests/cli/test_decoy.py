import json

import pytest

from mingdai.accounts.models import Staff, Ticket
from mingdai.cli.main import main
from tests.conftest import NOON
from tests.loans.test_decoying import CONTACT, allowed, sell

BY = ["--by", "officer"]
ON = ["--product", CONTACT.id]


@pytest.fixture(autouse=True)
def partner(db, data_folder):
    for login, role in (("officer", Staff.Role.COMPLIANCE), ("worker", Staff.Role.OPERATOR)):
        Staff.objects.create(login=login, role=role, created_at=NOON)
    return sell(CONTACT)


def test_a_decoy_is_placed_with_a_partner_whose_contract_allows_it_and_listed(partner, capsys):
    allowed(partner)

    assert main(["decoy", "partner", "--json", *ON, *BY]) == 0
    placed = json.loads(capsys.readouterr().out)
    assert main(["decoy", "list", "--json", *BY]) == 0
    listed = json.loads(capsys.readouterr().out)

    assert placed["with"] == listed["recipient"] == partner.pk
    assert (listed["application"], listed["reads"]) == (placed["application"], 1)


def test_without_a_clause_it_is_refused_with_its_code(capsys):
    assert main(["decoy", "partner", *ON, *BY]) == 2
    assert "decoy.not_agreed" in capsys.readouterr().err


def test_a_decoy_is_placed_in_one_employees_queue(capsys):
    reason = ["--reason", "核对联系方式"]

    assert main(["decoy", "staff", "worker", "--json", *reason, *ON, *BY]) == 0

    placed = json.loads(capsys.readouterr().out)
    ticket = Ticket.objects.get(pk=placed["ticket"])
    assert (ticket.assignee.login, placed["with"]) == ("worker", "worker")


def test_an_operator_may_not_ask_for_the_list(capsys):
    assert main(["decoy", "list", "--by", "worker"]) == 2
    assert "staff.not_your_role" in capsys.readouterr().err
