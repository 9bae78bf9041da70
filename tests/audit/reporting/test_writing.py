import pytest

from mingdai.audit.evidence import changed_files, seal_folder
from mingdai.audit.reporting import typesetting
from mingdai.audit.reporting.writing import PAGES, PDFS, write_report
from mingdai.errors import Unavailable

FOUR = {*PAGES.values(), *PDFS.values()}


def test_a_report_goes_into_the_folder_before_it_is_sealed(folder):
    assert {path.name for path in write_report(folder)} == FOUR
    assert seal_folder(folder).keys() >= FOUR
    assert changed_files(folder) == []


def test_a_report_made_again_stays_outside_and_names_the_manifest(folder, tmp_path):
    seal_folder(folder)

    write_report(folder, output=tmp_path / "again")

    assert changed_files(folder) == []
    text = (tmp_path / "again" / "report.html").read_text(encoding="utf-8")
    assert "封存在本报告之后" not in text


def test_without_the_font_the_pages_are_there_all_the_same(folder, monkeypatch):
    monkeypatch.setattr(typesetting, "FONT", "No Such Font")

    with pytest.raises(Unavailable):
        write_report(folder)
    assert {each.name for each in folder.glob("report*")} == set(PAGES.values())
