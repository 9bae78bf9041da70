import pytest
from django.core.exceptions import ImproperlyConfigured

from mingdai.settings import _database, _secret, _witnesses


def test_a_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = _secret(tmp_path / "keys" / "a.secret")

    assert _secret(tmp_path / "keys" / "a.secret") == first
    assert (tmp_path / "keys" / "a.secret").stat().st_mode & 0o777 == 0o600
    assert len(first) >= 48


def test_a_database_url_names_postgresql(tmp_path):
    entry = _database("postgresql://u:p%40@127.0.0.1:5433/shop", tmp_path)

    assert (entry["NAME"], entry["PASSWORD"], entry["PORT"]) == ("shop", "p@", "5433")


def test_postgresql_prepares_what_is_asked_often(tmp_path):
    options = _database("postgresql://u@127.0.0.1/shop", tmp_path)["OPTIONS"]

    assert (options["server_side_binding"], options["prepare_threshold"]) == (True, 5)


def test_another_database_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="postgresql"):
        _database("mysql://u:p@h/x", tmp_path)


def test_a_witness_without_an_address_is_refused():
    with pytest.raises(ImproperlyConfigured, match="MINGDAI_WITNESSES"):
        _witnesses("name vkey")
