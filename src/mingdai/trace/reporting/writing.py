"""Write the report of each judged list: a page and a PDF, in Chinese and in English."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from mingdai.paper.speaking import LANGUAGES
from mingdai.trace.reporting.composing import compose
from mingdai.trace.reporting.records import Record, read_records
from mingdai.trace.reporting.rendering import html_of
from mingdai.trace.reporting.typesetting import pdf_of

PAGES = {"zh": "report.html", "en": "report.en.html"}
PDFS = {"zh": "report.pdf", "en": "report.en.pdf"}


def write_reports(result: Path, output: Path) -> list[Path]:
    """All files written; several lists in one result get a folder each, named by case or number.

    Raises Invalid where the file is no result; Unavailable without the Chinese font (the pages are
    written before).
    """
    records = read_records(result)
    digest = hashlib.sha256(result.read_bytes()).hexdigest()
    if len(records) == 1:
        return write_report(records[0], output, sha256=digest)
    written = []
    for number, record in enumerate(records, start=1):
        written += write_report(record, output / _folder(number, record), sha256=digest)
    return written


def write_report(record: Record, output: Path, *, sha256: str) -> list[Path]:
    """The four files of one list, in `output`."""
    output.mkdir(parents=True, exist_ok=True)
    reports = {each: compose(record, each, sha256=sha256) for each in LANGUAGES}
    written = []
    for language, report in reports.items():
        [other] = (PAGES[each] for each in LANGUAGES if each != language)
        written.append(output / PAGES[language])
        written[-1].write_text(html_of(report, other=other), encoding="utf-8")
    for language, report in reports.items():
        written.append(output / PDFS[language])
        written[-1].write_bytes(pdf_of(report))
    return written


def _folder(number: int, record: Record) -> str:
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", record.case).strip("-")[:40]
    return f"{number:03d}-{plain}" if plain else f"{number:03d}"
