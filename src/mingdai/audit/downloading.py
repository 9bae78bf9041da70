"""Keep what the flow handed over as files: hashed, looked into, never executed.

Package name and permissions of an APK are read with apkInspector from its binary manifest.
"""

from __future__ import annotations

import hashlib
import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

from apkInspector.axml import get_manifest  # type: ignore[import-untyped]
from apkInspector.headers import ZipEntry  # type: ignore[import-untyped]
from playwright.sync_api import Error

from mingdai.audit.capturing import Recorder
from mingdai.audit.visits import Download

_SAFE = re.compile(r"[^A-Za-z0-9._-]+")
_MOST_BYTES = 300 << 20
_NAME = "{http://schemas.android.com/apk/res/android}name"


def keep_downloads(recorder: Recorder, folder: Path) -> tuple[Download, ...]:
    """Save every download of the walk under `folder`/downloads; call before the tab closes."""
    kept = []
    for number, (page, at, download) in enumerate(recorder.downloads, start=1):
        name = _SAFE.sub("_", download.suggested_filename)[-80:] or "file"
        file = f"downloads/{number:02}-{name}"
        row = Download(page, at, download.url, download.suggested_filename, file, "", 0)
        try:
            download.save_as(folder / file)
        except Error:
            kept.append(replace(row, note="the download did not finish"))
            continue
        kept.append(read_download(row, folder / file))
    return tuple(kept)


def read_download(row: Download, path: Path) -> Download:
    """The row with size and hash, and the package's facts where the file is an APK."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    size = path.stat().st_size
    row = replace(row, sha256=digest.hexdigest(), size=size)
    with path.open("rb") as stream:
        is_zip = stream.read(4) == b"PK\x03\x04"
    if not is_zip or size > _MOST_BYTES:
        return row
    package, permissions, note = read_apk(path)
    return replace(row, package=package, permissions=permissions, note=note)


def read_apk(path: Path) -> tuple[str, tuple[str, ...], str]:
    """Package name, permissions, and what went wrong ("" where nothing did)."""
    try:
        entry = ZipEntry.parse(io.BytesIO(path.read_bytes()), raw=True)
        raw = entry.read("AndroidManifest.xml")
        text = raw.decode() if raw.lstrip()[:1] == b"<" else str(get_manifest(io.BytesIO(raw)))
        root = ElementTree.fromstring(text)  # noqa: S314 - the text is our own decoder's output
    except Exception as error:
        return "", (), f"not a readable APK: {type(error).__name__}"
    asked = [
        node.get(_NAME, node.get("name", ""))
        for node in root.iter()
        if node.tag.startswith("uses-permission")
    ]
    return root.get("package", ""), tuple(dict.fromkeys(filter(None, asked))), ""
