import uuid

import pytest

from mingdai.gate.concealing import conceal, open_evidence
from mingdai.vault.drawing import fingerprint

PLACES = ("address.width:1", "address.city:0")


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


def test_every_digest_looks_alike_whatever_it_says():
    digests = {
        conceal(uuid.uuid4(), decoy=decoy, places=places)
        for decoy in (True, False)
        for places in ((), PLACES)
        for _ in range(5)
    }

    assert len(digests) == 20
    assert {len(each) for each in digests} == {64}


def test_the_opening_proves_what_was_said_and_nothing_else():
    number = uuid.uuid4()
    opening = open_evidence(number, decoy=True, places=PLACES)

    assert opening.digest == conceal(number, decoy=True, places=PLACES)
    assert opening.digest != conceal(number, decoy=False, places=PLACES)
    assert opening.digest != conceal(number, decoy=True, places=PLACES[:1])
    assert fingerprint() in opening.statement
    assert '"decoy":true' in opening.statement


def test_the_order_of_places_changes_nothing():
    number = uuid.uuid4()

    assert conceal(number, decoy=False, places=PLACES) == conceal(
        number, decoy=False, places=PLACES[::-1]
    )
