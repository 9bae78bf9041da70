"""Lists as lenders' own copies were written, from the sealed file to the judged result."""

from __future__ import annotations

import unicodedata

import pytest

from mingdai.gate.marking import Marker, mark
from mingdai.gate.marking_spellings import KINDS, SEND_BLOCK
from mingdai.partners.conforming import Trial, keep_trials
from mingdai.trace.calibrating import read_calibration
from mingdai.trace.recomputing import recompute
from mingdai.vault.drawing import draw
from mingdai.vault.keeping import keep
from mingdai.words import ActorId
from tests.cases.world import (
    CITIES,
    NOON,
    attributed,
    hand_over,
    lenders,
    mobile,
    opened,
    people,
    received,
)

pytestmark = pytest.mark.django_db
COUNT = 40
TAKEN = frozenset(KINDS) - {SEND_BLOCK}


@pytest.fixture
def everybody():
    found = people(COUNT)
    for number, borrower in enumerate(found):
        keep(borrower, "address", address_of(number), at=NOON)
    return found


@pytest.fixture
def both(everybody):
    """Two lenders that take every spelling and have everybody."""
    found = lenders()
    for each in found:
        trials = [Trial(kind, True, "taken") for kind in sorted(TAKEN)]
        keep_trials(each, trials, actor=ActorId("system"), at=NOON)
        hand_over(everybody, each)
    return found


def address_of(number: int) -> str:
    """The address of the person of this number."""
    return f"{CITIES[number % 3]}示例路{number + 1}号"


def lines(everybody, lender, write=str) -> str:
    """Mobile and address of everybody, as this lender's copy has them, then as `write` leaves."""
    rows = []
    for number, borrower in enumerate(everybody):
        address = address_of(number)
        if lender is not None:
            marker = Marker(str(borrower.pk), lender.pk, TAKEN, draw)
            address = mark({"address": address}, alias="", marker=marker).values["address"]
        rows.append(f"{mobile(number)},{write(address)}")
    return "手机,地址\n" + "\n".join(rows) + "\n"


def test_the_lender_whose_spellings_a_list_shows_is_named_and_not_the_other(everybody, both):
    one, other = both

    result = attributed(received(opened(), lines(everybody, one))).result

    assert result["accuse"] == [one.pk]
    [evidence] = [each for each in result["evidence"] if each["by_design"]]
    assert (evidence["kind"], evidence["partner"]) == ("variants", one.pk)
    assert result["spellings"][one.pk]["places"] == result["spellings"][other.pk]["places"] > COUNT
    assert result["spellings"][other.pk]["p_value"] > 0.01


def test_addresses_as_the_borrowers_gave_them_name_nobody(everybody, both):
    result = attributed(received(opened(), lines(everybody, None))).result

    assert result["accuse"] == []
    assert result["matched"] == COUNT


def test_after_spaces_and_widths_were_normalised_nobody_else_is_named(everybody, both):
    def tidy(text: str) -> str:
        return unicodedata.normalize("NFKC", text).replace(" ", "").replace("No", "")

    result = attributed(received(opened(), lines(everybody, both[0], tidy))).result

    assert set(result["accuse"]) <= {both[0].pk}


def test_a_world_without_marked_copies_scores_nobody(everybody):
    for each in lenders():
        hand_over(everybody, each)

    result = attributed(received(opened(), lines(everybody, None))).result

    assert result["spellings"] == {}


def test_the_result_can_be_computed_again_by_who_reads_it(everybody, both):
    result = attributed(received(opened(), lines(everybody, both[0]))).result

    assert [each for each in recompute(result, read_calibration()) if not each.holds] == []
