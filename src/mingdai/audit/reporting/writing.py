"""Write the report of an evidence folder: a page and a PDF, in Chinese and in English."""

from __future__ import annotations

from pathlib import Path

from mingdai.audit.reporting.composing import Report, compose
from mingdai.audit.reporting.loading import load_bundle
from mingdai.audit.reporting.rendering import html_of
from mingdai.audit.reporting.typesetting import pdf_of
from mingdai.paper.speaking import LANGUAGES

PAGES = {"zh": "report.html", "en": "report.en.html"}
PDFS = {"zh": "report.pdf", "en": "report.en.pdf"}


def write_report(folder: Path, *, output: Path | None = None) -> list[Path]:
    """Write all four files; returns them.  Raises Invalid where the folder holds no audit.

    Without `output` they go into the folder itself, which must not be sealed yet: the manifest
    comes after them and names their hashes.  A report written elsewhere, later, names the
    manifest's hash instead.  Raises Unavailable without the Chinese font; the pages are written.
    """
    reports = _reports(folder, sealed=output is not None)
    target = output or folder
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for language, report in reports.items():
        written.append(target / PAGES[language])
        written[-1].write_text(_page(report, folder), encoding="utf-8")
    for language, report in reports.items():
        written.append(target / PDFS[language])
        written[-1].write_bytes(pdf_of(report, folder))
    return written


def pages_of(folder: Path) -> dict[str, str]:
    """The pages as they were before the folder was sealed, by language."""
    return {each: _page(report, folder) for each, report in _reports(folder, sealed=False).items()}


def _reports(folder: Path, *, sealed: bool) -> dict[str, Report]:
    bundle = load_bundle(folder)
    return {each: compose(bundle, each, sealed=sealed) for each in LANGUAGES}


def _page(report: Report, folder: Path) -> str:
    other = next(PAGES[each] for each in LANGUAGES if each != report.words.language)
    return html_of(report, folder, other=other)
