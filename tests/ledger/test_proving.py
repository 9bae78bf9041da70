import pytest

from mingdai.errors import Refused
from mingdai.ledger import keys
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.proving import (
    covered_size,
    is_covered,
    proof_of,
    published,
    receipt_of,
)
from mingdai_proofs.inclusion import InclusionProof
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.receipts import Receipt, verify_receipt
from tests.ledger.world import grow, publish_all, submit


def test_no_receipt_before_a_published_checkpoint_covers_the_entry(story):
    grow(1)
    (entry,) = submit(1)
    assert receipt_of(entry) is None
    assert not is_covered(entry)

    publish_all()

    assert receipt_of(entry) is not None
    assert is_covered(entry)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600])
def test_every_entry_has_a_receipt_that_verifies_offline(story, size):
    grow(size)

    for entry in LedgerEntry.objects.all():
        receipt = Receipt.from_json(receipt_of(entry))
        assert verify_receipt(receipt, keys.policy()) is None
        assert receipt.entry == bytes(entry.data)


def test_a_proof_does_not_fit_another_entry(story):
    grow(20)

    proof = InclusionProof.parse(proof_of(7))

    data = {row.index: bytes(row.data) for row in LedgerEntry.objects.all()}
    assert proof.verify(leaf_hash(data[7]), keys.policy()) is None
    assert proof.verify(leaf_hash(data[8]), keys.policy()) is not None


@pytest.mark.parametrize("index", [-1, 5, 10**9])
def test_an_index_no_checkpoint_covers_is_refused(story, index):
    grow(5)

    with pytest.raises(Refused, match=r"ledger\.not_covered"):
        proof_of(index)


def test_the_checkpoint_is_read_again_only_when_its_file_changed(story):
    grow(5)
    first = published()
    assert published() is first

    grow(1)

    assert published() is not first
    assert covered_size() == 6


def test_nothing_is_covered_before_the_first_start(ledger):
    assert published() is None
    assert covered_size() == 0
