from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingdai.errors import Tampered
from mingdai.vault.stowing import PIECE, Stower, fresh_salt, stow, unstow

SALT = bytes(range(32))


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lists" / "one.sealed"


def opened(path, salt=SALT, label="list:1") -> bytes:
    return b"".join(unstow(path, salt=salt, label=label))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_stowed_comes_out(path, size):
    data = bytes(each % 251 for each in range(size))

    stow([data[: size // 3], data[size // 3 :]], path, salt=SALT, label="list:1")

    assert opened(path) == data
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["one.sealed"]


def test_nothing_of_it_is_in_clear(path):
    stow([b"19900000001," * 100_000], path, salt=SALT, label="list:1")

    assert b"19900000001" not in path.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_turned_bit_is_noticed(path, place, bit):
    stow([b"a" * 100], path, salt=SALT, label="list:1")
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 1 << bit
    path.write_bytes(data)

    with pytest.raises(Tampered, match=r"vault\.stowed"):
        opened(path)


def test_pieces_cannot_be_cut_off_swapped_or_added(path):
    stow([bytes(2 * PIECE + 5)], path, salt=SALT, label="list:1")
    whole, sealed = path.read_bytes(), PIECE + 16
    first, second, last = whole[:sealed], whole[sealed : 2 * sealed], whole[2 * sealed :]

    for changed in (first + second, second + first + last, whole + last, first + last, b""):
        path.write_bytes(changed)
        with pytest.raises(Tampered, match=r"vault\.stowed"):
            opened(path)


@pytest.mark.parametrize(
    ("salt", "label"), [(bytes(32), "list:1"), (SALT, "list:2"), (b"", "list:1")]
)
def test_another_salt_or_label_opens_nothing(path, salt, label):
    stow([b"data"], path, salt=SALT, label="list:1")

    with pytest.raises(Tampered, match=r"vault\.stowed"):
        opened(path, salt, label)


def test_what_was_given_up_leaves_nothing(path):
    stower = Stower(path, salt=SALT, label="x")
    stower.write(bytes(2 * PIECE))

    stower.give_up()

    assert list(path.parent.iterdir()) == []


def test_what_breaks_off_leaves_nothing(path):
    with pytest.raises(ZeroDivisionError):
        stow((bytes(1 // each) for each in (1, 0)), path, salt=SALT, label="x")

    assert list(path.parent.iterdir()) == []


def test_a_salt_is_never_the_same():
    assert fresh_salt() != fresh_salt()
