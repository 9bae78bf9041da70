import json

import pytest

from mingdai.audit.concluding import conclude
from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.evidence import open_folder, seal_folder, write_findings, write_visit
from mingdai.cli.main import main
from tests.audit.visit_of import visit


@pytest.fixture
def folder(tmp_path):
    """The evidence of a visit that sent nothing."""
    made = open_folder(tmp_path / "audit")
    document = {"fields": {"mobile": "19900012345"}}
    (made / "identity.json").write_text(json.dumps(document), encoding="utf-8")
    write_visit(made, visit())
    write_findings(made, conclude(visit(), parse_identity(document)))
    seal_folder(made)
    return made


def test_a_good_folder_is_verified_and_what_is_not_checked_is_said(folder, capsys):
    assert main(["verify", "audit", str(folder)]) == 0

    told = capsys.readouterr().out
    assert told.endswith("\nverified\n")
    assert "not checked" in told
    assert "--expect" in told


def test_a_flipped_byte_is_flawed_and_its_file_named(folder, capsys):
    data = bytearray((folder / "walk.log").read_bytes())
    data[0] ^= 1
    (folder / "walk.log").write_bytes(bytes(data))

    assert main(["verify", "audit", str(folder)]) == 1
    assert "walk.log" in capsys.readouterr().out


def test_the_result_is_there_for_programs_too(folder, capsys):
    assert main(["verify", "audit", str(folder), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    expect = told["manifest_sha256"]
    assert told["verified"] is True
    assert main(["verify", "audit", str(folder), "--expect", expect]) == 0
    assert main(["verify", "audit", str(folder), "--expect", "0" * 64]) == 1


def test_a_call_that_makes_no_sense_is_not_taken(folder, tmp_path, capsys):
    assert main(["verify", "audit", str(folder), "--expect", "abc"]) == 2
    assert main(["verify", "audit", str(tmp_path / "none")]) == 2

    assert "evidence.expect" in capsys.readouterr().err
