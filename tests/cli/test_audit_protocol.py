import argparse
import json

from mingdai.cli.audit_protocol import add_protocol_parser, run_protocol
from tests.audit.protocols.calls_of import FIXTURES, MOBILE


def run(*words):
    parser = argparse.ArgumentParser()
    add_protocol_parser(parser.add_subparsers(dest="verb"))
    return run_protocol(parser.parse_args(["protocol", *map(str, words)]))


def test_defects_are_told_in_both_languages_and_end_with_one(capsys):
    assert run(FIXTURES / "F01.json") == 1

    told = capsys.readouterr().out
    assert "critical hash_with_first8 call 1 encryptMobile" in told
    assert "199****0123" in told
    assert MOBILE not in told


def test_machine_readable_rows_can_show_the_number(capsys):
    run(FIXTURES / "F01.json", "--json", "--reveal")

    document = json.loads(capsys.readouterr().out)
    assert document["calls"] == 1
    assert document["defects"][0]["recovered"] == MOBILE


def test_clean_calls_end_with_zero(tmp_path, capsys):
    path = tmp_path / "clean.json"
    path.write_text('{"ageBand": "30-39"}', encoding="utf-8")

    assert run(path) == 0
    assert "1 calls, 0 defects" in capsys.readouterr().out
