"""`mingdai market`: a receipt replays, a catalogue is checked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mingdai.cli.main import main

ROOT = Path(__file__).parents[2]
CATALOGUE = str(ROOT / "src/mingdai_demo/catalogue")


@pytest.fixture
def receipt(capsys, tmp_path):
    choice = ("--amount", "10000", "--term", "12m", "--age", "23-30", "--on", "2026-11-24")
    assert main(["market", "match", CATALOGUE, *choice, "--json"]) == 0
    path = tmp_path / "receipt.json"
    path.write_text(capsys.readouterr().out)
    return path


def test_a_receipt_is_reproduced(receipt, capsys):
    assert main(["market", "replay", str(receipt)]) == 0
    assert capsys.readouterr().out.startswith("same")


def test_a_changed_outcome_is_exit_1_with_the_difference(receipt, capsys):
    document = json.loads(receipt.read_text())
    document["outcome"]["matched"].reverse()
    receipt.write_text(json.dumps(document))

    assert main(["market", "replay", str(receipt), "--json"]) == 1

    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "same": False,
        "differences": ["outcome.matched: the rule gives another answer"],
    }


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "[" * 100_000], ids=range(5))
def test_what_is_no_receipt_is_exit_2(tmp_path, capsys, text):
    path = tmp_path / "receipt.json"
    path.write_text(text)

    assert main(["market", "replay", str(path), "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "match.malformed"


def test_an_absent_file_is_exit_2(tmp_path):
    assert main(["market", "replay", str(tmp_path / "none.json")]) == 2
    assert main(["market", "check", str(tmp_path / "none.toml")]) == 2


def test_the_demonstrations_catalogue_may_be_listed(capsys):
    assert main(["market", "check", CATALOGUE, "--on", "2026-11-24", "--json"]) == 0

    products = json.loads(capsys.readouterr().out)["products"]
    assert len(products) >= 12
    assert all(each["refusals"] == [] for each in products)


def test_a_product_that_may_not_be_listed_is_exit_1(capsys):
    assert main(["market", "check", CATALOGUE, "--on", "2028-01-01"]) == 1
    assert "songhe-linghuo" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", CATALOGUE, "--on", "soon"], "market.bad_day"),
        (["match", CATALOGUE, "--amount", "10001"], "match.unknown_amount"),
        (["match", CATALOGUE, "--amount", "1e4"], "money.not_yuan"),
        (["match", CATALOGUE, "--amount", "10000", "--term", "2w"], "match.bad_term"),
        (["match", CATALOGUE, "--amount", "10000", "--age", "30"], "match.unknown_band"),
    ],
    ids=range(5),
)
def test_bad_arguments_have_a_code_and_exit_2(capsys, arguments, code):
    assert main(["market", *arguments, "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"]["code"] == code


def test_replaying_needs_no_django(receipt):
    script = (
        "import sys; sys.modules['django'] = None\n"
        "from mingdai.cli.main import main\n"
        f"sys.exit(main(['market', 'replay', {str(receipt)!r}]))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
