"""Keep what the flow handed over as files: hashed, looked into, never executed.

Package name and permissions of an APK are read from its binary manifest (`manifests`).
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Error

from mingdai.audit.capturing import Recorder
from mingdai.audit.visits import Download

_SAFE = re.compile(r"[^A-Za-z0-9._-]+")
_MOST_BYTES = 300 << 20
_APK_S = 60


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
    """Package name, permissions, and what went wrong ("" where nothing did).

    The file is hostile until shown not to be: a child with little memory and time reads it.
    """
    call = [sys.executable, "-m", "mingdai.audit.manifests", str(path.resolve())]
    try:
        done = subprocess.run(call, capture_output=True, timeout=_APK_S, check=True)  # noqa: S603 - our own module, no shell
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        return "", (), f"not a readable APK: {type(error).__name__}"
    return str(told["package"]), tuple(told["permissions"]), str(told["note"])
