"""Read what a report is made of: the evidence folder and nothing else."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingdai.audit.detecting.identity import Identity, Planted, parse_identity
from mingdai.audit.evidence import MANIFEST
from mingdai.audit.visiting import parse_visit
from mingdai.audit.visits import Visit
from mingdai.audit.walking.guarding import Authority, read_authority
from mingdai.errors import Invalid

SOURCES = ("findings.json", "visit.json", "identity.json", "capture.jsonl", "netlog.json")


@dataclass(frozen=True, slots=True)
class Bundle:
    """One evidence folder, read.

    `hashes` are of the files of `SOURCES` that are there; `manifest` is the
    SHA-256 of the manifest, "" before the folder is sealed.
    """

    folder: Path
    visit: Visit
    identity: Identity
    findings: Mapping[str, Any]
    authority: Authority | None
    hashes: Mapping[str, str]
    manifest: str = ""

    @property
    def fields(self) -> list[Planted]:
        """One planted value for each field, in the identity's order."""
        return list({each.field: each for each in reversed(self.identity.planted)}.values())[::-1]

    def rows(self, *, first_party: bool) -> list[Mapping[str, Any]]:
        """The egress rows to third parties, or to the page's own company."""
        return [row for row in self.findings["egress"] if row["first_party"] == first_party]


def load_bundle(folder: Path) -> Bundle:
    """Read the folder, sealed or not; raises Invalid where it is no evidence folder."""
    try:
        findings = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
        visit = parse_visit(json.loads((folder / "visit.json").read_text(encoding="utf-8")))
        identity = json.loads((folder / "identity.json").read_text(encoding="utf-8-sig"))
        rows = [*findings["egress"], *findings["hops"], findings["verdict"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Invalid(
            code="evidence.folder",
            reason="the folder holds no audit that can be read",
            field="folder",
            remedy="name the folder `mingdai audit walk` wrote",
        ) from error
    if not all(isinstance(each, dict | str) for each in rows):
        raise Invalid(code="evidence.folder", reason="findings.json is not a list of findings")
    return Bundle(
        folder,
        visit,
        parse_identity(identity),
        findings,
        _authority(folder),
        {name: _sha256(folder / name) for name in SOURCES if (folder / name).is_file()},
        _sha256(folder / MANIFEST) if (folder / MANIFEST).is_file() else "",
    )


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG (IHDR, PNG specification §11.2.2)."""
    width, height = struct.unpack(">II", data[16:24])
    return int(width), int(height)


def _authority(folder: Path) -> Authority | None:
    found = sorted(folder.glob("authority.*"))
    return read_authority(found[0]) if found else None


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
