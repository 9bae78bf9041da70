from __future__ import annotations

import os

import pytest

from mingdai.cases.deleting import delete_list, path_of
from mingdai.cases.unsealing import unsealed
from mingdai.errors import Refused, Tampered
from tests.cases.world import LATER, mobile, opened, received

pytestmark = pytest.mark.django_db


def test_the_file_in_memory_ends_with_the_block():
    row = received(opened(), mobile(1))

    with unsealed(row) as path:
        handle = int(path.name)

    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(handle)


def test_a_deleted_list_does_not_open():
    row = received(opened(), mobile(1))
    delete_list(row, at=LATER)

    with pytest.raises(Refused, match=r"list\.deleted"), unsealed(row):
        pass


def test_a_changed_file_does_not_open():
    row = received(opened(), mobile(1))
    path = path_of(row.stowed)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")

    with pytest.raises(Tampered, match=r"vault\.stowed"), unsealed(row):
        pass


def test_one_lists_file_does_not_open_as_anothers():
    case = opened()
    one, other = received(case, mobile(1)), received(case, mobile(2))
    path_of(one.stowed).write_bytes(path_of(other.stowed).read_bytes())

    with pytest.raises(Tampered, match=r"vault\.stowed"), unsealed(one):
        pass
