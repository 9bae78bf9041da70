import shutil
from hashlib import sha256

import pytest

from mingdai.errors import Refused, Unavailable
from mingdai.ledger import guarding, keys, resuming
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.proving import receipt_of
from mingdai.ledger.resuming import resume_as_before, resume_with_new_origin
from mingdai.ledger.sequencing import forget_writer
from mingdai.ledger.storing import only_writer, state_folder
from mingdai_proofs.bundles import decode_bundle
from mingdai_proofs.entries import EntryKind, decode_entry
from mingdai_proofs.receipts import Receipt, verify_receipt
from tests.ledger.world import LATER, NOON, check_log, checkpoint, grow, publish_all, submit


@pytest.fixture
def rolled_back(ledger):
    """40 entries were signed; the restored database has 30 of them."""
    grow(40)
    forget_writer()
    receipt = receipt_of(LedgerEntry.objects.get(index=35))
    LedgerEntry.objects.filter(index__gte=30).delete()
    guarding._SOUND.clear()
    with pytest.raises(Unavailable, match=r"ledger\.closed"):
        submit(1)
    return ledger, receipt, keys.policy(), guarding.signed_head(), checkpoint()


def first_entry(folder):
    bundle = next((folder / "log/tile/entries").glob("000.p/*"))
    return decode_entry(decode_bundle(bundle.read_bytes())[0])


def test_a_new_log_begins_with_a_break_that_commits_to_the_old_head(rolled_back):
    folder, _, _, old_head, _ = rolled_back

    origin = resume_with_new_origin(at=LATER)
    publish_all(LATER)

    first = first_entry(folder)
    assert first.kind is EntryKind.CHECKPOINT_BREAK
    assert first.detail == sha256(old_head.text.encode()).digest()
    assert keys.origin() == origin != old_head.origin
    assert check_log().entries == 31
    assert check_log().flaw is None


def test_old_receipts_and_the_old_log_stay_valid_and_kept_entries_get_new_receipts(rolled_back):
    folder, receipt, old_policy, _, old_checkpoint = rolled_back

    resume_with_new_origin(at=LATER)
    publish_all(LATER)

    assert verify_receipt(Receipt.from_json(receipt), old_policy) is None
    archived = folder / "log-archive" / "1"
    assert (archived / "checkpoint").read_bytes() == old_checkpoint
    assert (folder / "keys" / "log-1.key").exists()
    for entry in LedgerEntry.objects.all():
        assert verify_receipt(Receipt.from_json(receipt_of(entry)), keys.policy()) is None


def test_the_new_log_grows_and_takes_the_origin_it_was_given(rolled_back):
    assert resume_with_new_origin(at=LATER, origin="log.example/second") == "log.example/second"

    submit(3)

    assert publish_all(LATER) == 34
    assert keys.vkey().startswith("log.example/second+")


@pytest.mark.parametrize("step", ["_archive", "keys.log_key", "SignedStore"])
def test_a_resumption_that_was_cut_off_is_simply_repeated(rolled_back, step, monkeypatch):
    def stop(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        owner = resuming.keys if step.startswith("keys.") else resuming
        patch.setattr(owner, step.removeprefix("keys."), stop)
        with pytest.raises(KeyboardInterrupt):
            resume_with_new_origin(at=LATER)

    resume_with_new_origin(at=LATER)
    publish_all(LATER)

    assert first_entry(rolled_back[0]).kind is EntryKind.CHECKPOINT_BREAK
    assert LedgerEntry.objects.filter(kind=EntryKind.CHECKPOINT_BREAK).count() == 1
    assert check_log().entries == 31


def test_a_log_that_can_go_on_is_not_broken_off(story):
    grow(3)

    with pytest.raises(Refused, match=r"ledger\.not_broken"):
        resume_with_new_origin(at=NOON)

    assert check_log().entries == 3


def test_while_a_sequencer_works_nothing_is_broken_off(rolled_back):
    with only_writer(state_folder()), pytest.raises(Refused, match=r"ledger\.busy"):
        resume_with_new_origin(at=LATER)


def test_a_lost_record_of_what_was_signed_can_be_gone_on_from_openly(ledger):
    grow(5)
    forget_writer()
    shutil.rmtree(ledger / "log-state")
    old = guarding.published_head()

    resume_with_new_origin(at=LATER)
    publish_all(LATER)

    assert first_entry(ledger).detail == sha256(old.text.encode()).digest()
    assert check_log().entries == 6


def test_a_plain_resume_opens_only_what_is_sound(rolled_back):
    folder, *_ = rolled_back
    assert not resume_as_before()
    assert (folder / "log-state/closed").exists()

    resume_with_new_origin(at=LATER)

    assert resume_as_before()
    assert not (folder / "log-state/closed").exists()
