import pytest

from mingdai.audit.reporting import typesetting
from mingdai.audit.reporting.composing import compose
from mingdai.audit.reporting.loading import load_bundle
from mingdai.audit.reporting.typesetting import pdf_of
from mingdai.errors import Unavailable


def test_the_same_folder_gives_the_same_pdf_in_both_languages(report, folder):
    made = pdf_of(report, folder)

    assert made.startswith(b"%PDF-")
    assert b"19700101" in made
    assert made == pdf_of(report, folder)


@pytest.mark.parametrize("name", ["empty", "gaps"])
def test_little_to_tell_is_set_too(request, name):
    folder = request.getfixturevalue(name)

    assert pdf_of(compose(load_bundle(folder), "zh"), folder).startswith(b"%PDF-")


def test_without_the_chinese_font_there_is_no_pdf_of_empty_boxes(report, folder, monkeypatch):
    monkeypatch.setattr(typesetting, "FONT", "No Such Font")

    with pytest.raises(Unavailable, match=r"report\.font"):
        pdf_of(report, folder)
