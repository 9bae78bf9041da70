import os

import pytest

from mingdai_proofs.flaws import Flawed
from mingdai_proofs.keyfiles import load_or_create_cosigner
from mingdai_proofs.notes import KeyKind


def test_keys_are_made_once_and_kept(tmp_path):
    path = tmp_path / "w/cosigner.keys"

    first = load_or_create_cosigner(path, "w.example", os.urandom)
    again = load_or_create_cosigner(path, "w.example", os.urandom)

    assert [each.verifier for each in first] == [each.verifier for each in again]
    assert [each.verifier.kind for each in first] == [
        KeyKind.ED25519_COSIGNATURE,
        KeyKind.MLDSA44_COSIGNATURE,
    ]


def test_only_the_owner_can_read_them(tmp_path):
    load_or_create_cosigner(tmp_path / "keys", "w.example", os.urandom)

    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["keys"]


def test_another_witness_does_not_take_them(tmp_path):
    load_or_create_cosigner(tmp_path / "keys", "w.example", os.urandom)

    with pytest.raises(Flawed, match=r"cosigner\.name"):
        load_or_create_cosigner(tmp_path / "keys", "v.example", os.urandom)


@pytest.mark.parametrize(
    ("text", "code"), [("", r"cosigner\.keys"), ("nonsense\n", r"skey\.malformed")]
)
def test_a_damaged_file_is_not_replaced(tmp_path, text, code):
    (tmp_path / "keys").write_text(text)

    with pytest.raises(Flawed, match=code):
        load_or_create_cosigner(tmp_path / "keys", "w.example", os.urandom)
    assert (tmp_path / "keys").read_text() == text
