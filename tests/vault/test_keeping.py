from __future__ import annotations

import base64
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from mingdai.errors import Invalid, Refused
from mingdai.vault.keeping import (
    FIELD_DAYS,
    REPLACED_DAYS,
    ensure_subject_key,
    find_by_index,
    keep,
    keyed_index,
    mobile_index,
    previews,
)
from mingdai.vault.models import KeyedIndex, SealedField, SubjectKey
from tests.conftest import NOON
from tests.vault.people import VALUES, make_borrower
from tests.vault.spellings import revealed


def test_a_kept_field_shows_its_mask_and_no_more(borrower):
    keep(borrower, "mobile", VALUES["mobile"], at=NOON)

    assert previews(borrower) == {"mobile": "199****0001"}


def test_keeping_again_makes_a_version_and_shortens_the_one_before(borrower):
    keep(borrower, "name", "张三", at=NOON)
    second = keep(borrower, "name", "李四", at=NOON + timedelta(days=1))

    first = SealedField.objects.get(version=1)
    assert second.version == 2
    assert first.expires_at == NOON + timedelta(days=1 + REPLACED_DAYS)
    assert second.expires_at == NOON + timedelta(days=1 + FIELD_DAYS)
    assert previews(borrower) == {"name": "李**"}


def test_an_ill_formed_value_keeps_nothing(borrower):
    with pytest.raises(Invalid, match=r"field\.mobile"):
        keep(borrower, "mobile", "123", at=NOON)

    assert not SealedField.objects.exists()
    assert not SubjectKey.objects.exists()


def test_the_same_value_is_sealed_differently_each_time(borrower):
    one = keep(borrower, "name", "张三", at=NOON)
    two = keep(borrower, "name", "张三", at=NOON)

    assert bytes(one.sealed) != bytes(two.sealed)
    assert len(one.sealed) == len(two.sealed)


def test_a_borrower_is_found_by_any_spelling_of_the_number(borrower):
    keep(borrower, "mobile", "+86 199 0000 0001", at=NOON)

    assert find_by_index("mobile", mobile_index("199-0000-0001")) == [borrower.pk]
    assert find_by_index("mobile", mobile_index("19900000002")) == []
    assert mobile_index("19900000001") == keyed_index("mobile", "19900000001")


def test_a_second_person_with_the_same_id_number_is_not_told_of_the_first(borrower):
    other = make_borrower("19900000002")
    for each in (borrower, other):
        keep(each, "id_number", VALUES["id_number"], at=NOON)

    found = find_by_index("id_number", keyed_index("id_number", VALUES["id_number"]))

    assert found == [borrower.pk, other.pk]


def test_a_changed_number_is_no_longer_found_by_the_old_one(borrower):
    keep(borrower, "mobile", "19900000001", at=NOON)
    keep(borrower, "mobile", "19900000009", at=NOON)

    assert find_by_index("mobile", mobile_index("19900000001")) == []
    assert KeyedIndex.objects.count() == 1


def test_the_same_digits_of_two_fields_have_different_indexes():
    digits = "19900000001"

    assert keyed_index("mobile", digits) != keyed_index("employer", digits)


def test_every_borrower_has_one_key_of_their_own(borrower):
    other = make_borrower("19900000002")
    for each in (borrower, other, borrower):
        ensure_subject_key(each, NOON)

    wrapped = [bytes(row.wrapped) for row in SubjectKey.objects.all()]
    assert len(wrapped) == 2
    assert wrapped[0] != wrapped[1]


def test_an_erased_borrower_is_not_written_again(borrower):
    ensure_subject_key(borrower, NOON)
    SubjectKey.objects.update(wrapped=None, destroyed_at=NOON)

    with pytest.raises(Refused, match=r"vault\.erased"):
        keep(borrower, "name", "张三", at=NOON)


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_alone_reveals_no_field(tmp_path, data_folder):
    borrower = make_borrower(VALUES["mobile"])
    for code, value in VALUES.items():
        keep(borrower, code, value, at=NOON)

    dumped = dump_database(tmp_path)

    keys = [path.read_bytes().strip() for path in (data_folder / "keys").glob("kek-*.key")]
    keys += [base64.b64decode(each) for each in keys]
    assert str(borrower.pk).replace("-", "").encode() in dumped.replace(b"-", b"")
    assert revealed(dumped, VALUES.values()) == []
    assert [each for each in keys if each in dumped] == []


def dump_database(folder: Path) -> bytes:
    """Every byte of the database's own files, or of its dump."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return bytes(connection.connection.serialize())
    tool = shutil.which("pg_dump") or str(max(Path("/usr/lib/postgresql").glob("*/bin/pg_dump")))
    wanted = connection.get_connection_params()
    target = folder / "dump.sql"
    subprocess.run(
        [tool, "--file", str(target), "--dbname", wanted["dbname"]]
        + [f"--{name}={wanted[name]}" for name in ("host", "port") if wanted.get(name)]
        + ([f"--username={wanted['user']}"] if wanted.get("user") else []),
        check=True,
        timeout=120,
    )
    return target.read_bytes()
