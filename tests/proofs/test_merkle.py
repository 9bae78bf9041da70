from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.merkle import (
    EMPTY_ROOT,
    consistency_path,
    inclusion_path,
    leaf_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

# The eight leaves and roots of the Certificate Transparency reference tests for RFC 6962
# (google/certificate-transparency, merkletree tests; also transparency-dev/merkle testonly).
RFC_LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
RFC_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
EDGES = (1, 2, 3, 255, 256, 257, 1000, 65_536)
sizes = st.one_of(st.integers(1, 700), st.sampled_from(EDGES))


@cache
def leaves(size):
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(size)]


@cache
def rows(size):
    found, row = [], leaves(size)
    while row:
        found.append(row)
        row = [tree_root(row[i : i + 2]) for i in range(0, len(row) - 1, 2)]
    return found


@cache
def root(size):
    return tree_root(leaves(65_536)[:size])


def read_hash(level, index):
    return rows(65_536)[level][index]


def slow_root(hashes):
    """RFC 6962 §2.1 as it is written, recursively."""
    if len(hashes) < 2:
        return hashes[0] if hashes else EMPTY_ROOT
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return tree_root([slow_root(hashes[:split]), slow_root(hashes[split:])])


@pytest.mark.parametrize("size", range(9))
def test_the_reference_roots_are_found(size):
    assert tree_root([leaf_hash(each) for each in RFC_LEAVES[:size]]).hex() == RFC_ROOTS[size]


@given(st.integers(0, 300))
def test_a_root_is_what_the_recursive_definition_says(size):
    assert tree_root(leaves(300)[:size]) == slow_root(leaves(300)[:size])


@given(sizes, st.data())
def test_every_leaf_has_a_proof_that_verifies(size, data):
    index = data.draw(st.integers(0, size - 1))

    path = inclusion_path(index, size, read_hash)

    assert verify_inclusion(index, size, leaves(65_536)[index], path, root(size)) is None
    assert len(path) <= size.bit_length()


@given(sizes, st.data())
def test_a_changed_inclusion_proof_is_refused(size, data):
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size, read_hash)
    leaf = leaves(65_536)[index]
    step = data.draw(st.integers(0, len(path)))
    longer = [*path[:step], bytes(32), *path[step:]]
    shorter = path[:-1]

    assert verify_inclusion(index, size, leaf, longer, root(size)) is not None
    assert verify_inclusion(index, size, bytes(32), path, root(size)).code == "inclusion.mismatch"
    if path:
        assert verify_inclusion(index, size, leaf, shorter, root(size)) is not None
        other = data.draw(st.integers(0, size).filter(lambda each: each != index))
        assert verify_inclusion(other, size, leaf, path, root(size)) is not None


@given(sizes, st.data())
def test_every_earlier_tree_has_a_consistency_proof(new, data):
    old = data.draw(st.integers(0, new))

    path = consistency_path(old, new, read_hash)

    assert verify_consistency(old, new, root(old), root(new), path) is None


@given(sizes, st.data())
def test_a_changed_consistency_proof_is_refused(new, data):
    old = data.draw(st.integers(0, new))
    path = consistency_path(old, new, read_hash)

    assert verify_consistency(old, new, bytes(32), root(new), path) is not None
    assert verify_consistency(old, new, root(old), root(new), [*path, bytes(32)]) is not None
    if 0 < old < new:
        assert verify_consistency(old, new, root(old), bytes(32), path) is not None
        assert verify_consistency(old, new, root(old), root(new), path[:-1]) is not None
        assert verify_consistency(old - 1, new, root(old), root(new), path) is not None


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 5), (5, 5)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index, size):
    flaw = verify_inclusion(index, size, bytes(32), [], EMPTY_ROOT)

    assert flaw.code == "inclusion.index"
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_path(index, size, read_hash)


def test_a_log_does_not_shrink():
    flaw = verify_consistency(5, 4, root(5), root(4), [])

    assert flaw.code == "consistency.size"
    with pytest.raises(ValueError, match="no consistency path"):
        consistency_path(5, 4, read_hash)
