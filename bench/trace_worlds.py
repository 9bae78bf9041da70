"""Judge many made-up lists: figures, errors and truth of every list and recipient.

Set OPENBLAS_NUM_THREADS=1: the fits are small, and threads that wait for each other cost more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from mingdai.trace.attributing import budget_of, error_of
from mingdai.trace.signals.guilt import weigh_guilt
from mingdai.trace.weighing import weigh
from mingdai.trace.words import Case
from tests.trace.worlds import (
    Leaked,
    Leaking,
    Shape,
    World,
    as_case,
    leak,
    make_world,
    sample_leaking,
    sample_shape,
)

LISTS_A_WORLD = 8
ROUTED: dict[str, Any] = {
    "partners": 50, "holders": 2.0, "popular": 0.3, "routing": 0.2, "decoys": 0, "employees": 0,
}  # fmt: skip
WIDE: dict[str, Any] = {"people": 60_000, "trait": 2.0, "place": 1.5, "popular": 0.6}
BACKGROUNDS = (0.5, 0.9, 0.99)
"""The published formula's chance that a list got a person without us."""


@dataclass(frozen=True)
class Outcome:
    """One list: what was found out beside what is true; arrays are by recipient."""

    seed: int
    about: dict[str, Any]
    truth: np.ndarray
    rows: np.ndarray
    """How many people each recipient leaked into the list."""
    lots: np.ndarray
    """Of those, how many had been drawn for it."""
    bait: np.ndarray
    """Of its exclusive decoys, how many are in the list."""
    held: np.ndarray
    table: np.ndarray
    errors: np.ndarray
    guilt: np.ndarray
    """-log(1 - guilt) of the published formula for each of BACKGROUNDS."""
    groups: tuple[tuple[int, ...], ...]
    listed: int


def outcomes_of(seed: int) -> list[Outcome]:
    """One world of any kind and its lists."""
    rng = np.random.default_rng([seed, 7])
    return lists_of(seed, sample_shape(rng), rng)


def routed_outcomes_of(seed: int) -> list[Outcome]:
    """One world of fifty recipients, each borrower with two and one in five with a drawn third."""
    rng = np.random.default_rng([seed, 7])
    shape = replace(sample_shape(rng), **ROUTED)
    return lists_of(seed, shape, rng)


def wide_outcomes_of(seed: int) -> list[Outcome]:
    """One large world of strong traits, and lists of strangers who prefer them more and more."""
    rng = np.random.default_rng([seed, 7])
    shape = replace(
        sample_shape(rng),
        **WIDE,
        partners=int(rng.choice([40, 60])),
        holders=float(rng.uniform(1.8, 3)),
        routing=float(rng.choice([0.0, 0.2])),
    )
    return lists_of(seed, shape, rng, _widen)


def _widen(rng: np.random.Generator, leaking: Leaking) -> Leaking:
    colluders = 0 if rng.random() < 0.5 else max(1, leaking.colluders)
    outside = 5 * leaking.outside or (int(10 ** rng.uniform(2, 4.6)) if not colluders else 0)
    return replace(
        leaking, colluders=colluders, outside=outside, gamma=float(rng.choice([0, 1, 2, 3]))
    )


def _as_drawn(_: np.random.Generator, leaking: Leaking) -> Leaking:
    return leaking


def lists_of(
    seed: int,
    shape: Shape,
    rng: np.random.Generator,
    change: Callable[[np.random.Generator, Leaking], Leaking] = _as_drawn,
) -> list[Outcome]:
    """Make the world and judge its lists."""
    world = make_world(shape, seed)
    answers = []
    for _ in range(LISTS_A_WORLD):
        leaked = leak(world, change(rng, sample_leaking(rng, world)))
        blur = float(rng.choice([0.0, 0.0, 0.0, 0.2, 1.0]))
        case = as_case(world, leaked, blur=blur)
        about = {**asdict(shape), **asdict(leaked.leaking), "blur": blur}
        answers.append(outcome_of(seed, case, (world, leaked), about))
    return answers


def outcome_of(seed: int, case: Case, made: tuple[World, Leaked], about: dict[str, Any]) -> Outcome:
    """One judged list beside its truth."""
    (world, leaked), size = made, len(case.partners)
    weights = weigh(case, budget_of(case))
    truth, rows, lots, bait = np.zeros((4, size))
    truth[leaked.guilty] = 1
    for each, count in leaked.rows_of.items():
        rows[each] = count
        own = world.drawn & (world.partner == each)
        lots[each] = np.isin(world.person[own], leaked.listed).sum()
    for trial in case.decoys:
        bait += trial.hits
    guilt = np.stack([weigh_guilt(case, p) for p in BACKGROUNDS])
    return Outcome(
        seed, about, truth, rows, lots, bait, case.held, weights.table, error_of(case, weights),
        guilt, weights.groups, len(case.listed.weight),
    )  # fmt: skip


def gather(
    seeds: Iterable[int], workers: int = 1, of: Callable[[int], list[Outcome]] = outcomes_of
) -> list[Outcome]:
    """The lists of many worlds; standard error tells how far it is."""
    every = list(seeds)
    answers: list[Outcome] = []
    with ProcessPoolExecutor(workers) as pool:
        for done, part in enumerate(pool.map(of, every)):
            answers += part
            if done % 20 == 0:
                sys.stderr.write(f"{done}/{len(every)} worlds\n")
    return answers
