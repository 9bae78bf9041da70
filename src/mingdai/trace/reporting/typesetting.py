"""Set a report as a PDF with typst: the words and pictures of the page, the same bytes each time.

The Chinese font is the system's Noto Sans CJK SC (Debian: fonts-noto-cjk).
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from mingdai.errors import Unavailable
from mingdai.trace.reporting.composing import Report
from mingdai.trace.reporting.drawing import WIDE, draw_bits, draw_rows

FONT = "Noto Sans CJK SC"
_TEMPLATE = files("mingdai.trace.reporting").joinpath("report.typ").read_bytes()


def pdf_of(report: Report) -> bytes:
    """The PDF; raises Unavailable where the Chinese font is not installed."""
    if FONT not in _families():
        raise Unavailable(
            code="report.font",
            reason=f"the font {FONT} is not installed, so no PDF was written",
            remedy="apt-get install fonts-noto-cjk, then run the command again",
        )
    words = report.words
    sources = {
        "report.typ": _TEMPLATE,
        "data.json": _data(report),
        "rows.svg": draw_rows(report.counts, words, width=WIDE).encode(),
        "bits.svg": draw_bits(report.bars, words, width=WIDE).encode(),
    }
    with TemporaryDirectory() as name:
        for source, data in sources.items():
            (Path(name) / source).write_bytes(data)
        made_at = int(report.made_at.timestamp())
        return typst.compile(Path(name) / "report.typ", format="pdf", timestamp=made_at)


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def _data(report: Report) -> bytes:
    """Everything the template shows, as JSON: nothing of a list becomes typst code."""
    words = report.words
    document: dict[str, Any] = asdict(report)
    for each in ("words", "made_at", "bars", "counts"):
        del document[each]
    document["language"] = words.language
    document["labels"] = _labels(report)
    document["page"] = words("page", n="#", of="##")
    made = report.made_at
    document["date"] = [made.year, made.month, made.day]
    return json.dumps(document, ensure_ascii=False).encode()


def _labels(report: Report) -> dict[str, str]:
    """Every sentence that takes nothing."""
    words = report.words
    plain = (key for key, pair in words.texts.items() if "{" not in pair[0] + pair[1])
    return {key: words(key) for key in plain}
