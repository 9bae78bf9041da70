import pytest

from mingdai.errors import Unavailable
from mingdai.trace.reporting import typesetting
from mingdai.trace.reporting.typesetting import pdf_of


def test_every_conclusion_makes_a_pdf_and_the_same_bytes_twice(reports):
    for report in reports.values():
        made = pdf_of(report)

        assert made.startswith(b"%PDF-")
        assert pdf_of(report) == made


def test_without_the_font_no_pdf_is_written(reports, monkeypatch):
    monkeypatch.setattr(typesetting, "FONT", "No Such Font")

    with pytest.raises(Unavailable, match=r"report\.font"):
        pdf_of(reports["none"])
