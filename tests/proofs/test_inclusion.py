import pytest

from mingdai_proofs.flaws import Flawed
from mingdai_proofs.inclusion import InclusionProof
from mingdai_proofs.merkle import leaf_hash
from tests.proofs.worlds import LOG, POLICY, written

WORLD, ENTRIES = written(300)
GOOD = WORLD.prove(17).text
HASH = GOOD.split("\n")[2]
CHECKPOINT = WORLD.files["checkpoint"].decode()


@pytest.mark.parametrize("index", [0, 1, 255, 256, 299])
def test_a_proof_verifies_as_text(index):
    proof = InclusionProof.parse(WORLD.prove(index).text)

    assert proof.verify(leaf_hash(ENTRIES[index]), POLICY) is None
    assert proof.verify(leaf_hash(ENTRIES[index] + b"x"), POLICY).code == "inclusion.mismatch"
    assert proof.text == WORLD.prove(index).text


def test_extra_data_is_read_and_proves_nothing():
    text = GOOD.replace("@v1\n", "@v1\nextra aGk=\n")

    proof = InclusionProof.parse(text)

    assert (proof.extra, proof.text) == (b"hi", text)
    assert proof.verify(leaf_hash(ENTRIES[17]), POLICY) is None


def test_a_proof_of_a_tree_of_one_has_no_hashes():
    world, entries = written(1)

    proof = InclusionProof.parse(world.prove(0).text)

    assert proof.path == ()
    assert proof.verify(leaf_hash(entries[0]), POLICY) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        CHECKPOINT,
        GOOD.replace("@v1", "@v2"),
        GOOD.replace("c2sp", "C2SP"),
        " " + GOOD,
        GOOD.replace("index 17\n", ""),
        GOOD.replace("index 17", "index 017"),
        GOOD.replace("index 17", "index -17"),
        GOOD.replace("index 17", "index 17 "),
        GOOD.replace("index 17", "index"),
        GOOD.replace("index 17", "Index 17"),
        GOOD.replace("index 17", "extra !\nindex 17"),
        GOOD.replace("index 17", "extra aGk=\nextra aGk=\nindex 17"),
        GOOD.replace("index 17\n", f"index 17\n{HASH}=\n"),
        GOOD.replace("index 17\n", f"index 17\n{HASH[4:]}\n"),
        GOOD.replace("index 17\n", "index 17\n" + f"{HASH}\n" * 64),
        GOOD.replace("\n\n", "\n", 1),
        "c2sp.org/tlog-proof@v1\nindex 0",
        GOOD + "\ud800",
    ],
)
def test_what_is_not_a_proof_is_refused(text):
    with pytest.raises(Flawed, match=r"proof\.malformed"):
        InclusionProof.parse(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD.replace("index 17", "index 18"), "inclusion.mismatch"),
        (GOOD.replace("index 17", "index 300"), "inclusion.index"),
        (GOOD.replace(f"{HASH}\n", ""), "inclusion.length"),
        (GOOD.replace(HASH, f"{HASH}\n{HASH}"), "inclusion.length"),
        (GOOD.replace("\n300\n", "\n301\n"), "note.signature"),
        (GOOD.replace("\n300\n", "\n\n300\n"), "note.signature"),
        ("c2sp.org/tlog-proof@v1\nindex 17\n\nno checkpoint\n", "note.malformed"),
        (GOOD.split("— ")[0] + LOG.line(CHECKPOINT.split("\n\n")[0] + "\n"), "policy.quorum"),
    ],
)
def test_a_proof_that_does_not_hold_is_refused_with_its_reason(text, code):
    assert InclusionProof.parse(text).verify(leaf_hash(ENTRIES[17]), POLICY).code == code
