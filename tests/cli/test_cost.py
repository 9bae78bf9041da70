"""`mingdai cost`, as a person and as a program call it."""

import io
import json
import os
import subprocess
import sys

import pytest

from mingdai.cli.main import main

KEYS = [
    "simple_pct",
    "compound_pct",
    "apr_pct",
    "total_repaid",
    "net_received",
    "flags",
    "notes",
]


def cost(capsys, *arguments):
    code = main(["cost", *arguments, "--json"])
    out, err = capsys.readouterr()
    assert code == 0, err
    return json.loads(out)


def refusal(capsys, *arguments):
    code = main(["cost", *arguments, "--json"])
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    return json.loads(err)["error"]


def test_the_two_day_loan_is_10950_percent(capsys):
    answer = cost(capsys, "--receive", "1000", "--repay", "1600@2d", "--convention", "day365")

    assert list(answer) == KEYS
    assert answer["simple_pct"] == 10950
    assert answer["apr_pct"] == pytest.approx(1.786063e39, rel=1e-6)
    assert (answer["total_repaid"], answer["net_received"]) == ("1600.00", "1000.00")
    assert answer["flags"] == ["over_24", "over_36", "under_90_days", "short_and_over_36"]
    assert answer["notes"] == []


def test_a_range_is_one_payment_a_month(capsys):
    answer = cost(capsys, "--receive", "10000", "--repay", "945.60@1m..12m")

    assert answer["simple_pct"] == pytest.approx(24, abs=0.005)
    assert answer["total_repaid"] == "11347.20"


def test_repay_may_repeat_and_name_dates(capsys):
    answer = cost(
        capsys,
        *("--receive", "1000@2026-01-10"),
        *("--repay", "550@2026-02-10", "--repay", "550@2m"),
    )

    assert answer["total_repaid"] == "1100.00"
    assert answer["simple_pct"] == pytest.approx(79.1575, abs=0.0001)


def test_less_than_the_contract_names_is_flagged(capsys):
    answer = cost(capsys, "--receive", "1400", "--nominal", "2000", "--repay", "2000@7d")

    assert "net_below_nominal" in answer["flags"]
    assert answer["compound_pct"] == pytest.approx(1.194e10, rel=1e-3)


def test_a_file_says_convention_advances_and_payments(capsys, tmp_path):
    loan = tmp_path / "loan.json"
    months = [f"1978-{month:02d}-10" for month in range(2, 13)]
    months += [f"1979-{month:02d}-10" for month in range(1, 13)] + ["1980-01-10"]
    document = {
        "convention": "regz",
        "advances": [{"at": "1978-01-10", "amount": "5000.00"}],
        "payments": [{"at": day, "amount": "230.00"} for day in months],
    }
    loan.write_text(json.dumps(document))

    assert round(cost(capsys, str(loan))["apr_pct"], 2) == 9.69


def test_years_are_exact_fractions(capsys, tmp_path):
    loan = tmp_path / "loan.json"
    document = {
        "convention": "eu",
        "advances": [{"at": "0", "amount": "200000.00"}],
        "payments": [
            {"at": "0", "amount": "4000.00"},
            *({"at": f"{number}/12", "amount": "1432.86"} for number in range(1, 241)),
        ],
    }
    loan.write_text(json.dumps(document))

    assert cost(capsys, str(loan))["apr_pct"] == pytest.approx(6.434412, abs=1e-6)


def test_a_loan_may_come_from_standard_input(capsys, monkeypatch):
    document = {
        "advances": [{"at": "0", "amount": "100"}],
        "payments": [{"at": "1y", "amount": "110"}],
    }
    stream = io.TextIOWrapper(io.BytesIO(json.dumps(document).encode()))
    monkeypatch.setattr(sys, "stdin", stream)

    assert cost(capsys, "-")["compound_pct"] == pytest.approx(10)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], "cost.no_loan"),
        (["x.json", "--receive", "1"], "cost.two_loans"),
        (["nowhere.json"], "cost.no_file"),
        (["--repay", "1@1m"], "cost.no_advance"),
        (["--receive", "1000", "--repay", "1600@soon"], "cost.bad_time"),
        (["--receive", "1000", "--repay", "1600@"], "cost.bad_time"),
        (["--receive", "1000", "--repay", "1e3@2d"], "money.not_yuan"),
        (["--receive", "0", "--repay", "10@2d"], "cost.bad_amount"),
        (["--receive", "1000", "--repay", "10@1m..12d"], "cost.bad_range"),
        (["--receive", "1000", "--repay", "10@12m..1m"], "cost.bad_range"),
        (["--receive", "1000", "--repay", "10@0d..9999d"], "cost.too_many"),
        (["--receive", "1000", "--repay", "10@2026-02-10"], "cost.start_needed"),
        (["--receive", "1", "--repay", "2@2d", "--convention", "x"], "cost.unknown_convention"),
        (["--receive", "1", "--repay", "2@1/7", "--convention", "regz"], "cost.needs_dates"),
    ],
)
def test_bad_arguments_have_a_code_and_exit_2(capsys, arguments, code):
    assert refusal(capsys, *arguments)["code"] == code


ADVANCE = [{"at": "0", "amount": "1"}]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "cost.not_json"),
        ("{", "cost.not_json"),
        ("[" * 100_000, "cost.not_json"),
        ("[]", "cost.not_a_loan"),
        (json.dumps({"advances": {}}), "cost.not_a_loan"),
        (json.dumps({"advances": [{"at": "0"}]}), "cost.not_a_loan"),
        (json.dumps({"advances": []}), "cost.no_advance"),
        (json.dumps({"advances": [{"at": "0", "amount": 5000}]}), "money.not_a_string"),
        (json.dumps({"advances": ADVANCE, "fee": "1"}), "cost.unknown_key"),
        (json.dumps({"advances": ADVANCE, "nominal": 3}), "money.not_a_string"),
        (json.dumps({"advances": ADVANCE, "convention": 365}), "cost.unknown_convention"),
        (
            json.dumps(
                {
                    "advances": [{"at": "2026-01-02", "amount": "1"}],
                    "payments": [{"at": "2026-01-01", "amount": "1"}],
                }
            ),
            "cost.payment_before_advance",
        ),
    ],
    ids=range(12),
)
def test_bad_files_have_a_code_and_exit_2(capsys, tmp_path, text, code):
    loan = tmp_path / "loan.json"
    loan.write_text(text)

    assert refusal(capsys, str(loan))["code"] == code


def test_people_read_lines(capsys):
    assert main(["cost", "--receive", "1000", "--repay", "1600@2d"]) == 0

    out = capsys.readouterr().out
    assert "10950.00 %" in out
    assert "short_and_over_36" in out


def test_the_command_needs_no_django():
    script = (
        "import sys; sys.modules['django'] = None\n"
        "from mingdai.cli.main import main\n"
        "sys.exit(main(['cost', '--receive', '1000', '--repay', '1600@2d', '--json']))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": "src"},
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["simple_pct"] == 10950
