"""The evidence folder: every file of an audit, and a manifest with the hash of each.

The manifest is written last.  It proves that files are as they were then, not who wrote them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mingdai.audit.harwriting import har_of, jsonl_lines
from mingdai.audit.visiting import visit_as_json
from mingdai.audit.visits import Visit
from mingdai.audit.walking.replaying import script_of, script_text
from mingdai.errors import Invalid

MANIFEST = "manifest.json"
FORMAT = "mingdai-evidence/1"
_FOLDERS = ("screenshots", "pages", "agreements", "downloads")


def open_folder(path: Path) -> Path:
    """Make the folder; raises Invalid where it already holds an audit."""
    if (path / MANIFEST).exists():
        raise Invalid(
            code="evidence.exists",
            reason="the folder already holds an audit",
            field="output",
            remedy="name a new folder: evidence is never overwritten",
        )
    for name in _FOLDERS:
        (path / name).mkdir(parents=True, exist_ok=True)
    return path


def write_visit(folder: Path, visit: Visit) -> None:
    """Write the visit and everything a person reads beside it."""
    _write_json(folder / "visit.json", visit_as_json(visit))
    _write_json(folder / "capture.har", har_of(visit))
    _write_lines(folder / "capture.jsonl", jsonl_lines(visit.exchanges))
    for view in visit.pages:
        text = "\n\n----\n\n".join(view.texts)
        (folder / f"pages/{view.number:03}.txt").write_text(text, encoding="utf-8")
    for number, each in enumerate(visit.agreements, start=1):
        said = f"{each.link.text}\n{each.link.href}\n{each.dead or each.how}\n\n{each.text}"
        (folder / f"agreements/{number:03}.txt").write_text(said, encoding="utf-8")
    _write_lines(folder / "walk.log", _log_lines(visit))
    (folder / "script.yaml").write_text(script_text(script_of(visit)), encoding="utf-8")
    console = [{"at": at, "type": kind, "text": text} for at, kind, text in visit.console]
    _write_lines(folder / "console.jsonl", (json.dumps(row, ensure_ascii=False) for row in console))


def write_findings(folder: Path, findings: Mapping[str, Any]) -> None:
    """Write `findings.json`."""
    _write_json(folder / "findings.json", findings)


def seal_folder(folder: Path) -> dict[str, str]:
    """Hash every file and write the manifest; returns SHA-256 by path."""
    hashes = {name: _hash(folder / name) for name in sorted(_present(folder))}
    (folder / MANIFEST).write_text(manifest_text(hashes), encoding="utf-8")
    return hashes


def manifest_text(hashes: Mapping[str, str]) -> str:
    """The manifest's one spelling: any other byte in it is a change."""
    return _json_text({"format": FORMAT, "sha256": dict(sorted(hashes.items()))})


def changed_files(folder: Path) -> list[str]:
    """The files that are missing, added or no longer what the manifest says."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        known: dict[str, str] = dict(manifest["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Invalid(code="evidence.manifest", reason="the manifest cannot be read") from error
    present = _present(folder)
    wrong = [name for name in known if name not in present or _hash(folder / name) != known[name]]
    return sorted({*wrong, *(present - set(known))})


def _present(folder: Path) -> set[str]:
    """Every file but the manifest itself; a file of that name deeper down is a file like others."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return {path.relative_to(folder).as_posix() for path in paths}


def _log_lines(visit: Visit) -> Iterable[str]:
    for step in visit.steps:
        moment = datetime.fromtimestamp(step.at, UTC).isoformat(timespec="milliseconds")
        yield f"{step.number:3} {moment} {step.host} [{step.kind}] {step.said}"
    yield f"stopped: {visit.stop.code}: {visit.stop.said}"


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _write_json(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(_json_text(document), encoding="utf-8")


def _json_text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(line + "\n" for line in lines)
