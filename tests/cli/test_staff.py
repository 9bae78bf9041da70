"""`mingdai staff`, as an operator calls it."""

from __future__ import annotations

import pytest

from mingdai.accounts.models import Staff
from mingdai.cli.main import main

pytestmark = pytest.mark.django_db


def one_time_password(capsys) -> str:
    return capsys.readouterr().out.split("one-time password ")[1].split("\n")[0]


def test_add_prints_a_password_that_opens_the_set_up_once(capsys):
    code = main(["staff", "add", "li.operator", "--role", "operator"])

    staff = Staff.objects.get()
    assert code == 0
    assert staff.role == "operator"
    assert staff.totp_sealed is None
    assert staff.check_password(one_time_password(capsys))


def test_reset_prints_another_and_ends_the_second_factor(capsys):
    main(["staff", "add", "li.operator", "--role", "auditor"])
    first = one_time_password(capsys)
    Staff.objects.update(totp_sealed=b"sealed")

    assert main(["staff", "reset", "li.operator"]) == 0

    staff = Staff.objects.get()
    assert staff.totp_sealed is None
    assert not staff.check_password(first)
    assert staff.check_password(one_time_password(capsys))


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["add", "Li", "--role", "operator"], "staff.login"),
        (["reset", "nobody"], "staff.unknown"),
    ],
)
def test_a_refusal_has_its_code_and_no_trace(arguments, problem, capsys):
    assert main(["staff", *arguments]) == 2
    assert problem in capsys.readouterr().err
