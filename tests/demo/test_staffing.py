import json

import pytest

from mingdai.accounts.authenticating import Credentials, check_password_and_code
from mingdai.accounts.models import Staff
from mingdai.vault.guarding import unseal_secret
from mingdai_demo.staffing import logins, seed_staff
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_demo_employee_signs_in_with_both_factors(data_folder):
    seed_staff(at=NOON)
    anna = logins()[0]

    found = check_password_and_code(
        Credentials(anna.login, anna.password, anna.code(NOON)), unseal=unseal_secret, at=NOON
    )

    assert isinstance(found, Staff)
    assert found.role == Staff.Role.COMPLIANCE


def test_each_data_folder_has_its_own_log_ins_made_once(data_folder):
    assert logins() == []

    seed_staff(at=NOON)
    seed_staff(at=NOON)

    assert Staff.objects.count() == len(logins()) == 3
    assert (data_folder / "demo.json").stat().st_mode & 0o777 == 0o600


def test_two_compliance_officers_can_approve_each_other(data_folder):
    seed_staff(at=NOON)

    assert sum(each.role == Staff.Role.COMPLIANCE for each in logins()) == 2


def test_an_older_folder_gets_the_employee_it_lacks_and_keeps_the_others(data_folder):
    seed_staff(at=NOON)
    path = data_folder / "demo.json"
    before = json.loads(path.read_text())
    path.write_text(json.dumps(before[:2]))
    Staff.objects.filter(login=before[2]["login"]).delete()

    seed_staff(at=NOON)

    assert [each.login for each in logins()] == [each["login"] for each in before]
    assert json.loads(path.read_text())[:2] == before[:2]
