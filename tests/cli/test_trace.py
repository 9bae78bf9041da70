"""`mingdai trace list` as it is called: exit codes, both streams, cases beside their file."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mingdai.cli.main import main
from mingdai.cli.trace import parse_time, tasks_of
from mingdai.errors import Invalid
from tests.trace.small import person, sent, write_small

SOURCE = str(Path(__file__).resolve().parents[2] / "src")
PROGRAM = "import sys; from mingdai.cli.main import main; sys.exit(main())"
PARTNERS = ("甲", "乙", "丙")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    log = [sent(n, PARTNERS[n % 3], n % 30) for n in range(1, 301)]
    write_small(folder, [person(n) for n in range(1, 301)], log)
    return folder


def call(world, *arguments):
    return main(["trace", "list", "--borrowers", str(world / "borrowers.parquet"),
                 "--ledger", str(world / "ledger.parquet"), *map(str, arguments)])  # fmt: skip


def written(folder, name="list.csv", numbers=range(3, 90, 3)):
    path = folder / name
    path.write_text("手机号\n" + "".join(f"1990000{n:04d}\n" for n in numbers), encoding="utf-8")
    return path


FIELDS = {"prob", "rank", "accuse", "groups", "evidence", "rows", "matched", "gamma_star"}


def test_one_list_gives_one_line_of_json(world, tmp_path, capsys):
    assert call(world, written(tmp_path), "--json") == 0

    out, err = capsys.readouterr()
    (record,) = [json.loads(line) for line in out.splitlines()]
    assert set(record) >= FIELDS
    assert (record["file"], record["rows"], record["matched"]) == ("list.csv", 29, 29)
    assert "case" not in record
    assert "reading list.csv" in err


def test_cases_name_their_lists_beside_them(world, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "found"
    folder.mkdir()
    written(folder, "one.csv")
    (folder / "two.csv").write_bytes(b"")
    lines = [{"case": "c1", "file": "one.csv", "found_at": "2023-01-05T00:00:00"},
             {"case": 2, "file": "two.csv", "found_at": 1675000000},
             {"case": "c3", "file": "one.csv"}]  # fmt: skip
    cases = folder / "cases.jsonl"
    cases.write_text("\ufeff" + "\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    monkeypatch.chdir(world)

    assert call(world, "--cases", cases, "--json", "--quiet") == 1

    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert [each["case"] for each in records] == ["c1", 2, "c3"]
    assert all(set(each) >= FIELDS for each in records)
    assert records[1]["error"]["code"] == "list.empty"
    assert records[1]["accuse"] == []
    assert "error" not in records[2]
    assert err == ""


@pytest.mark.parametrize(("language", "part"), [("zh", "29 行对上"), ("en", "29 matched")])
def test_without_json_a_person_reads_it(world, tmp_path, capsys, language, part):
    assert call(world, written(tmp_path), "--lang", language) == 0

    out = capsys.readouterr().out
    assert part in out
    assert "mobile" in out
    assert "19900000003" not in out


def test_a_correction_of_the_columns_is_taken_or_refused(world, tmp_path, capsys):
    path = tmp_path / "two.csv"
    path.write_text("".join(f"1380000{n:04d},1990000{n:04d}\n" for n in range(1, 30)))

    assert call(world, path, "--columns", "mobile=2", "--json") == 0
    assert json.loads(capsys.readouterr().out)["understood"]["columns"] == {"mobile": [2]}
    assert call(world, path, "--columns", "phone=2") == 2
    assert "list.columns" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "list.missing"),
        (("--cases", "absent.jsonl"), "cases.missing"),
        (("list.csv", "--found-at", "soon"), "time.form"),
        (("list.csv", "--working", "absent"), "working.missing"),
    ],
)
def test_a_call_that_cannot_be_taken_says_why(
    world, tmp_path, capsys, monkeypatch, arguments, code
):
    monkeypatch.chdir(tmp_path)
    written(tmp_path)

    assert call(world, *arguments) == 2
    assert code in capsys.readouterr().err


def test_a_list_that_is_not_there_is_an_error_of_its_record(world, tmp_path, capsys):
    assert call(world, tmp_path / "absent.csv", "--lang", "en") == 1
    assert "list.missing" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["[]", "{}", "x", '{"case": 1}', '{"case": 1, "file": 2}',
                                  '{"case": 1, "file": "a", "found_at": "x"}'])  # fmt: skip
def test_a_line_that_is_no_case_is_refused(tmp_path, line):
    cases = tmp_path / "cases.jsonl"
    cases.write_text(line)

    with pytest.raises(Invalid, match=r"cases\.form|time\.form"):
        list(tasks_of(argparse.Namespace(files=[], found_at=None, cases=cases)))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2023-01-11T00:00:00", 1673395200),
        ("2023-01-11T08:00:00+08:00", 1673395200),
        ("2023-01-11T00:00:00Z", 1673395200),
        ("2023-01-11 00:00:00", 1673395200),
        ("2023/01/11", 1673395200 + 86_399),
        (1673395200, 1673395200),
        (1673395200000, 1673395200),
        ("1673395200.5", 1673395200),
        (10, 1673395200 + 86_399),
    ],
)
def test_a_time_is_read_in_the_ways_worlds_write_it(text, seconds):
    assert parse_time(text) == seconds


@pytest.mark.parametrize("text", ["soon", "", "nan", "inf", "2023-13-01"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Invalid, match="time.form"):
        parse_time(text)


def test_it_runs_where_django_is_not_set_up_and_leaves_no_file(world, tmp_path):
    path = written(tmp_path)
    here = tmp_path / "here"
    here.mkdir()
    command = [sys.executable, "-c", PROGRAM, "trace", "list", str(path), "--json",
               "--borrowers", str(world / "borrowers.parquet"),
               "--ledger", str(world / "ledger.parquet")]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": SOURCE, "TMPDIR": str(here)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    done = subprocess.run(command, cwd=here, capture_output=True, check=False, env=environment)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["matched"] == 29
    assert list(here.iterdir()) == []
