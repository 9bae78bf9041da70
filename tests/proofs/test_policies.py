import pytest

from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.notes import KeyKind, Signer, sign
from mingdai_proofs.policies import Policy, open_checkpoint
from tests.proofs.worlds import AT_S, LOG, ORIGIN, OTHER_LOG, POLICY, WITNESS, WITNESS_PQ

W = [Signer.from_seed(f"w{i}", KeyKind.ED25519_COSIGNATURE, bytes([i]) * 32) for i in range(6)]
TEXT = Checkpoint(ORIGIN, 5, bytes(32)).text
LINES = f"log {LOG.verifier.vkey}\n" + "".join(
    f"witness {each.verifier.name} {each.verifier.vkey}\n" for each in W
)
# Two of the first three and one of the last three: the example of C2SP tlog-policy.
NESTED = LINES + (
    "group x 2 w0 w1 w2\n"
    "group y any w3 w4 w5\n"
    "# both\n"
    "\t group x-and-y all x y \n"
    "\n"
    "quorum x-and-y\n"
)


def judged(text, signers):
    flaw = Policy.parse(text).judge(sign(TEXT, [LOG, *signers], at_s=AT_S))
    return flaw and flaw.code


@pytest.mark.parametrize(
    ("signers", "code"),
    [
        ([0, 1, 3], None),
        ([0, 2, 5], None),
        ([0, 1, 2, 3, 4, 5], None),
        ([0, 1, 2], "policy.quorum"),
        ([0, 3, 4, 5], "policy.quorum"),
        ([], "policy.quorum"),
    ],
)
def test_a_quorum_of_groups_is_counted(signers, code):
    assert judged(NESTED, [W[i] for i in signers]) == code


def test_a_single_witness_may_be_the_quorum():
    assert judged(LINES + "quorum w1\n", [W[1]]) is None
    assert judged(LINES + "quorum w1\n", [W[2]]) == "policy.quorum"


def test_no_witness_is_needed_only_where_that_is_written():
    assert judged(LINES + "quorum none\n", []) is None
    with pytest.raises(Flawed, match="no quorum"):
        Policy.parse(LINES)


def test_one_witness_signing_twice_counts_once():
    assert judged(LINES + "group g 2 w0 w1\nquorum g\n", [W[0], W[0]]) == "policy.quorum"


def test_the_log_itself_must_have_signed():
    note = sign(TEXT, [OTHER_LOG, *W], at_s=AT_S)

    assert Policy.parse(NESTED).judge(note).code == "checkpoint.unsigned"


def test_a_log_key_signs_only_for_its_own_origin():
    text = Checkpoint("other.example/log", 5, bytes(32)).text

    with pytest.raises(Flawed, match=r"checkpoint\.unsigned"):
        open_checkpoint(sign(text, [LOG]), [LOG.verifier])


def test_a_cosignature_in_the_logs_name_is_not_the_logs_signature():
    key = Signer.from_seed(ORIGIN, KeyKind.ED25519_COSIGNATURE, b"x" * 32)

    with pytest.raises(Flawed, match=r"checkpoint\.unsigned"):
        open_checkpoint(sign(TEXT, [key], at_s=AT_S), [key.verifier])


def test_a_known_witness_that_fails_refuses_the_checkpoint():
    forged = sign(TEXT, [LOG, *W[:5]], at_s=AT_S) + W[5].line(TEXT, at_s=1)[:-9].encode()

    assert Policy.parse(NESTED).judge(forged + b"AAAAAAA=\n").code.startswith("note.")


def test_both_kinds_of_cosignature_can_be_asked_for():
    note = sign(TEXT, [LOG, WITNESS, WITNESS_PQ], at_s=AT_S)

    assert POLICY.judge(note) is None
    assert POLICY.judge(sign(TEXT, [LOG, WITNESS], at_s=AT_S)).code == "policy.quorum"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (NESTED, {"w0", "w1", "w2", "w3", "w4", "w5"}),
        (NESTED.replace("quorum x-and-y", "quorum y"), {"w3", "w4", "w5"}),
        (LINES + "quorum w1\n", {"w1"}),
        (LINES + "quorum none\n", set()),
    ],
)
def test_the_witnesses_that_count_are_known(text, names):
    assert Policy.parse(text).asked() == names


def test_addresses_are_kept_beside_the_keys():
    text = f"log {LOG.verifier.vkey} https://log.example\n"
    text += f"witness w {W[0].verifier.vkey} https://w.example\nquorum w\n"

    assert Policy.parse(text).urls == {ORIGIN: "https://log.example", "w": "https://w.example"}


LOG_LINE = f"log {LOG.verifier.vkey}\n"
WITNESS_LINE = f"witness w {W[0].verifier.vkey}\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "# nothing\n",
        "quorum none\n",
        LOG_LINE,
        LOG_LINE + "quorum none",
        LOG_LINE + "quorum none\r\n",
        LOG_LINE + "quorum none\nquorum none\n",
        LOG_LINE + "quorum w\n",
        LOG_LINE + "quorum w\n" + WITNESS_LINE,
        LOG_LINE + "quorum\n",
        LOG_LINE + "Quorum none\n",
        LOG_LINE * 2 + "quorum none\n",
        "log nonsense\nquorum none\n",
        f"log {W[0].verifier.vkey}\nquorum none\n",
        LOG_LINE[:-1] + " url more\nquorum none\n",
        LOG_LINE + f"witness w {LOG.verifier.vkey}\nquorum w\n",
        LOG_LINE + WITNESS_LINE * 2 + "quorum w\n",
        LOG_LINE + WITNESS_LINE + WITNESS_LINE.replace(" w ", " v ") + "quorum w\n",
        LOG_LINE + WITNESS_LINE.replace(" w ", " none ") + "quorum none\n",
        LOG_LINE + WITNESS_LINE + "group g any\nquorum g\n",
        LOG_LINE + WITNESS_LINE + "group g 0 w\nquorum g\n",
        LOG_LINE + WITNESS_LINE + "group g 2 w\nquorum g\n",
        LOG_LINE + WITNESS_LINE + "group g 01 w\nquorum g\n",
        LOG_LINE + WITNESS_LINE + "group g some w\nquorum g\n",
        LOG_LINE + WITNESS_LINE + "group g any w w\nquorum g\n",
        LOG_LINE + WITNESS_LINE + "group g any g\nquorum g\n",
        LOG_LINE + WITNESS_LINE + "group g any none\nquorum g\n",
        LOG_LINE + WITNESS_LINE + "group w any w\nquorum w\n",
        LOG_LINE + WITNESS_LINE + "group g any w\ngroup h any w\nquorum h\n",
        LOG_LINE + "\n" * 300 + "quorum none\n",
    ],
)
def test_what_is_not_a_policy_is_refused(text):
    with pytest.raises(Flawed, match=r"policy\.|vkey\.malformed"):
        Policy.parse(text)
