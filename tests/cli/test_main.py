import json

import pytest

from mingdai.cli.main import COMMANDS, main


def test_an_unknown_command_is_told_what_there_is(capsys):
    assert main(["no-such-command"]) == 2

    shown = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in shown] == []


def test_no_command_is_told_what_there_is(capsys):
    assert main([]) == 2

    assert "commands:" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"verify"}))
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as stop:
        main([name, "--help"])

    assert stop.value.code == 0
    assert name in capsys.readouterr().out


def test_a_refusal_is_a_sentence_with_a_code_not_a_stack_trace(tmp_path, capsys):
    answer = main(["cost", str(tmp_path / "absent.json"), "--json"])

    complaint = json.loads(capsys.readouterr().err)
    assert answer == 2
    assert complaint["error"]["code"]
