from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest

from mingdai.accounts.models import Borrower, LoginCode
from mingdai.errors import Refused
from mingdai.vault.committing import subject_tag_for
from mingdai.vault.erasing import erase
from mingdai.vault.expiring import expire
from mingdai.vault.keeping import find_by_index, keep, mobile_index, previews
from mingdai.vault.linking import find_linked
from mingdai.vault.models import KeyedIndex, SealedField, SubjectKey
from mingdai.vault.opening import open_fields
from tests.conftest import NOON
from tests.vault.people import VALUES, make_borrower
from tests.vault.spellings import revealed


def keep_all(borrower: Borrower) -> None:
    for code, value in VALUES.items():
        keep(borrower, code, value, at=NOON)


def test_after_erasure_nothing_opens_and_nothing_is_shown_or_found(borrower):
    keep_all(borrower)

    erase(borrower, at=NOON)

    assert previews(borrower) == {}
    assert find_by_index("mobile", mobile_index(VALUES["mobile"])) == []
    assert not KeyedIndex.objects.exists()
    assert not SealedField.objects.exclude(sealed=None, preview="").exists()
    assert SubjectKey.objects.get().wrapped is None
    assert (borrower.mobile_index, borrower.erased_at) == (None, NOON)
    for act in (
        lambda: open_fields(borrower.pk, ["name"], at=NOON),
        lambda: subject_tag_for(borrower.pk, bytes(16)),
        lambda: keep(borrower, "name", "张三", at=NOON),
    ):
        with pytest.raises(Refused, match=r"vault\.erased"):
            act()


def test_only_the_borrower_meant_is_erased(borrower):
    other = make_borrower("19900000002")
    for each in (borrower, other):
        keep(each, "name", "张三", at=NOON)

    erase(borrower, at=NOON)

    assert open_fields(other.pk, ["name"], at=NOON) == {"name": "张三"}


def test_erasing_twice_is_erasing_once(borrower):
    keep_all(borrower)
    erase(borrower, at=NOON)

    erase(borrower, at=NOON + timedelta(days=1))

    assert borrower.erased_at == NOON
    assert SubjectKey.objects.get().destroyed_at == NOON


def test_a_borrower_of_whom_nothing_was_kept_is_erased_for_good_too(borrower):
    erase(borrower, at=NOON)

    assert borrower.erased_at == NOON
    with pytest.raises(Refused, match=r"vault\.erased"):
        keep(borrower, "name", "张三", at=NOON)


def test_codes_under_way_to_the_number_go_too(borrower):
    LoginCode.objects.create(
        mobile_index=borrower.mobile_index, code_hash=bytes(32), sent_at=NOON, expires_at=NOON
    )

    erase(borrower, at=NOON)

    assert not LoginCode.objects.exists()


def test_the_person_can_still_be_linked_for_three_years_and_not_longer(borrower):
    index = mobile_index(VALUES["mobile"])
    erase(borrower, at=NOON)

    assert find_linked(index, at=NOON + timedelta(days=3 * 365)) == [borrower.pk]

    expire(at=NOON + timedelta(days=3 * 366))
    assert find_linked(index, at=NOON) == []


def test_whoever_registers_again_is_a_new_borrower(borrower):
    erase(borrower, at=NOON)

    again = make_borrower(VALUES["mobile"])

    assert again.pk != borrower.pk


SQLITE_WAL_MAGIC = b"\x37\x7f\x06\x82"

STORY = """
import pathlib, shutil, sys
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from tests.conftest import NOON
from tests.vault.people import VALUES, make_borrower
from mingdai.vault.erasing import erase
from mingdai.vault.keeping import keep
from mingdai.vault.models import SealedField, SubjectKey

call_command("migrate", verbosity=0)
borrower = make_borrower(VALUES["mobile"])
for code, value in VALUES.items():
    keep(borrower, code, value, at=NOON)
folder = pathlib.Path(settings.DATABASES["default"]["NAME"]).parent
secrets = [bytes(SubjectKey.objects.get().wrapped)]
secrets += [bytes(row.sealed) for row in SealedField.objects.all()]
(folder / "remembered").mkdir()
for number, secret in enumerate(secrets):
    (folder / "remembered" / str(number)).write_bytes(secret)
(folder / "kept.raw").write_bytes(
    b"".join(path.read_bytes() for path in folder.glob("mingdai.sqlite3*"))
)
with connection.cursor() as cursor:
    cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
shutil.copy(folder / "mingdai.sqlite3", folder / "earlier.sqlite3")
erase(borrower, at=NOON)
raw = b"".join(path.read_bytes() for path in folder.glob("mingdai.sqlite3*"))
found = [number for number, secret in enumerate(secrets) if secret in raw]
sys.exit(f"still there: {found}" if found else 0)
"""


def test_database_file_and_journal_reveal_nothing_and_keep_no_sealed_byte_after_erasure(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("MINGDAI_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "mingdai.settings")
    monkeypatch.setenv("PYTHONPATH", "src:.")

    story = subprocess.run([sys.executable, "-c", STORY], capture_output=True, timeout=120)

    assert story.returncode == 0, story.stderr.decode()
    kept = (tmp_path / "kept.raw").read_bytes()
    assert SQLITE_WAL_MAGIC in kept
    assert revealed(kept, VALUES.values()) == []
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("mingdai.sqlite3*"))
    remembered = [path.read_bytes() for path in (tmp_path / "remembered").iterdir()]
    assert len(remembered) == 1 + len(VALUES)
    assert [secret for secret in remembered if secret in raw] == []
    earlier = sqlite3.connect(tmp_path / "earlier.sqlite3")
    try:
        assert earlier.execute("SELECT wrapped FROM vault_subjectkey").fetchone()[0]
    finally:
        earlier.close()
    shutil.rmtree(tmp_path / "remembered")
