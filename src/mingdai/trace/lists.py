"""Attribute found lists against a world: read, match, collect, judge, say.

The world is opened once; each list is judged on its own error budget.  What a list shows of people
is dropped when the next one is read, and the working folder is the caller's to delete.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from mingdai.errors import MingdaiError
from mingdai.trace.attributing import FAMILY_ERROR, attribute
from mingdai.trace.calibrating import Calibration
from mingdai.trace.collecting import collect
from mingdai.trace.keys import Mapping, normalised
from mingdai.trace.matching import match
from mingdai.trace.reading.columns import correct, refuse_no_key, understand
from mingdai.trace.reading.tables import load_list
from mingdai.trace.reading.worlds import World
from mingdai.trace.words import Attribution

Progress = Callable[[str], None]

ALWAYS = (
    "the platform itself: its database, its mail door and its staff",
    "the borrowers' own devices",
)
"""Candidates in every report, whatever the figures say."""

SENTENCES = {
    "named": "this copy was the one given to those in `accuse`; others may also have held it",
    "investigate": "overlap alone: worth investigating, no ground to name anybody",
    "none": "no evidence that this came from us",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A judged list with what was understood of it."""

    attribution: Attribution
    mapping: Mapping
    titles: tuple[str, ...]
    encoding: str
    delimiter: str
    rows: int
    matched: int
    people: float
    without_key: int
    notes: tuple[str, ...]
    unreadable: int = 0
    """Lines that could not be cut into cells; they are no rows."""


@dataclass(frozen=True, slots=True)
class Tracer:
    """A world and a calibration, ready for lists."""

    world: World
    calibration: Calibration
    tell: Progress = lambda _: None

    def trace(self, path: Path, found_at: int | None = None, columns: str = "") -> Found:
        """Judge one list; `found_at` in seconds since 1970, `columns` corrects the mapping."""
        self.tell(f"reading {path.name}")
        loaded = load_list(self.world.con, path)
        mapping = understand(loaded.sample, loaded.titles, self.world.cities)
        mapping = correct(mapping, columns)
        refuse_no_key(mapping)
        self.tell(f"{loaded.rows} rows; matching")
        matched = match(self.world, normalised(loaded.table, mapping))
        self.tell(f"{matched.matched} rows matched; judging")
        case = collect(self.world, matched, found_at)
        attribution = attribute(case, self.calibration)
        return Found(
            attribution, mapping, loaded.titles, loaded.form.encoding, loaded.form.delimiter,
            matched.rows, matched.matched, float(case.listed.weight.sum()), matched.without_key,
            matched.notes, loaded.unreadable,
        )  # fmt: skip


def as_record(found: Found, calibration: Calibration) -> dict[str, object]:
    """The JSON object of docs/trace.md#files."""
    judged = found.attribution
    return {
        "prob": {name: round(chance, 5) for name, chance in judged.prob.items()},
        "rank": list(judged.rank),
        "accuse": list(judged.accuse),
        "groups": [list(group) for group in judged.groups],
        "evidence": [asdict(each) for each in judged.evidence],
        "rows": found.rows,
        "matched": found.matched,
        "gamma_star": judged.gamma_star,
        "conclusion": judged.conclusion,
        "says": SENTENCES[judged.conclusion],
        "always_candidates": list(ALWAYS),
        "family_error": FAMILY_ERROR,
        "people": round(found.people, 2),
        "rows_without_key": found.without_key,
        "lines_unreadable": found.unreadable,
        "understood": _understood(found),
        "domain": calibration.domain,
        "domain_zh": calibration.domain_zh,
        "inputs": judged.inputs,
        "notes": list(found.notes),
    }


def _understood(found: Found) -> dict[str, object]:
    """How the list was read, columns counted from 1."""
    places = asdict(found.mapping).items()
    return {
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "header": bool(found.titles),
        "columns": {role: [one + 1 for one in columns] for role, columns in places if columns},
    }


def unread_record(partners: tuple[str, ...], error: MingdaiError) -> dict[str, object]:
    """The record of a list that could not be read: it says why, and speaks against nobody."""
    return {
        "prob": dict.fromkeys(partners, 0.0),
        "rank": list(partners),
        "accuse": [],
        "groups": [],
        "evidence": [],
        "rows": 0,
        "matched": 0,
        "gamma_star": 0.0,
        "conclusion": "none",
        "says": SENTENCES["none"],
        "always_candidates": list(ALWAYS),
        "family_error": FAMILY_ERROR,
        "error": {"code": error.code, "reason": error.reason, "remedy": error.remedy},
    }
