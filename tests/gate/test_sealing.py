from dataclasses import fields, replace

import pytest
from cryptography.exceptions import InvalidTag

from mingdai.gate.sealing import manifest_public_key, seal, sign_manifest, sign_notice
from mingdai_client.keying import opening_key, sealing_public
from mingdai_client.opening import SUITE
from mingdai_proofs.envelopes import seal_info, verify_manifest
from mingdai_proofs.flaws import Flawed
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


NOTICE = Notice(notice_id="n", kind="withdrawn", disclosure_id="d", application_id="a", entry="")


def test_a_notice_is_signed_by_the_key_of_the_manifests_and_reads_back(data_folder):
    sent = NOTICE.encode(sign_notice(NOTICE))

    assert Notice.open(sent, manifest_public_key()) == NOTICE


@pytest.mark.parametrize("member", [each.name for each in fields(Notice)])
def test_a_notices_signature_holds_for_no_other_notice(data_folder, member):
    other = replace(NOTICE, **{member: "erased" if member == "kind" else "x"})

    with pytest.raises(Flawed, match=r"notice\.signature"):
        Notice.open(other.encode(sign_notice(NOTICE)), manifest_public_key())


def test_a_notices_signature_is_none_of_a_manifest(data_folder):
    """One key signs both; each statement begins with its own format, so neither is the other."""
    key = manifest_public_key()

    assert verify_manifest(NOTICE.statement(), sign_notice(NOTICE), key) is not None
    with pytest.raises(Flawed, match=r"notice\.signature"):
        Notice.open(NOTICE.encode(sign_manifest(NOTICE.statement())), key)
