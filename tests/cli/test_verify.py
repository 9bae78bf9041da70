import pytest

from mingdai.cli.main import main


def test_a_file_that_is_no_receipt_is_refused(tmp_path, capsys):
    path = tmp_path / "receipt.json"
    path.write_text("{}", encoding="utf-8")

    answer = main(["verify", "receipt", str(path)])

    assert answer == 1
    assert "receipt." in capsys.readouterr().out


def test_a_missing_file_is_a_call_that_cannot_be_taken(tmp_path):
    assert main(["verify", "receipt", str(tmp_path / "absent")]) == 2


def test_help_names_what_only_the_marketplace_verifies(capsys):
    with pytest.raises(SystemExit):
        main(["verify", "--help"])

    assert "audit: " in capsys.readouterr().out
