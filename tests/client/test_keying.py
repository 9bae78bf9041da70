import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from mingdai_client.keying import (
    SEALING_PUBLIC_BYTES,
    opening_key,
    read_sealing_public,
    sealing_key_id,
    sealing_public,
    signing_key,
    signing_public,
)

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def test_what_is_sealed_to_the_published_bytes_opens_with_the_seed_alone():
    seed = b"\x07" * 32
    sealed = SUITE.encrypt(b"plain", read_sealing_public(sealing_public(seed)), b"info")

    assert SUITE.decrypt(sealed, opening_key(seed), b"info") == b"plain"


def test_another_seed_does_not_open_it():
    sealed = SUITE.encrypt(b"plain", read_sealing_public(sealing_public(b"\x07" * 32)), b"info")

    with pytest.raises(InvalidTag):
        SUITE.decrypt(sealed, opening_key(b"\x08" * 32), b"info")


def test_a_seed_always_gives_the_same_public_bytes_and_name():
    first, second = sealing_public(b"\x01" * 32), sealing_public(b"\x01" * 32)

    assert first == second
    assert len(first) == SEALING_PUBLIC_BYTES
    assert len(sealing_key_id(first)) == 16


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_seed_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32"):
        opening_key(b"\x01" * length)


def test_the_signing_public_key_belongs_to_the_seed():
    signature = signing_key(b"\x02" * 32).sign(b"text")

    signing_key(b"\x02" * 32).public_key().verify(signature, b"text")
    assert len(signing_public(b"\x02" * 32)) == 32


@pytest.mark.parametrize("length", [0, 1215, 1217])
def test_a_public_key_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="1216"):
        read_sealing_public(b"\x01" * length)
