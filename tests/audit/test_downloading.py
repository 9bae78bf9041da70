import io
import zipfile

from mingdai.audit.downloading import read_apk, read_download
from mingdai.audit.visits import Download

MANIFEST = """<manifest xmlns:android="http://schemas.android.com/apk/res/android"
 package="cn.example.loan"><uses-permission android:name="android.permission.READ_CONTACTS"/>
</manifest>"""


def _package(tmp_path, manifest=MANIFEST):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("AndroidManifest.xml", manifest)
    path = tmp_path / "a.apk"
    path.write_bytes(packed.getvalue())
    return path


def test_a_package_tells_its_name_and_what_it_wants_to_read(tmp_path):
    row = read_download(Download(1, 1.0, "u", "a.apk", "f", "", 0), _package(tmp_path))

    assert (row.package, row.permissions) == (
        "cn.example.loan",
        ("android.permission.READ_CONTACTS",),
    )
    assert len(row.sha256) == 64


def test_a_broken_package_is_hashed_and_said_to_be_broken(tmp_path):
    path = tmp_path / "a.apk"
    path.write_bytes(b"PK\x03\x04 nothing")

    assert read_apk(path)[2].startswith("not a readable APK")
