import pytest

from mingdai.audit.evidence import changed_files, seal_folder
from mingdai.audit.reporting import typesetting
from mingdai.cli.audit_report import report_walk
from mingdai.cli.main import main
from tests.audit.reporting.conftest import chained, keep


@pytest.fixture
def folder(tmp_path):
    return keep(tmp_path / "audit", chained())


def test_a_report_is_written_again_outside_the_sealed_folder(folder, tmp_path, capsys):
    seal_folder(folder)

    assert main(["audit", "report", str(folder), "-o", str(tmp_path / "new")]) == 0

    assert capsys.readouterr().out.count("\n") == 4
    assert (tmp_path / "new" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert changed_files(folder) == []


@pytest.mark.parametrize("inside", ["", "reports/new"])
def test_a_sealed_folder_is_not_written_into(folder, inside, capsys):
    seal_folder(folder)

    assert main(["audit", "report", str(folder), "-o", str(folder / inside)]) == 2
    assert "report.inside" in capsys.readouterr().err


def test_a_folder_that_is_no_audit_is_refused(tmp_path, capsys):
    assert main(["audit", "report", str(tmp_path), "-o", str(tmp_path.parent / "x")]) == 2
    assert "evidence.folder" in capsys.readouterr().err


def test_a_walk_without_the_font_keeps_its_pages_and_says_so(folder, monkeypatch):
    monkeypatch.setattr(typesetting, "FONT", "No Such Font")
    said = []

    report_walk(folder, say=said.append)

    assert (folder / "report.html").is_file()
    assert "report.font" in said[-1]
