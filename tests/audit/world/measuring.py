"""Walk stories and set what the auditor says beside what the servers got.

`python -m tests.audit.world.measuring [--stories honest,typing,dark] [--seeds 1-20] [--keep DIR]`
prints one row for each walk and a summary.  `--spread` gives each story only one of the seeds in
turn, so that all stories and all seeds are met.  `--keep` leaves the evidence and `truth.json`.
`--jobs 2` walks two at a time, each in its own process; seconds are then those of a busy machine.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingdai.cli.audit_walk import add_walk_parser, run_walk
from tests.audit.world.every import ALL, named
from tests.audit.world.serving import World
from tests.audit.world.stories import Truth, received

Pair = tuple[str, str]


@dataclass(frozen=True)
class Score:
    """One walk beside the truth."""

    story: str
    seed: int
    variety: str
    hops: int
    missing_hops: set[Pair]
    extra_hops: set[Pair]
    got: dict[Pair, bool]
    missed: set[Pair]
    false: set[Pair]
    wrong_time: set[Pair]
    inferred_ok: bool
    unsent: set[str]
    dark: frozenset[str]
    dark_said: frozenset[str]
    verdict: str
    verdict_said: str
    violation_ok: bool
    stop: str
    seconds: float

    @property
    def walk_clean(self) -> bool:
        wrong = (self.missing_hops, self.extra_hops, self.missed, self.false, self.wrong_time)
        return not any(wrong) and self.inferred_ok

    @property
    def clean(self) -> bool:
        right = self.dark == self.dark_said and self.verdict == self.verdict_said
        return self.walk_clean and right and self.violation_ok


def measure(story: str, seed: int, folder: Path) -> Score:
    """Set the story up, walk it with the command itself (its report left out), and compare."""
    with World() as world:
        truth = ALL[story](world, random.Random(f"{story}{seed}"))  # noqa: S311
        identity = folder / "identity.json"
        identity.write_text(json.dumps(truth.identity, ensure_ascii=False), encoding="utf-8")
        parser = argparse.ArgumentParser()
        add_walk_parser(parser.add_subparsers(dest="verb"))
        rules = "MAP *.test 127.0.0.1"
        call = ["walk", truth.start, "--identity", str(identity), "--allow", "*.test"]
        call += ["--resolver-rules", rules, "--minutes", "4", "--no-report"]
        call += ["-o", str(folder / "out")]
        began = time.time()
        with _quiet(folder / "said.txt"):
            run_walk(parser.parse_args(call))
        seconds = time.time() - began
        (folder / "truth.json").write_text(
            json.dumps(truth_of(world, truth), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        findings = json.loads((folder / "out" / "findings.json").read_text(encoding="utf-8"))
        return _score(story, seed, world=world, truth=truth, findings=findings, seconds=seconds)


def truth_of(world: World, truth: Truth) -> dict[str, Any]:
    """What happened by the servers' own log, in the shape of `findings.json`."""
    got = received(world, truth)
    early = truth.violation or any(got.values())
    dark = dark_of(truth, got)
    return {
        "hops": [{"from_host": one, "to_host": two} for one, two in sorted(truth.hops)],
        "egress": [
            {"recipient_host": host, "field": name, "before_consent": before, "inferred": False}
            for (host, name), before in sorted(got.items())
        ]
        + [
            {"recipient_host": host, "field": name, "before_consent": False, "inferred": True}
            for host, name in sorted(truth.inferred)
        ],
        "dark_patterns": sorted(dark),
        "violation": early or bool(dark),
        "verdict": "fail" if early or dark else "pass",
        "variety": truth.variety,
    }


def dark_of(truth: Truth, got: dict[Pair, bool]) -> set[str]:
    """The story's own patterns, and the one of whoever got data by a consent that names nobody."""
    late = {host for (host, _), before in got.items() if not before}
    late |= {host for host, _ in truth.inferred}
    return {*truth.dark, *({"recipient_not_named"} if late - truth.named else ())}


def _may_be_told(truth: Truth, got: dict[Pair, bool]) -> set[str]:
    """Early recipients are unnamed too; two recipients of one press are a bundle."""
    others = {host for host, _ in got} - truth.named
    return {
        *({"recipient_not_named"} if others else ()),
        *({"bundled_consent"} if len({host for host, _ in got}) > 1 else ()),
    }


@contextlib.contextmanager
def _quiet(path: Path) -> Iterator[None]:
    with path.open("w", encoding="utf-8") as kept, contextlib.redirect_stdout(kept):
        yield


def _score(
    story: str, seed: int, *, world: World, truth: Truth, findings: dict, seconds: float
) -> Score:
    got = received(world, truth)
    rows = [row for row in findings["egress"] if not row["first_party"] and not row["inferred"]]
    said = {(row["recipient_host"], row["field"]): row["before_consent"] for row in rows}
    inferred = {(r["recipient_host"], r["field"]) for r in findings["egress"] if r["inferred"]}
    hops = {(h["from_host"], h["to_host"]) for h in findings["hops"] if h["kind"] != "data"}
    sent = {name for name, leak in truth.leaks.items() if (leak.host, leak.field) in got}
    whole = truth_of(world, truth)
    return Score(
        story=story,
        seed=seed,
        variety=truth.variety,
        hops=len(truth.hops),
        missing_hops=truth.hops - hops,
        extra_hops=hops - truth.hops - truth.also - _frame_hops(truth),
        got=got,
        missed=set(got) - set(said),
        false=set(said) - set(got),
        wrong_time={key for key in got if key in said and got[key] != said[key]},
        inferred_ok=inferred == truth.inferred,
        unsent=set(truth.leaks) - sent,
        dark=frozenset(whole["dark_patterns"]),
        dark_said=frozenset(findings["dark_patterns"])
        - (_may_be_told(truth, got) - set(whole["dark_patterns"])),
        verdict=str(whole["verdict"]),
        verdict_said=str(findings["verdict"]),
        violation_ok=findings["violation"] == whole["violation"],
        stop=findings["stop"]["code"],
        seconds=seconds,
    )


def _frame_hops(truth: Truth) -> set[Pair]:
    start = truth.start.partition("://")[2].partition(":")[0]
    return {(start, each.host) for each in truth.leaks.values() if each.channel == "frame"}


HEAD = "seed   story                                   hops  egress said right dark  verdict"


def row_of(score: Score) -> str:
    """One line of the table; what is wrong stands at its end."""
    found, all_hops = score.hops - len(score.missing_hops), score.hops
    egress = f"{len(score.got) - len(score.missed)}/{len(score.got)}"
    said = len(score.got) - len(score.missed) + len(score.false)
    right = len(score.got) - len(score.missed) - len(score.wrong_time)
    dark = f"{len(score.dark & score.dark_said)}/{len(score.dark)}"
    dark += f" +{len(score.dark_said - score.dark)}"
    name = score.story if ":" in score.story else f"{score.story} {score.variety}".strip()
    mark = "  " if score.clean else "! "
    row = f"{score.seed:4} {mark} {name:40}{found}/{all_hops} {egress:>6} {said:>5} {right:>5}"
    row += f" {dark:7} {score.verdict_said:10} {score.stop:9}{score.seconds:5.1f}s"
    return "  ".join([row, *_faults(score)])


def _faults(score: Score) -> Iterator[str]:
    for name in ("missing_hops", "extra_hops", "missed", "false", "wrong_time", "unsent"):
        if getattr(score, name):
            yield f"{name}={sorted(getattr(score, name))}"
    if score.dark - score.dark_said:
        yield f"dark missed={sorted(score.dark - score.dark_said)}"
    if score.dark_said - score.dark:
        yield f"dark false={sorted(score.dark_said - score.dark)}"
    if score.verdict != score.verdict_said:
        yield f"verdict should be {score.verdict}"
    if not score.inferred_ok:
        yield "inferred wrong"


def summary(scores: list[Score]) -> str:
    """All walks in one line."""
    got = sum(len(each.got) for each in scores)
    found = got - sum(len(each.missed) for each in scores)
    false = sum(len(each.false) for each in scores)
    late = sum(len(each.wrong_time) for each in scores)
    hops = sum(each.hops for each in scores)
    missing = sum(len(each.missing_hops) for each in scores)
    dark = sum(len(each.dark) for each in scores)
    told = sum(len(each.dark & each.dark_said) for each in scores)
    extra = sum(len(each.dark_said - each.dark) for each in scores)
    right = sum(each.verdict == each.verdict_said for each in scores)
    times = sorted(each.seconds for each in scores)
    return (
        f"{len(scores)} walks, {sum(each.clean for each in scores)} without fault: "
        f"hops {hops - missing}/{hops}, extra {sum(len(each.extra_hops) for each in scores)}; "
        f"egress recall {found}/{got}, false {false}, before/after right {found - late}/{found}; "
        f"dark patterns {told}/{dark}, false {extra}; verdicts {right}/{len(scores)}; "
        f"seconds median {times[len(times) // 2]:.1f}, most {times[-1]:.1f}"
    )


def seeds_of(text: str) -> list[int]:
    """1,2,5-7 as numbers."""
    seeds: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    return seeds


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stories", default="all")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--spread", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    stories, seeds = named(args.stories), seeds_of(args.seeds)
    walks = [(story, seed) for seed in seeds for story in stories]
    if args.spread:
        most = max(len(stories), len(seeds))
        walks = [(stories[n % len(stories)], seeds[n % len(seeds)]) for n in range(most)]
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
    scores = []
    _tell(HEAD)
    for score, folder in _walked(walks, args.keep, args.jobs):
        scores.append(score)
        _tell(row_of(score) + (f"  {folder}" if args.keep and not score.clean else ""))
    _tell(summary(scores))
    return 0 if all(each.clean for each in scores) else 1


def _walked(
    walks: list[tuple[str, int]], keep: Path | None, jobs: int
) -> Iterator[tuple[Score, Path]]:
    if jobs == 1:
        yield from (_walk(each, keep) for each in walks)
        return
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_walk, walks, [keep] * len(walks))


def _walk(walk: tuple[str, int], keep: Path | None) -> tuple[Score, Path]:
    story, seed = walk
    folder = Path(tempfile.mkdtemp(prefix=f"{story.replace(' ', '-')}-", dir=keep))
    return measure(story, seed, folder), folder


def _tell(line: str) -> None:
    sys.stdout.write(line + os.linesep)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
