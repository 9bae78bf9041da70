from __future__ import annotations

import base64
import os
from uuid import uuid4

import pytest

from mingdai.errors import MingdaiError, Refused, Tampered, Unavailable
from mingdai.vault import wrapping
from mingdai.vault.keeping import ensure_subject_key
from mingdai.vault.models import SubjectKey
from mingdai.vault.wrapping import EnvironmentKeys, FileKeys, platform_key, provider, unlock
from tests.conftest import NOON

OLD, NEW = (base64.b64encode(bytes([each]) * 32).decode() for each in (1, 2))


class ElsewhereKeys(FileKeys):
    """Stands for a key service: chosen by its dotted name."""

    def __init__(self) -> None:
        super().__init__(wrapping.settings.MINGDAI_KEYS / "elsewhere")


@pytest.mark.parametrize("make", [FileKeys, lambda folder: EnvironmentKeys(f"{NEW},{OLD}")])
def test_a_wrapped_key_comes_back_and_shows_nothing_of_itself(make, tmp_path):
    keys, key = make(tmp_path), os.urandom(32)
    kek_id = keys.current_id()

    wrapped = keys.wrap(key, kek_id=kek_id)

    assert keys.unwrap(wrapped, kek_id=kek_id) == key
    assert key not in wrapped
    assert len(kek_id) <= 32


@pytest.mark.parametrize("make", [FileKeys, lambda folder: EnvironmentKeys(NEW)])
def test_one_changed_byte_of_a_wrapped_key_is_tampering(make, tmp_path):
    keys = make(tmp_path)
    wrapped = bytearray(keys.wrap(bytes(32), kek_id=keys.current_id()))
    wrapped[5] ^= 1

    with pytest.raises(Tampered, match=r"vault\.key_unwrap"):
        keys.unwrap(bytes(wrapped), kek_id=keys.current_id())


def test_the_first_start_makes_one_key_file_for_its_owner_only(tmp_path):
    first, second = FileKeys(tmp_path).current_id(), FileKeys(tmp_path).current_id()

    assert first == second
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == [f"kek-{first}.key", "kek.current"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_a_key_file_that_others_may_read_is_refused(tmp_path):
    keys = FileKeys(tmp_path)
    (tmp_path / f"kek-{keys.current_id()}.key").chmod(0o644)

    with pytest.raises(Refused, match=r"vault\.key_readable"):
        keys.wrap(bytes(32), kek_id=keys.current_id())


@pytest.mark.parametrize("make", [FileKeys, lambda folder: EnvironmentKeys(NEW)])
def test_a_key_that_is_gone_is_unavailable(make, tmp_path):
    with pytest.raises(Unavailable, match=r"vault\.kek_missing"):
        make(tmp_path).unwrap(bytes(40), kek_id="00000000")


def test_an_id_cannot_lead_out_of_the_folder(tmp_path):
    with pytest.raises(Tampered, match=r"vault\.kek_id"):
        FileKeys(tmp_path).unwrap(bytes(40), kek_id="../other")


@pytest.mark.parametrize("text", ["short", base64.b64encode(bytes(31)).decode(), "", "!" * 44])
def test_a_key_that_is_not_32_bytes_is_refused_without_showing_it(text):
    with pytest.raises(Unavailable) as caught:
        EnvironmentKeys(f"{NEW},{text}")

    assert NEW not in str(caught.value)


def test_the_environment_goes_before_the_files(monkeypatch, data_folder):
    monkeypatch.setenv("MINGDAI_KEK", NEW)

    assert provider().current_id().startswith("env")
    assert not (data_folder / "keys").exists()


def test_only_the_operator_changes_the_environment():
    keys = EnvironmentKeys(f"{NEW},{OLD}")

    for act in (keys.begin_era, lambda: keys.retire(keys.old_ids()[0])):
        with pytest.raises(MingdaiError, match=r"vault\.kek_in_environment"):
            act()
    assert keys.era_began_s() == 0.0


def test_a_key_service_is_chosen_by_its_name(monkeypatch, data_folder):
    monkeypatch.setenv("MINGDAI_KEK_PROVIDER", f"{__name__}.ElsewhereKeys")
    monkeypatch.setitem(__import__("sys").modules, __name__, __import__("sys").modules[__name__])

    assert provider().current_id()
    assert (data_folder / "keys" / "elsewhere" / "kek.current").exists()


def test_a_new_era_keeps_the_old_key_until_it_is_retired(tmp_path):
    keys = FileKeys(tmp_path)
    old = keys.current_id()
    wrapped = keys.wrap(bytes(32), kek_id=old)

    new = keys.begin_era()

    assert keys.current_id() == new != old
    assert keys.old_ids() == [old]
    assert keys.unwrap(wrapped, kek_id=old) == bytes(32)
    keys.retire(old)
    with pytest.raises(Unavailable):
        keys.unwrap(wrapped, kek_id=old)


def test_platform_keys_differ_stay_and_lie_wrapped(data_folder):
    index, link = platform_key("index"), platform_key("link")
    wrapping._platform_key.cache_clear()

    assert index != link
    assert platform_key("index") == index
    written = b"".join(path.read_bytes() for path in (data_folder / "keys").glob("*.wrapped"))
    assert index not in written
    assert base64.b64encode(index) not in written


def test_an_unknown_platform_key_is_a_programming_error():
    with pytest.raises(ValueError, match="platform"):
        platform_key("django")


def test_nothing_is_unlocked_of_whom_nothing_is_kept(db):
    with pytest.raises(Refused, match=r"vault\.no_subject"):
        unlock(uuid4())


def test_an_emptied_key_says_erased(borrower):
    ensure_subject_key(borrower, NOON)
    SubjectKey.objects.update(wrapped=None)

    with pytest.raises(Refused, match=r"vault\.erased"):
        unlock(borrower.pk)
