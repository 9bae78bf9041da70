import pytest

from mingdai.errors import Refused
from mingdai.ledger.remembering import SignedStore
from mingdai_proofs.checkpoints import Checkpoint
from tests.ledger.world import LATER, NOON

EMPTY = Checkpoint("log.example/a", 0, bytes(32))
FIVE = Checkpoint("log.example/a", 5, b"5" * 32)


@pytest.fixture
def store(tmp_path):
    made = SignedStore(tmp_path / "state")
    made.begin(EMPTY, at=NOON)
    yield made
    made.close()


def test_there_is_no_head_before_the_first(tmp_path):
    assert SignedStore.find(tmp_path) is None
    fresh = SignedStore(tmp_path)
    assert fresh.head() is None
    fresh.close()


def test_the_head_moves_on_and_is_still_there_when_opened_again(store, tmp_path):
    store.advance(EMPTY, FIVE, at=NOON)

    again = SignedStore.find(tmp_path / "state")

    assert again is not None
    assert again.head() == FIVE
    again.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIVE, Checkpoint("log.example/a", 6, b"6" * 32)),
        (Checkpoint("log.example/a", 0, b"x" * 32), FIVE),
        (EMPTY, Checkpoint("log.example/a", 0, b"x" * 32)),
        (EMPTY, Checkpoint("log.example/b", 5, b"5" * 32)),
    ],
    ids=["not the last", "other root", "same size", "other log"],
)
def test_a_head_that_does_not_follow_is_refused_and_nothing_moves(store, old, new):
    with pytest.raises(Refused, match="ledger"):
        store.advance(old, new, at=NOON)

    assert store.head() == EMPTY


def test_of_two_that_advance_from_one_head_the_second_is_refused(store):
    store.advance(EMPTY, FIVE, at=NOON)

    with pytest.raises(Refused, match=r"ledger\.moved"):
        store.advance(EMPTY, Checkpoint("log.example/a", 5, b"fork" * 8), at=NOON)

    assert store.head() == FIVE


def test_a_new_log_becomes_the_current_one_and_the_old_one_cannot_grow(store):
    store.begin(Checkpoint("log.example/b", 0, bytes(32)), at=LATER)

    assert store.head() == Checkpoint("log.example/b", 0, bytes(32))
    with pytest.raises(Refused, match=r"ledger\.moved"):
        store.advance(EMPTY, FIVE, at=LATER)


def test_troubles_keep_since_when_until_they_change(store):
    store.note_trouble({"one": "witness.unreachable"}, at=NOON)
    store.note_trouble({"one": "witness.unreachable"}, at=LATER)
    assert store.troubles() == {"one": ("witness.unreachable", NOON)}

    store.note_trouble({}, at=LATER)

    assert store.troubles() == {}
