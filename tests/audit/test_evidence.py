import pytest

from mingdai.audit.evidence import (
    changed_files,
    open_folder,
    seal_folder,
    write_findings,
    write_visit,
)
from mingdai.errors import Invalid
from tests.audit.visit_of import MOBILE, exchange, visit


@pytest.fixture
def folder(tmp_path):
    made = open_folder(tmp_path / "out")
    write_visit(made, visit(exchange(1, 31.0, f"http://b.test/?m={MOBILE}")))
    write_findings(made, {"violation": False})
    seal_folder(made)
    return made


def test_a_sealed_folder_is_as_its_manifest_says(folder):
    assert changed_files(folder) == []
    assert {"visit.json", "capture.har", "script.yaml"} <= {each.name for each in folder.iterdir()}


def test_one_flipped_byte_a_missing_and_an_added_file_are_named(folder):
    data = bytearray((folder / "visit.json").read_bytes())
    data[10] ^= 1
    (folder / "visit.json").write_bytes(bytes(data))
    (folder / "walk.log").unlink()
    (folder / "more.txt").write_text("x")

    assert changed_files(folder) == ["more.txt", "visit.json", "walk.log"]


def test_evidence_is_never_overwritten(folder):
    with pytest.raises(Invalid, match=r"evidence\.exists"):
        open_folder(folder)
