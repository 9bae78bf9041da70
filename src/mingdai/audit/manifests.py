"""Read an Android package's own manifest: `python -m mingdai.audit.manifests FILE` prints JSON.

Run as a process of its own (`downloading.read_apk`): the parser meets hostile files, and importing
apkInspector sets the logging of the whole process.  Nothing of the package is unpacked or run.
"""

from __future__ import annotations

import io
import json
import logging
import re
import resource
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from apkInspector.axml import get_manifest  # type: ignore[import-untyped]
from apkInspector.headers import ZipEntry  # type: ignore[import-untyped]

_SPACES = {"android": "http://schemas.android.com/apk/res/android"}
_NAME = f"{{{_SPACES['android']}}}name"
_MOST_BYTES = 2 << 30
_MOST_CPU_S = 30


def read_manifest(path: Path) -> dict[str, object]:
    """`package`, `permissions` in order, and `note`: what went wrong, "" where nothing did."""
    try:
        root = ElementTree.fromstring(_text_of(path))  # noqa: S314 - our own decoder's output
    except Exception as error:
        return _told("", [], f"not a readable APK: {type(error).__name__}")
    asked = [
        node.get(_NAME, node.get("name", ""))
        for node in root.iter()
        if node.tag.startswith("uses-permission")
    ]
    return _told(root.get("package", ""), list(dict.fromkeys(filter(None, asked))), "")


def _text_of(path: Path) -> str:
    entry = ZipEntry.parse(io.BytesIO(path.read_bytes()), raw=True)
    raw = entry.read("AndroidManifest.xml")
    if raw.lstrip()[:1] == b"<":
        return str(raw.decode())
    return _with_names_bound(str(get_manifest(io.BytesIO(raw))))


def _with_names_bound(text: str) -> str:
    """The decoder binds a prefix where it first meets it; here all are bound at the root."""
    head = text[: text.find(">")]
    used = set(re.findall(r"[\s<]([A-Za-z][\w-]*):[\w-]+\s*=", text)) - {"xmlns"}
    free = [each for each in sorted(used) if f"xmlns:{each}=" not in head]
    bound = "".join(f' xmlns:{each}="{_SPACES.get(each, each)}"' for each in free)
    return re.sub(r"<([A-Za-z][\w-]*)", lambda found: found[0] + bound, text, count=1)


def _told(package: str, permissions: list[str], note: str) -> dict[str, object]:
    return {"package": package, "permissions": permissions, "note": note}


def main() -> int:
    """Read the file named on the command line; 0 always, what went wrong stands in `note`."""
    logging.getLogger().setLevel(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_S, _MOST_CPU_S))
    sys.stdout.write(json.dumps(read_manifest(Path(sys.argv[1]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
