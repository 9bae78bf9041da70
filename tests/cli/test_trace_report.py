import json

import pytest

from mingdai.cli.main import main
from tests.trace.judged import named


def test_a_result_becomes_four_files(tmp_path, capsys):
    result = tmp_path / "result.json"
    result.write_text(json.dumps(named()))

    assert main(["trace", "report", str(result), "-o", str(tmp_path / "out")]) == 0
    written = capsys.readouterr().out.split()
    assert len(written) == 4
    assert {path.rpartition(".")[2] for path in written} == {"html", "pdf"}


@pytest.mark.parametrize("text", ["", "{}", "nothing"])
def test_what_is_no_result_is_refused(text, tmp_path, capsys):
    result = tmp_path / "result.json"
    result.write_text(text)

    assert main(["trace", "report", str(result), "-o", str(tmp_path / "out")]) == 2
    assert "result.form" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
