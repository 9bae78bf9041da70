import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mingdai.gate.sealing import manifest_public_key, seal, sign_manifest, sign_notice
from mingdai_client.keying import opening_key, sealing_public
from mingdai_client.opening import SUITE
from mingdai_proofs.envelopes import seal_info, verify_manifest
from mingdai_proofs.notices import Notice

SEED = bytes(range(32))
INFO = seal_info(b"manifest", bytes(32))


def test_only_the_recipient_with_manifest_and_leaf_opens_it():
    sealed = seal(b"values", public_key=sealing_public(SEED), info=INFO)

    assert SUITE.decrypt(sealed, opening_key(SEED), info=INFO) == b"values"
    for info in (seal_info(b"manifesu", bytes(32)), seal_info(b"manifest", bytes(31) + b"\1")):
        with pytest.raises(InvalidTag):
            SUITE.decrypt(sealed, opening_key(SEED), info=info)
    with pytest.raises(InvalidTag):
        SUITE.decrypt(sealed, opening_key(SEED[::-1]), info=INFO)


def test_the_same_values_are_never_sealed_to_the_same_bytes():
    one, two = (seal(b"values", public_key=sealing_public(SEED), info=INFO) for _ in range(2))

    assert one != two


def test_the_manifest_key_is_made_once_and_is_its_owners_only(data_folder):
    key = manifest_public_key()

    path = data_folder / "keys" / "manifest.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert manifest_public_key() == key
    assert verify_manifest(b"{}", sign_manifest(b"{}"), key) is None
    assert [each.name for each in path.parent.iterdir() if each.name.startswith("manifest")] == [
        "manifest.key"
    ]


def test_a_notice_is_signed_by_the_same_key(data_folder):
    notice = Notice(
        notice_id="n", kind="withdrawn", disclosure_id="d", application_id="a", entry=""
    )

    key = Ed25519PublicKey.from_public_bytes(manifest_public_key())

    assert key.verify(sign_notice(notice), notice.statement()) is None
