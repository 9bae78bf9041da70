import httpx
import pytest

from mingdai.errors import Refused
from mingdai.ledger import keys
from mingdai.ledger.asking import Bench, Request
from mingdai.ledger.keys import Witness
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.merkle import leaf_hash, tree_root
from mingdai_proofs.notes import Signer, Verifier, add_lines, open_note, sign
from mingdai_proofs.tiles import TileHashes, tile_path

LEAVES = [leaf_hash(bytes([each])) for each in range(9)]


def tree(size: int, log: Signer) -> Request:
    def read(path: str) -> bytes:
        if path == tile_path(0, 0, width=size):
            return b"".join(LEAVES[:size])
        raise FileNotFoundError(path)

    head = Checkpoint(log.verifier.name, size, tree_root(LEAVES[:size]))
    return Request(head, sign(head.text, [log]), log.verifier, TileHashes(read, size).hash_at)


@pytest.fixture
def bench():
    """Makes a bench of witnesses that hangs up at the end."""
    made = []

    def make(*triples: tuple[str, str, str]) -> Bench:
        made.append(Bench([Witness(name, Verifier.parse(key), url) for name, key, url in triples]))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_a_witness_cosigns_each_growth_and_the_same_size_again(witness, bench):
    log, asked = keys.log_key(), bench(witness.triple)

    for size in (1, 3, 3, 8):
        request = tree(size, log)
        answers = asked.ask(request)

        note = open_note(add_lines(request.note, answers.lines), [witness.signers[0].verifier])
        assert answers.troubles == {}
        assert len(note.verified) == 1


def test_a_log_that_forgot_what_the_witness_saw_learns_it_from_the_answer(witness, bench):
    log = keys.log_key()
    bench(witness.triple).ask(tree(3, log))

    answers = bench(witness.triple).ask(tree(8, log))

    assert answers.troubles == {}
    assert witness.name in answers.lines


def test_a_witness_with_two_keys_is_asked_once_and_both_lines_are_kept(witness, bench):
    name, _, url = witness.triple
    both = [(f"{name}/{i}", s.verifier.vkey, url) for i, s in enumerate(witness.signers)]

    answers = bench(*both).ask(tree(5, keys.log_key()))

    assert answers.troubles == {}
    assert answers.lines.count(f"— {name} ") == 2


def test_a_witness_that_is_down_is_a_trouble_with_its_name(witness, bench):
    witness.stop()

    answers = bench(witness.triple).ask(tree(5, keys.log_key()))

    assert answers.troubles == {witness.name: "witness.unreachable"}
    assert answers.lines == ""


def test_a_witness_that_does_not_know_the_log_is_a_trouble(witness, bench):
    stranger = Signer.from_seed("log.example/other", keys.log_key().verifier.kind, bytes(32))

    answers = bench(witness.triple).ask(tree(5, stranger))

    assert answers.troubles == {witness.name: "witness.refused_404"}


def test_a_larger_checkpoint_of_our_own_key_is_proof_of_a_rollback(witness, bench):
    log = keys.log_key()
    bench(witness.triple).ask(tree(8, log))

    with pytest.raises(Refused, match=r"ledger\.rolled_back"):
        bench(witness.triple).ask(tree(5, log))


def test_another_tree_of_the_same_size_is_not_cosigned(witness, bench):
    log = keys.log_key()
    bench(witness.triple).ask(tree(8, log))
    forked = tree(8, log)
    head = Checkpoint(forked.head.origin, 8, bytes(32))
    forged = Request(head, sign(head.text, [log]), log.verifier, forked.read_hash)

    answers = bench(witness.triple).ask(forged)

    assert answers.troubles == {witness.name: "witness.refused_409"}


def test_a_cosignature_of_another_key_is_not_taken(witness, bench):
    name, _, url = witness.triple
    other = Signer.from_seed(name, witness.signers[0].verifier.kind, bytes(32))

    answers = bench((name, other.verifier.vkey, url)).ask(tree(5, keys.log_key()))

    assert answers.troubles == {name: "witness.bad_cosignature"}


def test_a_connection_the_witness_closed_is_opened_again(witness, bench):
    asked = bench(witness.triple)
    asked.ask(tree(3, keys.log_key()))
    witness.stop()
    witness.start()

    assert asked.ask(tree(8, keys.log_key())).troubles == {}


def test_the_body_is_as_the_standard_writes_it(witness, bench):
    request = tree(8, keys.log_key())

    body = request.body(3).decode()

    head, _, note = body.partition("\n\n")
    assert head.split("\n")[0] == "old 3"
    assert len(head.split("\n")) == 5
    assert note.encode() == request.note
    answer = httpx.post(f"{witness.triple[2]}/add-checkpoint", content=body, trust_env=False)
    assert answer.status_code == httpx.codes.CONFLICT
    assert answer.text == "0\n"
