import pytest

from mingdai.trace.reporting.records import as_record
from mingdai.trace.reporting.understanding import understood
from mingdai.trace.reporting.wording import Words


def test_columns_are_told_by_number_and_role(records):
    pairs = dict(understood(records["named"], Words("en")))

    assert pairs["How columns were understood"] == "column 1: mobile number, column 2: name"
    assert pairs["Form of the file"] == "UTF-8, separated by commas, with a header"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"encoding": "gb18030", "delimiter": "\t", "header": False}, "GB18030, separated by tabs"),
        ({"encoding": "utf-8", "delimiter": "", "header": False}, "UTF-8, a single column"),
        ({"encoding": "xlsx", "delimiter": "", "header": True}, "XLSX, a spreadsheet"),
        ({"encoding": "utf-8", "delimiter": "##", "header": True}, "UTF-8, separated by “##”"),
    ],
)
def test_every_form_of_a_file_has_its_words(raws, form, said):
    pairs = dict(understood(as_record({**raws["named"], "understood": form}), Words("en")))

    assert pairs["Form of the file"].startswith(said)
    assert pairs["How columns were understood"] == "no column was recognised"


def test_nothing_of_the_list_itself_is_told(raws):
    raw = {**raws["named"], "file": "甲的名单.csv", "titles": ["某人的手机"]}
    said = str(list(understood(as_record(raw), Words("zh"))))

    assert "甲" not in said
    assert "某人" not in said
