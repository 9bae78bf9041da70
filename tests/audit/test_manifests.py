import logging

from mingdai.audit.downloading import read_apk
from tests.audit.packing import package

CONTACTS = "android.permission.READ_CONTACTS"
CALLS = "android.permission.READ_CALL_LOG"


def test_a_binary_manifest_tells_name_and_permissions(tmp_path):
    path = tmp_path / "loan.apk"
    path.write_bytes(package("cn.example.loan", (CONTACTS, CALLS, CONTACTS)))

    assert read_apk(path) == ("cn.example.loan", (CONTACTS, CALLS), "")


def test_reading_a_package_leaves_our_logging_alone(tmp_path):
    root = logging.getLogger()
    past = (root.level, list(root.handlers))
    path = tmp_path / "loan.apk"
    path.write_bytes(package("cn.example.loan", ()))

    assert read_apk(path)[2] == ""
    assert (root.level, list(root.handlers)) == past


def test_a_manifest_cut_short_is_said_to_be_unreadable(tmp_path):
    path = tmp_path / "cut.apk"
    path.write_bytes(package("cn.example.loan", (CONTACTS,))[:120])

    assert read_apk(path)[2].startswith("not a readable APK")
