"""One real walk through a page with a box, a code, every widget; and one through hidden ways."""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path

from mingdai.audit.visiting import parse_visit
from mingdai.audit.visits import Visit
from mingdai.cli.audit_walk import add_walk_parser, run_walk
from tests.audit.world.certifying import tls_for
from tests.audit.world.every import ALL
from tests.audit.world.serving import World
from tests.audit.world.stories import Truth, received


@dataclass(frozen=True)
class Walked:
    folder: Path
    visit: Visit
    findings: dict
    truth: Truth
    got: dict
    code: int

    def said(self, kind: str) -> list[str]:
        return [step.said for step in self.visit.steps if step.kind == kind]


def walk_story(story: str, folder: Path, *more: str, seed: int = 2, secure: bool = False) -> Walked:
    with World(tls_for(["*.test", *_names()], folder) if secure else None) as world:
        truth = ALL[story](world, random.Random(f"{story}{seed}"))  # noqa: S311
        return walk_truth(world, truth, folder, *more)


def walk_truth(world: World, truth: Truth, folder: Path, *more: str) -> Walked:
    """Walk a story that is set up already, by the command itself."""
    identity = folder / "identity.json"
    identity.write_text(json.dumps(truth.identity), encoding="utf-8")
    parser = argparse.ArgumentParser()
    add_walk_parser(parser.add_subparsers(dest="verb"))
    call = ["walk", truth.start, "--identity", str(identity), "--minutes", "1.5"]
    code = run_walk(parser.parse_args([*call, "-o", str(folder / "out"), *more]))
    out = folder / "out"
    visit = parse_visit(json.loads((out / "visit.json").read_text(encoding="utf-8")))
    findings = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    return Walked(out, visit, findings, truth, received(world, truth), code)


def _names() -> list[str]:
    return [f"*.{word}.test" for word in ("one", "two")]
