"""`mingdai vault`, as an operator calls it."""

from __future__ import annotations

import pytest

from mingdai.cli.main import main
from mingdai.vault.keeping import keep
from mingdai.vault.models import SealedField, SubjectKey
from mingdai.vault.opening import open_fields
from tests.conftest import NOON
from tests.vault.people import make_borrower


@pytest.fixture
def borrower(db, data_folder):
    found = make_borrower("19900000001")
    keep(found, "name", "张三", at=NOON)
    return found


def test_rotate_says_how_many_keys_and_everything_still_opens(borrower, capsys):
    before = SubjectKey.objects.get().kek_id

    code = main(["vault", "rotate", "--batch", "1"])

    after = SubjectKey.objects.get().kek_id
    assert (code, before == after) == (0, False)
    assert f"{after} now wraps 1 data keys and 1 platform keys" in capsys.readouterr().out
    assert open_fields(borrower.pk, ["name"], at=NOON) == {"name": "张三"}


def test_retire_refuses_a_young_era_and_says_why(borrower, capsys):
    main(["vault", "rotate"])

    code = main(["vault", "rotate", "--retire"])

    assert code == 2
    assert "vault.era_too_young" in capsys.readouterr().err


def test_retire_without_old_keys_says_so(borrower, capsys):
    assert main(["vault", "rotate", "--retire"]) == 0
    assert "no old key-encryption key" in capsys.readouterr().out


def test_expire_says_what_was_erased(borrower, capsys):
    SealedField.objects.update(expires_at=NOON.replace(year=2020))

    assert main(["vault", "expire"]) == 0
    assert capsys.readouterr().out == "erased 1 fields, 0 link tokens, 0 old tries\n"
    assert SealedField.objects.get().sealed is None
