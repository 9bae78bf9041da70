import os
import sqlite3
import subprocess
import sys


def test_a_fresh_data_folder_gets_tables_keys_and_static_files(tmp_path):
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    command = [sys.executable, "-m", "mingdai.cli", "migrate"]
    for _ in range(2):
        subprocess.run(command, env={**environment, "MINGDAI_DATA": str(tmp_path)}, check=True)

    with sqlite3.connect(tmp_path / "mingdai.sqlite3") as database:
        tables = {name for (name,) in database.execute("select name from sqlite_master")}
    assert {"gate_disclosure", "ledger_ledgerentry", "vault_sealedfield"} <= tables
    assert (tmp_path / "keys" / "django.secret").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "static" / "staticfiles.json").exists()
