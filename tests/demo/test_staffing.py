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

    assert Staff.objects.count() == len(logins()) == 2
    assert (data_folder / "demo.json").stat().st_mode & 0o777 == 0o600
