import json

import pytest

from mingdai.cli.main import main
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Disclosure
from tests.conftest import NOON
from tests.gate.world import give_grant, handover_of, make_lender, make_person, publish, serving


@pytest.fixture
def queued(db, data_folder):
    with serving("heyan-ml") as server:
        lender = make_lender(endpoint=f"{server.url}/lenders/heyan-ml")
        given = give_grant(make_person(), lender)
        yield disclose_to_partner(handover_of(given), at=NOON)


def said(capsys) -> object:
    return json.loads(capsys.readouterr().out)


def test_deliver_sends_what_is_due(queued, capsys):
    publish()

    assert main(["gate", "deliver", "--json"]) == 0
    assert said(capsys) == {"tried": 1}
    assert Disclosure.objects.get().sent_at is not None


def test_resume_makes_what_was_in_flight_due_at_once(queued, capsys):
    Disclosure.objects.update(attempts=1, next_attempt_at="2099-01-01T00:00:00Z")

    assert main(["gate", "resume"]) == 0
    assert capsys.readouterr().out == "resumed 1\n"


def test_dead_letters_are_listed_and_can_be_queued_again(queued, capsys):
    assert main(["gate", "dead-letters", "--json"]) == 0
    assert said(capsys) == []
    Disclosure.objects.update(state="dead", next_attempt_at=None, last_problem="http.500")

    assert main(["gate", "dead-letters", "--json"]) == 1
    assert [each["problem"] for each in said(capsys)] == ["http.500"]
    assert main(["gate", "dead-letters", "--retry", str(queued.pk)]) == 0
    assert Disclosure.objects.get().state == "queued"


def test_what_is_no_dead_letter_cannot_be_queued_again(queued, capsys):
    assert main(["gate", "dead-letters", "--retry", str(queued.pk)]) == 2
    assert "dead_letter.none" in capsys.readouterr().err
