from __future__ import annotations

import hashlib

from mingdai.accounts.hashing import keyed_hash, same


def test_a_keyed_hash_is_not_a_plain_one_and_differs_by_use():
    one = keyed_hash("code", b"123456")

    assert len(one) == 32
    assert one == keyed_hash("code", b"123456")
    assert one not in (keyed_hash("address", b"123456"), hashlib.sha256(b"123456").digest())


def test_equal_hashes_are_the_same_whatever_holds_them():
    assert same(bytes(32), memoryview(bytes(32)))
    assert not same(bytes(32), bytes(31) + b"\x01")


def test_another_secret_key_gives_another_hash(settings):
    before = keyed_hash("code", b"123456")

    settings.SECRET_KEY = "x" * 50

    assert keyed_hash("code", b"123456") != before
