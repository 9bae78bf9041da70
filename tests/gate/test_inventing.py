import secrets

import pytest

from mingdai.accounts.models import Borrower
from mingdai.gate.inventing import invent, settle_in
from mingdai.gate.marking import places_of
from mingdai.gate.marking_spellings import KINDS
from mingdai.vault.keeping import previews
from mingdai.vault.validating import clean
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


def test_every_invented_value_is_well_formed_and_of_a_range_nobody_has():
    for _ in range(200):
        made = invent(secrets.token_bytes)

        assert {code: clean(code, value) for code, value in made.items()} == made
        assert made["id_number"].startswith("999999")
        assert made["mobile"].startswith("1990000")
        assert made["email"].endswith(".example")


def test_an_invented_address_carries_marks():
    made = invent(secrets.token_bytes)

    assert len(places_of("address", made["address"], KINDS)) >= 6


def test_people_differ():
    made = [invent(secrets.token_bytes) for _ in range(50)]

    assert len({each["id_number"] for each in made}) == 50
    assert len({each["name"] for each in made}) > 40


@pytest.mark.django_db
def test_a_settled_person_is_kept_like_any_borrower_and_a_number_serves_once():
    made = invent(secrets.token_bytes)

    borrower = settle_in(made, ["name", "mobile"], at=NOON)

    assert previews(borrower).keys() == {"name", "mobile"}
    assert settle_in(made, ["name"], at=NOON) is None
    assert Borrower.objects.count() == 1
