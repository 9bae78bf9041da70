from __future__ import annotations

import pytest

from mingdai.errors import Tampered
from mingdai.vault.guarding import seal_secret, unseal_secret


def test_a_secret_comes_back_under_its_label_only():
    sealed = seal_secret(b"JBSWY3DPEHPK3PXP", "totp:1")

    assert unseal_secret(sealed, "totp:1") == b"JBSWY3DPEHPK3PXP"
    assert unseal_secret(memoryview(sealed), "totp:1") == b"JBSWY3DPEHPK3PXP"
    with pytest.raises(Tampered, match=r"vault\.sealed_secret"):
        unseal_secret(sealed, "totp:2")


def test_a_sealed_secret_shows_nothing_and_is_never_the_same_twice():
    one, two = (seal_secret(b"JBSWY3DPEHPK3PXP", "totp:1") for _ in range(2))

    assert b"JBSWY3DP" not in one
    assert one != two


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(60)])
def test_what_was_not_sealed_is_tampered(sealed):
    with pytest.raises(Tampered):
        unseal_secret(sealed, "totp:1")
