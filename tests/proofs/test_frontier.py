import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.bundles import BundleEdge
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.frontier import Frontier
from mingdai_proofs.merkle import EMPTY_ROOT, leaf_hash, tree_root
from mingdai_proofs.notes import Signer, sign

PUBLISHED = Path(__file__).parents[1] / "vectors/tlog-test"
# Published with the log by transparency-dev/tessera @ 1811ae1, testdata/build_log.sh.
PUBLISHED_KEY = (
    "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg"
)
WORDS = (  # the published spellings
    *("one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten"),
    *("ileven", "twelf", "threeten", "fourten", "fivten"),
)


def reader(files):
    def read(path):
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    return read


def test_the_published_test_log_is_rebuilt_byte_for_byte():
    signer, frontier, edge, files = Signer.parse(PUBLISHED_KEY), Frontier(), BundleEdge(), {}

    def publish():
        text = Checkpoint("example.com/log/testdata", frontier.size, frontier.root).text
        files[f"checkpoint.{frontier.size}"] = files["checkpoint"] = sign(text, [signer])

    publish()
    for word in WORDS:
        files.update(edge.append([word.encode()]))
        files.update(frontier.append([leaf_hash(word.encode())]).files)
        publish()

    on_disk = {
        str(path.relative_to(PUBLISHED)): path.read_bytes()
        for path in PUBLISHED.rglob("*")
        if path.is_file()
    }
    assert len([name for name in on_disk if name.startswith("checkpoint.")]) == 16
    assert files == on_disk


def test_a_new_frontier_is_the_empty_tree():
    assert Frontier().root == EMPTY_ROOT
    assert base64.b64encode(EMPTY_ROOT).startswith(b"47DEQpj8")


@given(st.lists(st.integers(0, 600), min_size=1, max_size=5))
def test_batches_of_any_size_give_the_same_root_and_reload(batches):
    frontier, files, leaves = Frontier(), {}, []
    for batch in batches:
        new = [leaf_hash(str(len(leaves) + i).encode()) for i in range(batch)]
        leaves += new
        files.update(frontier.append(new).files)

    loaded = Frontier.load(reader(files), len(leaves))

    assert frontier.root == loaded.root == tree_root(leaves)
    more = [leaf_hash(b"x")] * 300
    assert frontier.append(more) == loaded.append(more)


@pytest.mark.parametrize("size", [255, 256, 257, 65_536, 70_000])
def test_the_tiles_of_an_edge_size_are_those_of_the_standard(size):
    frontier = Frontier()

    changes = frontier.append([leaf_hash(i.to_bytes(3, "big")) for i in range(size)])

    names = {path for path, _ in changes.files}
    full = {name for name in names if ".p/" not in name}
    partial = sorted(name for name in names if ".p/" in name)
    assert len(full) == size // 256 + size // 65_536
    assert all(len(data) == 8192 for path, data in changes.files if path in full)
    assert (
        partial
        == {
            255: ["tile/0/000.p/255"],
            256: ["tile/1/000.p/1"],
            257: ["tile/0/001.p/1", "tile/1/000.p/1"],
            65_536: ["tile/2/000.p/1"],
            70_000: ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"],
        }[size]
    )
    assert sorted(path for path, _ in frontier.partials()) == partial
