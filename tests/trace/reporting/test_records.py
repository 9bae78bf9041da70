import json

import pytest

from mingdai.errors import Invalid
from mingdai.trace.reporting.records import as_record, read_records


def test_a_file_holds_one_object_or_one_on_each_line(raws, tmp_path):
    one, many = tmp_path / "one.json", tmp_path / "many.jsonl"
    one.write_text(json.dumps(raws["named"], indent=1))
    many.write_text("\n".join(json.dumps(each) for each in raws.values()) + "\n")

    assert [each.conclusion for each in read_records(one)] == ["named"]
    assert [each.conclusion for each in read_records(many)] == list(raws)


def test_a_recipient_is_called_by_its_name_where_one_came_along(raws):
    record = as_record({**raws["named"], "names": {"P000": "示例机构"}})

    assert [record.name("P000"), record.name("P001")] == ["示例机构", "P001"]


@pytest.mark.parametrize(
    "change",
    [
        {"conclusion": "guilty"},
        {"conclusion": "none"},
        {"accuse": []},
        {"accuse": ["P999"]},
        {"rank": None},
        {"prob": {}},
        {"rows": "many"},
        {"evidence": [{"kind": "draws"}]},
    ],
)
def test_what_contradicts_the_form_is_refused(raws, change):
    with pytest.raises(Invalid, match=r"result\.form"):
        as_record({**raws["named"], **change})


@pytest.mark.parametrize("text", ["", "[1, 2]", "no json", "3\n4\n"])
def test_another_file_is_refused(text, tmp_path):
    path = tmp_path / "x"
    path.write_text(text)

    with pytest.raises(Invalid, match=r"result\.form"):
        read_records(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Invalid, match=r"result\.missing"):
        read_records(tmp_path / "none")
