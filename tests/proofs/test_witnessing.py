import random
import sqlite3

import pytest

from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.encodings import encode_base64
from mingdai_proofs.merkle import consistency_path, leaf_hash, tree_root
from mingdai_proofs.notes import open_note, sign
from mingdai_proofs.witnessing import SIZE_TYPE, Witness, origin_hash
from tests.proofs.mutations import damage
from tests.proofs.worlds import AT_S, LOG, ORIGIN, OTHER_LOG, WITNESS, WITNESS_PQ

LEAVES = [leaf_hash(bytes([i])) for i in range(64)]
FORKED = [leaf_hash(bytes([i, i])) for i in range(64)]


def read_hash(level, index):
    return tree_root(LEAVES[index << level : (index + 1) << level])


def note(size, *, leaves=LEAVES, signer=LOG, origin=ORIGIN):
    return sign(Checkpoint(origin, size, tree_root(leaves[:size])).text, [signer])


def request(old, new, *, path=None, signed=None):
    hashes = consistency_path(old, new, read_hash) if path is None else path
    lines = "".join(f"{encode_base64(each)}\n" for each in hashes)
    return f"old {old}\n{lines}\n".encode() + (signed or note(new))


@pytest.fixture
def witness(tmp_path):
    found = Witness(tmp_path, [WITNESS, WITNESS_PQ], [LOG.verifier])
    yield found
    found.close()


def ask(witness, body):
    return witness.add_checkpoint(body, now_s=AT_S)


def test_a_grown_log_is_cosigned_with_both_keys(witness):
    first, second = ask(witness, request(0, 5)), ask(witness, request(5, 40))

    opened = open_note(
        note(40) + second.body.encode(), [LOG.verifier, WITNESS.verifier, WITNESS_PQ.verifier]
    )
    assert (first.status, second.status) == (200, 200)
    assert [each.at_s for each in opened.verified] == [None, AT_S, AT_S]


def test_the_same_checkpoint_may_be_cosigned_again(witness):
    ask(witness, request(0, 5))

    assert ask(witness, request(5, 5)).status == 200


def test_a_wrong_old_size_is_answered_with_the_right_one(witness):
    ask(witness, request(0, 5))

    answer = ask(witness, request(0, 9))

    assert (answer.status, answer.body, answer.content_type) == (409, "5\n", SIZE_TYPE)


def test_two_roots_for_one_size_are_never_both_cosigned(witness):
    ask(witness, request(0, 5))

    answer = ask(witness, request(5, 5, signed=note(5, leaves=FORKED)))

    assert (answer.status, answer.body) == (409, "5\n")


@pytest.mark.parametrize("path", [[], [bytes(32)], [bytes(32)] * 5])
def test_a_proof_that_does_not_verify_is_refused(witness, path):
    ask(witness, request(0, 5))

    answer = ask(witness, request(5, 9, path=path))

    assert answer.status == 422
    assert ask(witness, request(5, 9)).status == 200


def test_a_fork_has_no_proof(witness):
    ask(witness, request(0, 5))

    assert ask(witness, request(5, 9, signed=note(9, leaves=FORKED))).status == 422


def test_a_log_nobody_named_is_not_known(witness):
    assert ask(witness, request(0, 5, signed=note(5, origin="other.example/log"))).status == 404


def test_a_stranger_cannot_sign_for_the_log(witness):
    assert ask(witness, request(0, 5, signed=note(5, signer=OTHER_LOG))).status == 403


def test_a_known_key_with_a_broken_signature_is_refused(witness):
    broken = note(5).replace(b"\n5\n", b"\n6\n")

    assert ask(witness, request(0, 6, signed=broken)).status == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0",
        b"old 0\n",
        b"old 0\n\n",
        b"old -1\n\n" + note(5),
        b"old 00\n\n" + note(5),
        b"old 1 \n\n" + note(5),
        b"new 0\n\n" + note(5),
        b"\xff\n\n" + note(5),
        b"old 0\nabc\n\n" + note(5),
        b"old 0\n\nnot a checkpoint\n\n",
        b"old 0\n\na\nb\nc\n\n" + "— x AAAAAAA=\n".encode(),
        b"old 0\n" + b"A" * 43 + b"=\n" * 64 + b"\n" + note(5),
        b"old 0\n\n" + b"x" * 1_000_001,
        request(5, 5).replace(b"old 5", b"old 6"),
    ],
)
def test_a_request_that_is_not_one_is_refused(witness, body):
    assert ask(witness, body).status == 400


def test_a_consistency_proof_from_nothing_is_empty(witness):
    assert ask(witness, request(0, 5, path=[bytes(32)])).status == 422


def test_what_was_cosigned_is_remembered_after_a_restart(tmp_path):
    before = Witness(tmp_path, [WITNESS], [LOG.verifier])
    ask(before, request(0, 5))
    before.close()

    after = Witness(tmp_path, [WITNESS], [LOG.verifier])

    assert ask(after, request(0, 9)).status == 409
    assert ask(after, request(5, 9)).status == 200
    after.close()


def test_the_checkpoint_is_on_disk_before_the_answer(tmp_path, witness):
    ask(witness, request(0, 5))

    with sqlite3.connect(tmp_path / "witness.sqlite3") as store:
        sizes = store.execute("SELECT size FROM head").fetchall()
    store.close()

    assert sizes == [(5,)]


def test_the_last_checkpoint_can_be_read_by_its_origin(witness):
    ask(witness, request(0, 5, signed=note(5) + note(5, signer=OTHER_LOG).split(b"\n\n")[1]))

    answer = witness.latest(origin_hash(ORIGIN))

    opened = open_note(answer.body.encode(), [LOG.verifier, WITNESS.verifier])
    assert len(opened.verified) == 2
    assert len(answer.body.split("\n\n")[1].splitlines()) == 3
    assert witness.latest("0" * 64).status == 404


@pytest.mark.parametrize(("signers", "logs"), [([], [LOG.verifier]), ([WITNESS], [])])
def test_a_witness_without_keys_does_not_start(tmp_path, signers, logs):
    with pytest.raises(ValueError, match="keys"):
        Witness(tmp_path, signers, logs)


def test_no_damaged_request_is_cosigned(witness):
    dice = random.Random(3)  # noqa: S311 - a seeded test, not a secret
    ask(witness, request(0, 5))
    good = request(5, 40)

    damaged = [each for _, each in (damage(good, dice) for _ in range(3000)) if each != good]
    statuses = {ask(witness, each).status for each in damaged}

    assert statuses <= {400, 403, 404, 409, 422}
    assert ask(witness, good).status == 200
