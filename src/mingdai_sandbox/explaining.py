"""Answer the platform's sightings, as a made-up lender's rules say: off where it has none.

The rules are published (docs/lender.md): senders that the lender calls its own, and what it says of
all others.  It asks the platform over HTTP, as a real lender does, and answers each sighting once
for each rule; what it answered is kept in its file.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mingdai_client.api import PlatformApi
from mingdai_client.errors import ApiProblem, ApiUnreachable
from mingdai_client.sightings import Sighting, answer_sighting, open_sightings
from mingdai_sandbox.configuring import SightingRules
from mingdai_sandbox.databases import Database

TABLES = """
CREATE TABLE IF NOT EXISTS sighting (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, sighting_id TEXT NOT NULL, sender TEXT NOT NULL,
    answer TEXT NOT NULL);
"""
NOTES: Mapping[str, str] = {
    "our_service": "示例：委托的发信服务商",
    "our_affiliate": "示例：本机构的关联公司",
    "not_ours": "示例：发信记录里没有",
    "investigating": "示例：正在核对发信记录",
}
_LOG = logging.getLogger("mingdai_sandbox")


@dataclass(frozen=True, slots=True)
class Explainer:
    """One lender that answers: by which rules, through which connection, into which file."""

    lender: str
    rules: SightingRules
    api: PlatformApi
    database: Database

    def answer_open(self, at: datetime) -> int:
        """Answer every open sighting that has not this answer yet; how many were answered."""
        try:
            return sum(self._answer(each, at) for each in list(open_sightings(self.api)))
        except (ApiProblem, ApiUnreachable) as problem:
            _LOG.info("%s cannot answer sightings: %s", self.lender, type(problem).__name__)
            return 0

    def _answer(self, sighting: Sighting, at: datetime) -> int:
        answer = choose(self.rules, sighting.authenticated_as)
        if not answer or answer == sighting.answer:
            return 0
        answer_sighting(self.api, sighting.sighting_id, answer=answer, note=NOTES[answer])
        with self.database.writing() as db:
            db.execute(
                "INSERT INTO sighting (at, sighting_id, sender, answer) VALUES (?, ?, ?, ?)",
                (at.isoformat(), sighting.sighting_id, sighting.authenticated_as, answer),
            )
        return 1


def choose(rules: SightingRules, sender: str) -> str:
    """The answer about a sender, a domain that provably wrote or "" for none; "" for no answer."""
    for answer, domains in rules.own.items():
        if any(sender == each or sender.endswith(f".{each}") for each in domains):
            return answer
    return rules.otherwise


def list_answers(database: Database) -> list[dict[str, object]]:
    """What the lender of this file answered, the newest first."""
    names = ("at", "sighting_id", "sender", "answer")
    with database.reading() as db:
        rows = db.execute(
            "SELECT at, sighting_id, sender, answer FROM sighting ORDER BY seq DESC"
        ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def keep_answering(
    explainers: Iterable[Explainer],
    *,
    every_s: float,
    clock: Callable[[], datetime],
    stop: threading.Event,
) -> None:
    """Ask and answer every `every_s` seconds until `stop` is set."""
    everyone = list(explainers)
    while everyone and not stop.is_set():
        for each in everyone:
            each.answer_open(clock())
        stop.wait(every_s)
