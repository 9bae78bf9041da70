"""Write the report of an evidence folder: a page and a PDF, in Chinese and in English."""

from __future__ import annotations

from pathlib import Path

from mingdai.audit.reporting.composing import compose
from mingdai.audit.reporting.loading import load_bundle
from mingdai.audit.reporting.rendering import html_of
from mingdai.audit.reporting.typesetting import pdf_of
from mingdai.audit.reporting.wording import LANGUAGES

PAGES = {"zh": "report.html", "en": "report.en.html"}
PDFS = {"zh": "report.pdf", "en": "report.en.pdf"}


def write_report(folder: Path, *, output: Path | None = None) -> list[Path]:
    """Write all four files; returns them.  Raises Invalid where the folder holds no audit.

    Without `output` they go into the folder itself, which must not be sealed yet: the manifest
    comes after them and names their hashes.  A report written elsewhere, later, names the
    manifest's hash instead.  Raises Unavailable without the Chinese font; the pages are written.
    """
    bundle = load_bundle(folder)
    target = output or folder
    sealed = output is not None
    target.mkdir(parents=True, exist_ok=True)
    reports = {each: compose(bundle, each, sealed=sealed) for each in LANGUAGES}
    written = []
    for language, report in reports.items():
        other = next(PAGES[each] for each in LANGUAGES if each != language)
        path = target / PAGES[language]
        path.write_text(html_of(report, folder, other=other), encoding="utf-8")
        written.append(path)
    for language, report in reports.items():
        path = target / PDFS[language]
        path.write_bytes(pdf_of(report, folder))
        written.append(path)
    return written
