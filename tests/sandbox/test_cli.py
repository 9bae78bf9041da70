import json

from mingdai_sandbox.cli import main


def test_a_configuration_that_cannot_be_used_is_a_usage_error(tmp_path, capsys):
    path = tmp_path / "sandbox.json"
    path.write_text(json.dumps({"platform": {}}), encoding="utf-8")

    code = main(["--config", str(path), "--port", "1"])

    assert code == 2
    assert "lenders" in capsys.readouterr().err


def test_a_missing_file_is_a_usage_error(tmp_path, capsys):
    code = main(["--config", str(tmp_path / "none.json"), "--port", "1"])

    assert code == 2
    assert "none.json" in capsys.readouterr().err
