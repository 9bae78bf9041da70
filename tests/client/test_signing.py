import pytest

from mingdai_client.keying import signing_key, signing_public
from mingdai_client.signing import (
    acknowledge,
    countersign,
    is_acknowledgement,
    is_countersignature,
)

SEED, OTHER = b"\x03" * 32, b"\x04" * 32
LEAF = bytes(range(32))
DISCLOSURE = "7f0c2a4e-0000-4000-8000-000000000001"


def test_a_countersignature_is_checked_with_the_public_key_alone():
    signature = countersign(signing_key(SEED), leaf_hash=LEAF, disclosure_id=DISCLOSURE)

    assert is_countersignature(
        signature, public=signing_public(SEED), leaf_hash=LEAF, disclosure_id=DISCLOSURE
    )


@pytest.mark.parametrize(
    ("seed", "leaf", "disclosure"),
    [(OTHER, LEAF, DISCLOSURE), (SEED, bytes(32), DISCLOSURE), (SEED, LEAF, "another")],
    ids=["another key", "another leaf", "another disclosure"],
)
def test_a_countersignature_holds_for_one_key_leaf_and_disclosure(seed, leaf, disclosure):
    signature = countersign(signing_key(SEED), leaf_hash=LEAF, disclosure_id=DISCLOSURE)

    assert not is_countersignature(
        signature, public=signing_public(seed), leaf_hash=leaf, disclosure_id=disclosure
    )


def test_an_acknowledgement_is_not_a_countersignature():
    signature = acknowledge(signing_key(SEED), notice_id="n", disclosure_id=DISCLOSURE)

    assert is_acknowledgement(
        signature, public=signing_public(SEED), notice_id="n", disclosure_id=DISCLOSURE
    )
    assert not is_countersignature(
        signature, public=signing_public(SEED), leaf_hash=LEAF, disclosure_id=DISCLOSURE
    )


@pytest.mark.parametrize("text", ["", "no base64!", "AAAA", "é"])
def test_what_is_no_signature_at_all_is_refused_quietly(text):
    assert not is_acknowledgement(
        text, public=signing_public(SEED), notice_id="n", disclosure_id=DISCLOSURE
    )
