"""Score the detector on a corpus: precision, recall by tier and chain, speed."""

from __future__ import annotations

import gc
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO

from mingdai.audit.captures.jsonl import read_jsonl
from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.detecting.inspecting import Detector
from tests.audit.corpus.generating import Corpus

_HEAVY = 25
"""The longest requests are timed one by one: the others cost less."""


@dataclass
class Score:
    """What a run found, beside what was there."""

    labels: dict[tuple[str, str], dict[str, str]]
    found: set[tuple[str, str]] = field(default_factory=set)
    build_s: float = 0.0
    busy_s: float = 0.0
    worst_s: float = 0.0
    size: int = 0

    @property
    def false(self) -> set[tuple[str, str]]:
        return self.found - set(self.labels)

    @property
    def precision(self) -> float:
        return 1 - len(self.false) / max(1, len(self.found))

    @property
    def benign_flagged(self) -> int:
        carrying = {request for request, _ in self.labels}
        return len({request for request, _ in self.false} - carrying)

    def recall(self, tier: str) -> float:
        wanted = {key for key, label in self.labels.items() if label["tier"] == tier}
        return len(wanted & self.found) / max(1, len(wanted))

    def steps(self, tier: str) -> dict[str, tuple[int, int]]:
        """Found and planted for each step that occurs in a chain of the tier."""
        planted, seen = Counter(), Counter()
        for key, label in self.labels.items():
            if label["tier"] != tier:
                continue
            for step in set(label["chain"].split("+")):
                planted[step] += 1
                seen[step] += key in self.found
        return {step: (seen[step], count) for step, count in planted.items()}

    @property
    def speed(self) -> float:
        """Megabytes of capture a second of processor time, reading included."""
        return self.size / 1e6 / self.busy_s


def score(corpus: Corpus) -> Score:
    """Read the corpus as a capture and compare what was found with its labels."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in corpus.rows).encode()
    result = Score(
        {(row["request_id"], row["field"]): row for row in corpus.labels}, size=len(text)
    )
    started = time.process_time()
    detector = Detector(parse_identity(corpus.identity))
    result.build_s = time.process_time() - started
    gc.freeze()  # as the command line does
    began = time.process_time()
    for report in detector.inspect_all(read_jsonl(BytesIO(text))):
        result.found |= {(finding.request_id, finding.field) for finding in report.findings}
    result.busy_s = time.process_time() - began
    heavy = sorted(text.splitlines(), key=len)[-_HEAVY:]
    for request in read_jsonl(heavy):
        started = time.process_time()
        detector.inspect(request)
        result.worst_s = max(result.worst_s, time.process_time() - started)
    return result
