import json

import pytest

from mingdai.cli.main import main
from tests.trace.judged import named, nobody


@pytest.fixture
def result(tmp_path):
    path = tmp_path / "result.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in (named(), nobody())))
    return path


def test_every_number_follows(result, capsys):
    assert main(["verify", "trace", str(result)]) == 0
    said = capsys.readouterr().out
    assert said.count("verified") == 2
    assert "not checked" in said


def test_a_changed_number_is_named(result, capsys):
    raw = json.loads(result.read_text().splitlines()[0])
    raw["prob"]["P001"] = 0.5
    result.write_text(json.dumps(raw))

    assert main(["verify", "trace", str(result), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["verified"] is False
    assert [each["code"] for each in said["checks"] if not each["holds"]] == ["probabilities"]


def test_a_file_that_is_no_result_is_refused(tmp_path, capsys):
    assert main(["verify", "trace", str(tmp_path / "none")]) == 2
    assert "result.missing" in capsys.readouterr().err
