"""A receipt replays to its own outcome, and to nothing else."""

import copy
import json
from datetime import date
from pathlib import Path

import pytest

from mingdai.errors import Invalid
from mingdai.market.canonical import content_hash
from mingdai.market.catalogue import catalogue_hash, read_catalogue
from mingdai.market.matching import Wish, offer_of
from mingdai.market.quoting import quote_all
from mingdai.market.replaying import match_receipt, replay_receipt
from mingdai.market.schedules import Span

PRODUCTS = read_catalogue(Path(__file__).parents[2] / "src/mingdai_demo/catalogue")
OFFERS = [offer_of(each, quote_all(each, start=date(2026, 11, 24))) for each in PRODUCTS]
WISH = Wish(1_000_000, Span(months=12), "23-30", "31", "employed", "5k-8k")
RECEIPT = match_receipt(WISH, OFFERS, catalogue=catalogue_hash(PRODUCTS))


@pytest.fixture
def receipt():
    return copy.deepcopy(RECEIPT)


@pytest.mark.parametrize("wish", [WISH, Wish(300_000), Wish(500_000, Span(days=30))], ids=str)
def test_a_receipt_replays_after_a_trip_through_json(wish):
    made = match_receipt(wish, OFFERS, catalogue=catalogue_hash(PRODUCTS))

    assert replay_receipt(json.loads(json.dumps(made))) == []


def test_a_receipt_holds_no_price(receipt):
    text = json.dumps(receipt)

    assert "price" not in text
    assert receipt["catalogue"] == catalogue_hash(PRODUCTS)


def test_a_swapped_rank_is_found(receipt):
    first, second, *_ = receipt["outcome"]["matched"]
    first["product"], second["product"] = second["product"], first["product"]

    assert replay_receipt(receipt) == ["outcome.matched: the rule gives another answer"]


def test_a_dropped_offer_is_found(receipt):
    del receipt["outcome"]["unmatched"][0]

    assert replay_receipt(receipt) == ["outcome.unmatched: the rule gives another answer"]


def test_changed_facts_are_found_by_their_hash_and_by_the_outcome(receipt):
    receipt["facts"][0]["age_min"] = 40

    found = [difference.split(":")[0] for difference in replay_receipt(receipt)]

    assert found[0] == "facts_hash"


def test_changed_facts_with_a_new_hash_change_the_outcome(receipt):
    for fact in receipt["facts"]:
        fact["age_max"] = 21
    receipt["facts_hash"] = content_hash(receipt["facts"])

    assert len(replay_receipt(receipt)) == 2


def test_another_wish_is_found(receipt):
    receipt["wish"]["income"] = "0-3k"

    assert replay_receipt(receipt) != []


@pytest.mark.parametrize("whole", [None, [], "x", {}, {"format": "mingdai-match/1"}], ids=str)
def test_what_is_no_receipt_is_malformed(whole):
    with pytest.raises(Invalid, match=r"match\.malformed"):
        replay_receipt(whole)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("wish",), 1),
        (("wish", "amount_fen"), "10000"),
        (("wish", "amount_fen"), True),
        (("wish", "term"), "soon"),
        (("wish", "age"), "old"),
        (("facts",), {}),
        (("facts", 0), []),
        (("facts", 0, "regions"), "all"),
        (("facts", 0, "quotes", 0, "repayment"), "balloon"),
        (("facts", 0, "quotes", 0, "total_repaid_fen"), 1.5),
        (("outcome",), []),
    ],
    ids=str,
)
def test_a_part_that_cannot_be_read_is_malformed(receipt, path, value):
    place = receipt
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value

    with pytest.raises(Invalid, match=r"match\.malformed"):
        replay_receipt(receipt)


def test_another_versions_receipt_is_said_to_be_one(receipt):
    receipt["rule"] = "ranking/0"

    with pytest.raises(Invalid, match=r"match\.unknown_rule"):
        replay_receipt(receipt)
