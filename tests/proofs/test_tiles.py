import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.flaws import Flawed
from mingdai_proofs.frontier import Frontier
from mingdai_proofs.merkle import (
    consistency_path,
    inclusion_path,
    leaf_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from mingdai_proofs.tiles import TileHashes, bundle_path, read_tile, tile_path, tile_width

SIZE = 66_000
LEAVES = [leaf_hash(i.to_bytes(3, "big")) for i in range(SIZE)]
FILES = dict(Frontier().append(LEAVES).files)


def read(path):
    try:
        return FILES[path]
    except KeyError:
        raise FileNotFoundError(path) from None


HASHES = TileHashes(read, SIZE)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (tile_path(0, 0), "tile/0/000"),
        (tile_path(3, 1_234_067), "tile/3/x001/x234/067"),  # the standard's example
        (tile_path(1, 999, width=7), "tile/1/999.p/7"),
        (tile_path(1, 1000), "tile/1/x001/000"),
        (bundle_path(273, width=112), "tile/entries/273.p/112"),
        (bundle_path(1_000_000), "tile/entries/x001/x000/000"),
    ],
)
def test_paths_are_those_of_the_standard(path, expected):
    assert path == expected


@pytest.mark.parametrize(
    ("level", "number", "width"),
    [(0, 272, 256), (0, 273, 112), (0, 274, 0), (1, 0, 256), (1, 1, 17), (2, 0, 1), (3, 0, 0)],
)
def test_widths_at_70000_are_those_of_the_standard(level, number, width):
    assert tile_width(level, number, 70_000) == width


@given(st.integers(0, 9), st.integers(0, SIZE))
def test_any_complete_subtree_is_found(level, at):
    index = at >> level
    if (index + 1) << level > SIZE:
        index -= 1

    expected = tree_root(LEAVES[index << level : (index + 1) << level])

    assert HASHES.hash_at(level, index) == expected


def read_any(path):
    """Any tile at any width, cut from the widest there is."""
    full, _, width = path.partition(".p/")
    widest = max((each for each in FILES if each.split(".p/")[0] == full), key=len)
    return FILES[widest][: int(width or 256) * 32]


@given(st.integers(1, SIZE), st.data())
def test_proofs_from_tiles_verify_at_every_earlier_size(size, data):
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    root, old_root = (Frontier.load(read_any, each).root for each in (size, old))
    hashes = TileHashes(read_any, size)

    path = inclusion_path(index, size, hashes.hash_at)
    steps = consistency_path(old, size, hashes.hash_at)

    assert verify_inclusion(index, size, LEAVES[index], path, root) is None
    assert verify_consistency(old, size, old_root, root, steps) is None


@pytest.mark.parametrize(("level", "index"), [(0, SIZE), (0, -1), (8, SIZE >> 8), (17, 0)])
def test_an_unfinished_subtree_has_no_hash(level, index):
    with pytest.raises(Flawed, match=r"tile\.range"):
        HASHES.hash_at(level, index)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "tile.missing"),
        ({"tile/0/000.p/2": bytes(63)}, "tile.length"),
        ({"tile/0/000.p/2": bytes(96)}, "tile.length"),
        ({"tile/0/000.p/2": b""}, "tile.length"),
        ({"tile/0/000": bytes(8191)}, "tile.length"),
    ],
)
def test_a_tile_that_is_not_as_it_should_be_is_refused(files, code):
    def read_these(path):
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    with pytest.raises(Flawed) as caught:
        read_tile(read_these, 0, 0, 2)

    assert caught.value.flaw.code == code


def test_the_same_files_are_seen_at_another_size_without_reading_again():
    reads = []
    hashes = TileHashes(lambda path: reads.append(path) or read(path), 700)
    hashes.hash_at(3, 5)

    later = hashes.at_size(1000)

    assert later.hash_at(3, 5) == HASHES.hash_at(3, 5)
    assert reads == ["tile/0/000"]


def test_only_so_many_tiles_are_kept():
    hashes = TileHashes(read, SIZE, keep=2)

    for number in range(10):
        hashes.hash_at(0, number * 256)

    assert len(hashes._rows) == 2
