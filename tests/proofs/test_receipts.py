import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.encodings import encode_base64
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.policies import Policy
from mingdai_proofs.receipts import Receipt, verify_receipt
from tests.proofs.worlds import LOG, OTHER_LOG, POLICY, Log, written

WORLD, ENTRIES = written(300)
RECEIPT = WORLD.receipt(17, ENTRIES[17])
STRICTER = Policy.parse(POLICY.text.replace("quorum g", "quorum w1"))


def test_a_receipt_verifies_under_its_own_and_a_trusted_policy():
    receipt = Receipt.parse(RECEIPT.encode())

    assert receipt == RECEIPT
    assert verify_receipt(receipt) is None
    assert verify_receipt(receipt, POLICY) is None
    assert verify_receipt(receipt, STRICTER) is None
    assert receipt.decode().recipient == "yunting-cf"


def test_a_receipt_of_a_log_we_do_not_trust_convinces_only_itself():
    stranger = Log(signer=OTHER_LOG)
    stranger.append(ENTRIES)
    own = POLICY.text.replace(LOG.verifier.vkey, OTHER_LOG.verifier.vkey)
    receipt = Receipt(ENTRIES[17], stranger.prove(17).text, own)

    assert verify_receipt(receipt) is None
    assert verify_receipt(receipt, POLICY).code == "checkpoint.unsigned"


URL = POLICY.text.replace("\nwitness", " https://log.example\nwitness", 1)


@pytest.mark.parametrize(
    "policy",
    [
        POLICY.text.replace("all w1 w2", "all w1"),
        POLICY.text.replace("quorum g", "quorum w1"),
        POLICY.text.replace("quorum g", "quorum none"),
        POLICY.text.replace("quorum g", "quorum  g"),
        POLICY.text.replace("quorum g", "quorum\tg"),
        POLICY.text.replace("quorum g", "quorum g "),
        POLICY.text.replace("quorum g", "\nquorum g"),
        POLICY.text.replace("quorum g", "# why\nquorum g"),
        URL,
    ],
)
def test_a_receipts_own_policy_asks_for_all_it_names_and_says_nothing_else(policy):
    receipt = Receipt(ENTRIES[17], RECEIPT.proof, policy)

    assert Policy.parse(policy).judge(WORLD.files["checkpoint"]) is None
    assert verify_receipt(receipt).code == "receipt.policy"
    assert verify_receipt(receipt, POLICY).code == "receipt.policy"


@pytest.mark.parametrize(
    ("receipt", "code"),
    [
        (Receipt(ENTRIES[18], RECEIPT.proof, POLICY.text), "inclusion.mismatch"),
        (Receipt(ENTRIES[17][:-1], RECEIPT.proof, POLICY.text), "entry.length"),
        (Receipt(ENTRIES[17], "", POLICY.text), "proof.malformed"),
        (Receipt(ENTRIES[17], RECEIPT.proof, ""), "policy.malformed"),
        (Receipt(ENTRIES[17], RECEIPT.proof, "quorum none\n"), "policy.empty"),
        (
            Receipt(ENTRIES[17], RECEIPT.proof.replace("@v1", "@v1\nextra aGk="), POLICY.text),
            "receipt.extra",
        ),
    ],
)
def test_a_receipt_that_does_not_hold_is_refused_with_its_reason(receipt, code):
    assert verify_receipt(receipt, POLICY).code == code


def changed(**members):
    return json.dumps(
        {**RECEIPT.as_json(), **members}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "receipt.malformed"),
        (b"{}", "receipt.malformed"),
        (RECEIPT.encode() + b"\n", "receipt.malformed"),
        (changed(format="mingdai-receipt/2"), "receipt.format"),
        (changed(extra="x"), "receipt.malformed"),
        (changed(entry=1), "receipt.malformed"),
        (changed(entry="not base64"), "receipt.malformed"),
        (changed(entry=encode_base64(ENTRIES[17]).rstrip("=")), "receipt.malformed"),
        (b" " * 1_000_001, "receipt.malformed"),
    ],
)
def test_what_is_not_a_receipt_is_refused(data, code):
    with pytest.raises(Flawed) as caught:
        Receipt.parse(data)

    assert caught.value.flaw.code == code


@given(st.binary(max_size=100) | st.text(max_size=100).map(str.encode))
def test_arbitrary_bytes_raise_nothing_else(data):
    with pytest.raises(Flawed):
        Receipt.parse(data)


@pytest.mark.parametrize("value", [None, [], "x", 1])
def test_a_receipt_in_a_document_is_an_object(value):
    with pytest.raises(Flawed, match=r"receipt\.malformed"):
        Receipt.from_json(value)
