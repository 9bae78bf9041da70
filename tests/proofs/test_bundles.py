import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.bundles import BundleEdge, decode_bundle, encode_bundle, read_bundle
from mingdai_proofs.flaws import Flawed


def reader(files):
    def read(path):
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    return read


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_a_bundle_gives_back_its_entries(entries):
    assert decode_bundle(encode_bundle(entries)) == entries


@pytest.mark.parametrize(
    "data", [b"\x00", b"\x00\x01", b"\x00\x02a", b"\x00\x01a\x01", b"\xff\xff"]
)
def test_a_length_leading_outside_the_bundle_is_refused(data):
    with pytest.raises(Flawed, match=r"bundle\.length"):
        decode_bundle(data)


def test_an_entry_over_65535_bytes_does_not_fit():
    with pytest.raises(ValueError, match="65536"):
        encode_bundle([bytes(65_536)])

    assert len(encode_bundle([bytes(65_535)])) == 65_537


@given(st.lists(st.integers(0, 300), min_size=1, max_size=4))
def test_bundles_of_any_batches_are_read_back(batches):
    edge, files, entries = BundleEdge(), {}, []
    for batch in batches:
        new = [str(len(entries) + i).encode() for i in range(batch)]
        entries += new
        files.update(edge.append(new))

    found = []
    while len(found) < len(entries):
        found += read_bundle(reader(files), len(found) // 256, min(256, len(entries) - len(found)))

    assert found == entries
    more = [b"more"] * 300
    assert BundleEdge.load(reader(files), len(entries)).append(more) == edge.append(more)


def test_a_deleted_partial_bundle_is_read_from_the_full_one():
    files = dict(BundleEdge().append([bytes([i]) for i in range(256)]))

    assert read_bundle(reader(files), 0, 3) == [b"\x00", b"\x01", b"\x02"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "bundle.missing"),
        ({"tile/entries/000.p/3": encode_bundle([b"a"] * 2)}, "bundle.count"),
        ({"tile/entries/000.p/3": encode_bundle([b"a"] * 4)}, "bundle.count"),
        ({"tile/entries/000": encode_bundle([b"a"] * 255)}, "bundle.count"),
    ],
)
def test_a_bundle_of_another_count_is_refused(files, code):
    with pytest.raises(Flawed) as caught:
        read_bundle(reader(files), 0, 3)

    assert caught.value.flaw.code == code
