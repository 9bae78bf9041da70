from datetime import timedelta

import pytest

from mingdai.ledger import keys, storing
from mingdai.ledger.proving import covered_size, receipt_of
from mingdai.ledger.reading import health
from mingdai_proofs.notes import open_note
from mingdai_proofs.receipts import Receipt, verify_receipt
from tests.ledger.conftest import LocalWitness
from tests.ledger.world import NOON, check_log, checkpoint, grow, publish_all, run_round, submit

SOON = NOON + timedelta(seconds=20)


def test_a_signed_checkpoint_of_nothing_exists_from_the_first_start(story):
    assert run_round() == 0

    note = open_note(checkpoint(), [keys.log_key().verifier])
    assert note.text.splitlines()[:2] == [keys.origin(), "0"]


@pytest.mark.parametrize(
    "counts",
    [(255,), (256,), (257,), (1, 255), (255, 1, 1), (256, 256), (1024, 1), (1023, 2), (3, 2500)],
    ids=str,
)
def test_any_batches_make_a_log_that_verifies_and_only_grew(story, counts):
    grow()
    for count in counts:
        before = checkpoint()
        grow(count)

        report = check_log(previous=before)
        assert report.flaw is None
    assert covered_size() == sum(counts) == report.entries


def test_a_batch_is_flushed_before_its_head_may_be_signed(story, monkeypatch):
    grow(250)
    flush, seen = storing._SYNCFS, []
    monkeypatch.setattr(
        storing, "_SYNCFS", lambda handle: seen.append(health().signed_size) or flush(handle)
    )

    grow(20)

    assert seen == [250]
    assert health().signed_size == 270


def test_partial_files_stay_until_their_full_file_is_published(story):
    grow(100, 100)
    tiles = story / "log" / "tile"
    assert {each.name for each in (tiles / "0/000.p").iterdir()} == {"100", "200"}

    grow(56)

    assert not (tiles / "0/000.p").exists()
    assert not (tiles / "entries/000.p").exists()
    assert (tiles / "0/000").stat().st_size == 8192
    assert (tiles / "1/000.p/1").stat().st_size == 32


def test_a_receipt_carries_the_cosignature_the_policy_asks_for(story, witness):
    grow()
    (entry,) = submit(1)
    publish_all()

    receipt = Receipt.from_json(receipt_of(entry))
    assert verify_receipt(receipt, keys.policy()) is None
    assert f"quorum {witness.name}" in receipt.policy
    note = open_note(checkpoint(), [each.verifier for each in witness.signers])
    assert [each.verifier for each in note.verified] == [each.verifier for each in witness.signers]


def test_while_the_witness_is_down_nothing_is_published_and_afterwards_all_is(story, witness):
    grow(3)
    before = checkpoint()
    witness.stop()
    (first,), (second,) = submit(1), None or submit(1)

    assert run_round() == 0
    (third,) = submit(1)
    assert run_round() == 0

    assert checkpoint() == before
    assert receipt_of(first) is receipt_of(second) is receipt_of(third) is None
    assert health().pending == 3
    assert health().witnesses[0].trouble == "witness.unreachable"

    witness.start()
    assert publish_all(SOON) == 3
    assert receipt_of(third) is not None
    assert health().witnesses[0].trouble == ""
    assert check_log(previous=before).flaw is None


def test_a_witness_that_is_down_is_asked_again_after_a_second_not_at_once(story, witness):
    grow(1)
    witness.stop()
    submit(1)
    assert run_round() == 0
    witness.start()

    assert run_round(NOON + timedelta(milliseconds=500)) == 0
    assert run_round(NOON + timedelta(milliseconds=1500)) == 1


def test_what_was_signed_and_not_cosigned_is_signed_alike_after_a_restart(story, witness):
    grow(2)
    witness.stop()
    submit(1)
    run_round()
    forgotten = health().signed_size

    witness.start()
    assert publish_all(SOON) == 1

    assert forgotten == covered_size() == 3


def test_any_of_two_witnesses_is_enough_when_the_policy_says_so(
    story, witness, settings, tmp_path_factory
):
    second = LocalWitness(tmp_path_factory.mktemp("second"), "witness.example/two")
    second.start()
    settings.MINGDAI_WITNESSES = [witness.triple, second.triple]
    try:
        settings.MINGDAI_QUORUM = "any"
        grow(2)
        second.stop()
        grow(2)
        assert covered_size() == 4
        assert [each.trouble for each in health().witnesses] == ["", "witness.unreachable"]

        settings.MINGDAI_QUORUM = "all"
        submit(1)
        assert publish_all(SOON) == 0
        second.start()
        assert publish_all(SOON + timedelta(seconds=20)) == 1
    finally:
        second.stop()


def test_a_witness_added_later_cosigns_what_is_published_so_that_receipts_hold(
    story, witness, settings
):
    added, settings.MINGDAI_WITNESSES = settings.MINGDAI_WITNESSES, []
    grow()
    (entry,) = submit(1)
    publish_all()

    settings.MINGDAI_WITNESSES = added
    assert run_round() == 0

    receipt = Receipt.from_json(receipt_of(entry))
    assert witness.name in receipt.proof
    assert verify_receipt(receipt, keys.policy()) is None
