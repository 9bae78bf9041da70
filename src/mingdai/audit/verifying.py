"""Check an evidence folder again, from its own files, without a browser and without the network.

Hashes say that files are as they were sealed; whoever can write the folder can write its manifest
too.  So everything that follows from something else is made again: the derived files from the
visit, the visit's requests from the browser's own net log, every egress row from its request,
and the whole of `findings.json` from visit and identity.  Who sealed the folder and when is
known only where the manifest's hash is known from elsewhere (`expect`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mingdai.audit.checks.registry import parse_registry
from mingdai.audit.concluding import conclude
from mingdai.audit.detecting.identity import Identity, parse_identity
from mingdai.audit.downloading import read_download
from mingdai.audit.evidence import FORMAT, MANIFEST, changed_files, manifest_text, write_visit
from mingdai.audit.reporting.writing import PAGES, pages_of
from mingdai.audit.rewinding import difference_from_wire, unproven_rows
from mingdai.audit.visiting import parse_visit
from mingdai.audit.visits import Visit
from mingdai.errors import Invalid
from mingdai.paper.speaking import LANGUAGES

NEEDED = ("findings.json", "identity.json", "visit.json", "capture.jsonl")
"""Without one of these there is nothing to check a verdict against."""

LIMITS = (
    "who walked, and that the net log is what a real browser wrote: only the manifest's hash, "
    "known from elsewhere, ties this folder to a moment",
    "that identity.json is what was typed, and when the walker typed, ticked and pressed: the "
    "walk's own record alone says so",
    "what pictures and page texts show, and that the PDFs say what the pages say: `mingdai audit "
    "report` sets them again",
    "what servers did with the data once they had it, unless another host showed it",
)
"""What no check of a folder can say."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing checked: a stable code, whether it holds, what was seen, and where not."""

    code: str
    holds: bool
    said: str
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks of a folder in order; it holds where every one does and none is missing."""

    checks: tuple[Check, ...]
    manifest_sha256: str

    @property
    def holds(self) -> bool:
        """Whether the folder is what it says; an empty list of checks is a no."""
        return bool(self.checks) and all(each.holds for each in self.checks)


def verify_evidence(folder: Path, *, expect: str = "") -> Verification:
    """Check the folder; `expect` is the manifest's SHA-256 (hex) as known from elsewhere.

    Where hashes are wrong nothing more is read: the rest would speak of other files.
    """
    found = _sha256(folder / MANIFEST)
    checks = [_manifest(folder)]
    if expect:
        checks.append(_expected(found, expect.strip().lower()))
    if checks[0].holds:
        checks.append(_files(folder))
    if all(each.holds for each in checks):
        checks += [_safely(code, check, folder) for code, check in _REPLAYS.items()]
    return Verification(tuple(checks), found)


def manifest_sha256(folder: Path) -> str:
    """The SHA-256 of the manifest, which stands for the whole folder; "" where there is none."""
    return _sha256(folder / MANIFEST)


def _manifest(folder: Path) -> Check:
    """The manifest is whole, canonical, names files inside the folder, and names what is needed."""
    code = "evidence.manifest"
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        document = json.loads(text)
        names = dict(document["sha256"])
        whole = document["format"] == FORMAT and text == manifest_text(names)
    except (OSError, ValueError, KeyError, TypeError):
        return Check(code, holds=False, said="the manifest cannot be read", where=(MANIFEST,))
    if not whole:
        return Check(
            code, holds=False, said="the manifest is not as it was written", where=(MANIFEST,)
        )
    missing = tuple(name for name in NEEDED if name not in names)
    if missing:
        return Check(code, holds=False, said="the manifest does not name", where=missing)
    return Check(code, holds=True, said=f"the manifest names {len(names)} files")


def _expected(found: str, expect: str) -> Check:
    holds = found == expect
    said = "the manifest is the one expected" if holds else "the manifest is not the one expected"
    return Check("evidence.expected", holds, said, () if holds else (MANIFEST,))


def _files(folder: Path) -> Check:
    wrong = tuple(changed_files(folder))
    said = "changed, missing or added" if wrong else "every file has the hash of the manifest"
    return Check("evidence.changed", not wrong, said, wrong)


def _derived(folder: Path) -> Check:
    """What is written from the visit is written again and compared, byte for byte."""
    visit = _visit(folder)
    with TemporaryDirectory() as name:
        again = Path(name)
        for each in ("pages", "agreements"):
            (again / each).mkdir()
        write_visit(again, visit)
        made = {str(path.relative_to(again)) for path in again.rglob("*") if path.is_file()}
        wrong = {each for each in made if _sha256(again / each) != _sha256(folder / each)}
    there = {
        str(path.relative_to(folder))
        for each in ("pages", "agreements")
        for path in (folder / each).rglob("*")
    }
    wrong |= there - made
    said = "not what the visit gives" if wrong else f"{len(made)} files follow from the visit"
    return Check("evidence.derived", not wrong, said, tuple(sorted(wrong)))


def _wire(folder: Path) -> Check:
    """The visit's requests and answers are those of the net log: none more, none less."""
    visit = _visit(folder)
    wrong = tuple(difference_from_wire(visit, folder / "netlog.json"))
    sent = sum(1 for each in visit.exchanges if each.sent)
    said = "visit and net log differ" if wrong else f"{sent} requests are those of the net log"
    return Check("evidence.wire", not wrong, said, wrong)


def _downloads(folder: Path) -> Check:
    wrong = []
    rows = _visit(folder).downloads
    for row in rows:
        path = folder / row.file
        bare = replace(row, sha256="", size=0, package="", permissions=(), note="")
        if row.sha256 and (not path.is_file() or read_download(bare, path) != row):
            wrong.append(row.file)
    said = "not as the visit tells" if wrong else f"{len(rows)} downloads read again"
    return Check("evidence.downloads", not wrong, said, tuple(wrong))


def _rows(folder: Path) -> Check:
    """Every egress row is decoded again, step by step, from the requests it names."""
    findings = _document(folder / "findings.json")
    visit, identity = _visit(folder), _identity(folder)
    rows = {key: findings[key] for key in ("egress", "attempted")}
    wrong = tuple(
        name for key in rows for name in unproven_rows(rows[key], visit, identity, key=key)
    )
    count = sum(map(len, rows.values()))
    said = "does not decode to the value" if wrong else f"{count} egress rows decoded again"
    return Check("evidence.replay", not wrong, said, wrong)


def _findings(folder: Path) -> Check:
    """The verdict is reached again from visit and identity, and every key compared."""
    written = _document(folder / "findings.json")
    again = json.loads(json.dumps(concluded(_visit(folder), _identity(folder), written)))
    keys = sorted({*written, *again})
    wrong = tuple(f"findings.json#{key}" for key in keys if written.get(key) != again.get(key))
    said = "concluded otherwise" if wrong else f"the verdict is reached again: {again['verdict']}"
    return Check("evidence.findings", not wrong, said, wrong)


def concluded(visit: Visit, identity: Identity, written: Mapping[str, Any]) -> dict[str, object]:
    """What `mingdai audit walk` would write of this visit."""
    given = written.get("registry")
    return conclude(visit, identity, parse_registry(given) if given else None)


def _reports(folder: Path) -> Check:
    """The pages of the report are made again and compared; a PDF depends on this system's fonts."""
    there = [each for each in LANGUAGES if (folder / PAGES[each]).is_file()]
    made = pages_of(folder)
    wrong = tuple(PAGES[each] for each in there if made[each] != _text(folder / PAGES[each]))
    said = "not what the folder gives" if wrong else f"{len(there)} pages of the report made again"
    return Check("evidence.report", not wrong, said, wrong)


_REPLAYS: dict[str, Callable[[Path], Check]] = {
    "evidence.derived": _derived,
    "evidence.wire": _wire,
    "evidence.downloads": _downloads,
    "evidence.replay": _rows,
    "evidence.findings": _findings,
    "evidence.report": _reports,
}


def _safely(code: str, check: Callable[[Path], Check], folder: Path) -> Check:
    """A file that hashes rightly and still cannot be read was never written by an audit."""
    try:
        return check(folder)
    except Invalid as error:
        return Check(code, holds=False, said=error.reason)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Check(code, holds=False, said=f"cannot be read: {type(error).__name__}")


def _visit(folder: Path) -> Visit:
    return parse_visit(_document(folder / "visit.json"))


def _identity(folder: Path) -> Identity:
    return parse_identity(_document(folder / "identity.json"))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _document(path: Path) -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
    return document


def _sha256(path: Path) -> str:
    return "".join(_digests(path))


def _digests(path: Path) -> Iterator[str]:
    if path.is_file():
        with path.open("rb") as stream:
            yield hashlib.file_digest(stream, "sha256").hexdigest()
