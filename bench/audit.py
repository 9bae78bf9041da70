"""Precision, recall and speed of the detector on unseen corpora, beside another in the same run.

`python -m bench.audit [COUNT] [SEED…]` prints a table.  The other detector, privacy-flow-inspector,
takes part where it is installed (`pip install privacy-flow-inspector`); it is no dependency.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.audit.corpus.generating import Corpus, generate
from tests.audit.corpus.scoring import Score, score

SEEDS = (20261, 20262, 20263)
COUNT = 1000
PEER = "privacy_flow_inspector"
MEASURED = """measured once on another unseen corpus (4,000 requests, 46 MB, 2,463 values):
  leak-detector (Leaky Forms)    precision 0.713  recall 22.2 %  core 25.6 %  0.22 MB/s
  privacy-flow-inspector 0.3.0   precision 0.699  recall 26.3 %  core 30.8 %  HAR loader 40 s"""


def main(arguments: list[str]) -> int:
    """0 where every figure is met."""
    count, *seeds = (int(each) for each in arguments or (COUNT, *SEEDS))
    met, steps, planted = True, Counter(), Counter()
    say(f"{'seed':>6} {'who':24} precision benign  core   rare   evasion  MB/s  worst ms  build s")
    for seed in seeds or SEEDS:
        corpus = generate(seed, count)
        result = score(corpus)
        met &= result.precision >= 0.999 and result.recall("core") >= 0.995
        say(row(seed, "mingdai", result))
        if importlib.util.find_spec(PEER):
            say(row(seed, "privacy-flow-inspector", score_peer(corpus)))
        for step, (seen, total) in result.steps().items():
            steps[step] += seen
            planted[step] += total
    shares = sorted((steps[step] / planted[step], step, planted[step]) for step in planted)
    worst = ", ".join(f"{step} {share:.1%} of {total}" for share, step, total in shares[:8])
    say(f"worst steps of a chain: {worst}")
    say(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB\n{MEASURED}")
    return 0 if met else 1


def row(seed: int, who: str, result: Score) -> str:
    """One line of the table."""
    tiers = "  ".join(f"{result.recall(tier):6.1%}" for tier in ("core", "rare", "evasion"))
    return (
        f"{seed:>6} {who:24} {result.precision:9.4f} {result.benign_flagged:6} {tiers}"
        f" {result.speed:6.1f} {result.worst_s * 1000:9.1f} {result.build_s:8.2f}"
    )


def score_peer(corpus: Corpus) -> Score:
    """The same corpus as a HAR, through the other detector's loader and persona matcher."""
    har, extract, detectors, model = (
        importlib.import_module(f"{PEER}.{name}")
        for name in ("har", "extract", "detectors", "model")
    )
    result = Score({(each["request_id"], each["field"]): each for each in corpus.labels})
    fields = corpus.identity["fields"]
    people = [
        detectors.Persona(label=name, value=value, category=model.Category.CONTACT)
        for name, value in fields.items()
    ]
    matcher = detectors.PersonaMatcher(people)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "capture.har"
        path.write_text(json.dumps(as_har(corpus)), encoding="utf-8")
        result.size = path.stat().st_size
        began = time.process_time()
        requests, _ = har.load_har(path, "capture.har", har.Limits())
        names = [each["request_id"] for each in corpus.rows]
        for request in requests:
            for carrier in extract.carriers(request)[0]:
                for match in matcher.match(carrier.value):
                    result.found.add((names[request.index], match.label))
        result.busy_s = time.process_time() - began
    return result


def as_har(corpus: Corpus) -> dict[str, Any]:
    """The corpus as HAR 1.2, bodies in base64."""
    entries = [
        {
            "startedDateTime": "2023-11-14T22:13:20.000Z",
            "request": {
                "method": each["method"],
                "url": each["url"],
                "headers": [{"name": name, "value": value} for name, value in each["headers"]],
                "postData": {"mimeType": "", "text": each["body_b64"], "encoding": "base64"},
            },
            "response": {"status": 200, "headers": [], "content": {}},
        }
        for each in corpus.rows
    ]
    return {
        "log": {"version": "1.2", "creator": {"name": "corpus", "version": "1"}, "entries": entries}
    }


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
