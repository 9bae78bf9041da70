from __future__ import annotations

import json

import pytest

from mingdai.cases.models import Attribution, Case, FoundList
from mingdai.cases.requesting import approve
from mingdai.cli.main import main
from tests.cases.world import employ
from tests.web.console.case_world import carried_out, copies, lines, looked_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(data_folder):
    employ("anna")
    return data_folder


def call(*words: str) -> int:
    return main(["case", *words])


def add(path, *words: str) -> int:
    return call(
        "add", "C2026-0001", str(path), "--source", "举报邮箱", "--found-at", "2026-11-24", "--by",
        "anna", *words,
    )  # fmt: skip


@pytest.fixture
def opened(monkeypatch):
    assert call("open", "--reason", "网上出现名单", "--by", "anna") == 0
    Case.objects.update(number="C2026-0001")


def test_a_list_goes_from_its_arrival_to_a_result(opened, tmp_path, capsys):
    everybody, one, _ = copies()
    file = tmp_path / "found.csv"
    file.write_text(lines(everybody, one, (0, 5, 6)), encoding="gb18030")

    assert add(file) == 0
    looked_at(FoundList.objects.get())
    assert call("attribute", "C2026-0001", "--columns", "none=1", "--by", "anna") == 0
    assert call("result", "C2026-0001") == 1
    approve(Attribution.objects.get(), staff=employ("dora"), at=Attribution.objects.get().asked_at)
    carried_out(Attribution.objects.get())
    capsys.readouterr()
    assert call("result", "C2026-0001") == 0

    result = json.loads(capsys.readouterr().out)
    assert result["accuse"] == [one.pk]
    assert result["case"] == "C2026-0001"


def test_cases_are_listed_and_shown_for_people_and_programs(opened, tmp_path, capsys):
    file = tmp_path / "found.csv"
    file.write_text("手机\n19900000001\n", encoding="utf-8")
    add(file, "--delete-on", "2027-01-31")
    looked_at(FoundList.objects.get())
    capsys.readouterr()

    call("list", "--json")
    call("show", "C2026-0001", "--json")
    call("show", "C2026-0001")

    first, second, third = capsys.readouterr().out.splitlines()
    assert json.loads(first)["lists"] == 1
    assert json.loads(second)["columns"][0]["roles"] == ["mobile"]
    assert json.loads(second)["delete_on"] == "2027-01-31"
    assert "19900000001" not in first + second + third


def test_closing_deletes_the_lists(opened, tmp_path):
    file = tmp_path / "found.csv"
    file.write_text("手机\n19900000001\n", encoding="utf-8")
    add(file)

    assert call("close", "C2026-0001", "--by", "anna") == 0
    assert FoundList.objects.get().state == FoundList.State.DELETED


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("open", "--reason", "x", "--by", "nobody"), "staff.unknown"),
        (("open", "--reason", "19900000001", "--by", "anna"), "case.reason_personal"),
        (("show", "C2026-0009"), "case.unknown"),
        (("attribute", "C2026-0001", "--by", "anna"), "list.missing"),
    ],
)
def test_what_cannot_be_done_is_said_by_its_code(opened, capsys, words, code):
    assert call(*words) == 2
    assert f"mingdai: {code}" in capsys.readouterr().err


def test_only_compliance_acts(opened, capsys):
    employ("ben", "operator")

    assert call("open", "--reason", "x", "--by", "ben") == 2
    assert "staff.unknown" in capsys.readouterr().err


@pytest.mark.parametrize("wish", ["mobile=9", "mobile", "mobile=x"])
def test_a_correction_names_a_column_that_is_there(opened, tmp_path, capsys, wish):
    file = tmp_path / "found.csv"
    file.write_text("手机\n19900000001\n", encoding="utf-8")
    add(file)
    looked_at(FoundList.objects.get())

    assert call("attribute", "C2026-0001", "--columns", wish, "--by", "anna") == 2
    assert "list.columns" in capsys.readouterr().err


def test_a_file_that_is_not_there_leaves_nothing(opened, tmp_path, capsys):
    assert add(tmp_path / "none.csv") == 2
    assert "list.missing" in capsys.readouterr().err
    assert not FoundList.objects.exists()
