"""Judge many made-up lists: one row for each list and recipient."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from mingdai.trace.weighing import Weights, weigh
from mingdai.trace.words import Case
from tests.trace.worlds import (
    Leaked,
    World,
    as_case,
    leak,
    make_world,
    sample_leaking,
    sample_shape,
)

LISTS_A_WORLD = 4
FAMILY_ERROR = 1e-3


@dataclass(frozen=True)
class Judged:
    """One list with its truth."""

    seed: int
    case: Case
    leaked: Leaked
    weights: Weights
    about: dict[str, Any]

    @property
    def guilty(self) -> np.ndarray:
        """One for each recipient that leaked."""
        truth = np.zeros(len(self.case.partners))
        truth[self.leaked.guilty] = 1
        return truth


def judged_lists(seed: int) -> list[Judged]:
    """One world and its lists."""
    rng = np.random.default_rng([seed, 7])
    shape = sample_shape(rng)
    world: World = make_world(shape, seed)
    answers = []
    for _ in range(LISTS_A_WORLD):
        leaked = leak(world, sample_leaking(rng, world))
        certainty = float(rng.choice([1.0, 1.0, 1.0, 0.5]))
        case = as_case(world, leaked, match=certainty)
        weights = weigh(case, FAMILY_ERROR / len(case.partners))
        about = {**asdict(shape), **asdict(leaked.leaking), "match": certainty}
        answers.append(Judged(seed, case, leaked, weights, about))
    return answers


def rows_of(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Figures, truth and the number of rows leaked, for all lists of one world."""
    lists = judged_lists(seed)
    leaked = [
        np.array([each.leaked.rows_of.get(one, 0) for one in range(len(each.case.partners))])
        for each in lists
    ]
    return (
        np.concatenate([each.weights.table for each in lists]),
        np.concatenate([each.guilty for each in lists]),
        np.concatenate(leaked),
    )


def gather(seeds: range, workers: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Figures, truth, leaked rows and seed of many worlds; standard error tells how far it is."""
    parts = []
    with ProcessPoolExecutor(workers) as pool:
        for done, part in enumerate(pool.map(rows_of, seeds)):
            parts.append((*part, np.full(len(part[1]), seeds[done])))
            if done % 20 == 0:
                sys.stderr.write(f"{done}/{len(seeds)} worlds\n")
    return tuple(np.concatenate(each) for each in zip(*parts, strict=True))  # type: ignore[return-value]
