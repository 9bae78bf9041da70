"""Walk stories and set what the auditor says beside what the servers got.

`python -m tests.audit.world.measuring [--stories honest,typing] [--seeds 1,2]` prints one row for
each walk.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from mingdai.cli.audit_walk import add_walk_parser, run_walk
from tests.audit.world.every import ALL
from tests.audit.world.serving import World
from tests.audit.world.stories import Truth, received


@dataclass(frozen=True)
class Score:
    """One walk beside the truth."""

    story: str
    seed: int
    missing_hops: set[tuple[str, str]]
    extra_hops: set[tuple[str, str]]
    got: dict[tuple[str, str], bool]
    missed: set[tuple[str, str]]
    false: set[tuple[str, str]]
    wrong_time: set[tuple[str, str]]
    inferred_ok: bool
    violation_ok: bool
    unsent: set[str]
    stop: str
    seconds: float
    findings: dict[str, object]

    @property
    def clean(self) -> bool:
        wrong = (self.missing_hops, self.extra_hops, self.missed, self.false, self.wrong_time)
        wrong = (*wrong, self.unsent)
        return not any(wrong) and self.inferred_ok and self.violation_ok


def measure(story: str, seed: int, folder: Path) -> Score:
    """Set the story up, walk it with the command itself, and compare."""
    with World() as world:
        truth = ALL[story](world, random.Random(f"{story}{seed}"))  # noqa: S311
        identity = folder / "identity.json"
        identity.write_text(json.dumps(truth.identity, ensure_ascii=False), encoding="utf-8")
        parser = argparse.ArgumentParser()
        add_walk_parser(parser.add_subparsers(dest="verb"))
        rules = "MAP *.test 127.0.0.1"
        call = ["walk", truth.start, "--identity", str(identity), "--allow", "*.test"]
        call += ["--resolver-rules", rules, "--minutes", "1.5", "-o", str(folder / "out")]
        began = time.time()
        run_walk(parser.parse_args(call))
        seconds = time.time() - began
        findings = json.loads((folder / "out" / "findings.json").read_text(encoding="utf-8"))
        return _score(story, seed, world=world, truth=truth, findings=findings, seconds=seconds)


def _score(
    story: str, seed: int, *, world: World, truth: Truth, findings: dict, seconds: float
) -> Score:
    got = received(world, truth)
    rows = [row for row in findings["egress"] if not row["first_party"] and not row["inferred"]]
    said = {(row["recipient_host"], row["field"]): row["before_consent"] for row in rows}
    inferred = {(r["recipient_host"], r["field"]) for r in findings["egress"] if r["inferred"]}
    hops = {(h["from_host"], h["to_host"]) for h in findings["hops"] if h["kind"] != "data"}
    sent = {name for name, leak in truth.leaks.items() if (leak.host, leak.field) in got}
    return Score(
        story,
        seed,
        truth.hops - hops,
        hops - truth.hops - truth.also - _frame_hops(truth),
        got,
        set(got) - set(said),
        set(said) - set(got),
        {key for key in got if key in said and got[key] != said[key]},
        inferred == truth.inferred,
        findings["violation"] == truth.violation,
        set(truth.leaks) - sent,
        findings["stop"]["code"],
        seconds,
        findings,
    )


def _frame_hops(truth: Truth) -> set[tuple[str, str]]:
    start = truth.start.partition("://")[2].partition(":")[0]
    return {(start, each.host) for each in truth.leaks.values() if each.channel == "frame"}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stories", default=",".join(ALL))
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    wrong = 0
    for seed in map(int, args.seeds.split(",")):
        for story in args.stories.split(","):
            folder = Path(tempfile.mkdtemp(dir=args.keep))
            score = measure(story, seed, folder)
            wrong += not score.clean
            sys.stderr.write(f"{_line(score)}  {folder if args.keep else ''}\n")
    return 1 if wrong else 0


def _line(score: Score) -> str:
    parts = [f"{score.story:12} {score.seed:3} {'ok ' if score.clean else 'BAD'}"]
    parts += [f"got {len(score.got)} missed {len(score.missed)} false {len(score.false)}"]
    parts += [f"time {len(score.wrong_time)} stop {score.stop} {score.seconds:.1f}s"]
    for name in ("missing_hops", "extra_hops", "missed", "false", "wrong_time", "unsent"):
        if getattr(score, name):
            parts.append(f"{name}={getattr(score, name)}")
    if not score.inferred_ok:
        parts.append("inferred wrong")
    if not score.violation_ok:
        parts.append("violation wrong")
    return " ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
