"""Overlap under hidden traits: how strong a trait would have to be for the overlap to be chance.

For a suspect, given the other suspects, take people that no other suspect held.  Were the suspect
innocent, each listed one of them would be held by it with at most the odds of its stratum times
Γ, Γ being how strongly an unseen trait may favour its borrowers.  Γ* is where the p-value, bounded
by Chernoff, passes the error budget.  No Γ is known in the world, so this ranks and never accuses.
Source: Rosenbaum 2002, sensitivity analysis; docs/trace.md#overlap.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csc_matrix

from mingdai.trace.words import Case, Flags, Floats, Ints, People

MOST_GAMMA = 1e6
_MOST_T = 40.0


@dataclass(frozen=True, slots=True)
class Holders:
    """Who held whom, recipients × people, quick by recipient; for the listed and for the sample."""

    listed: csc_matrix
    sample: csc_matrix


def holders_of(case: Case) -> Holders:
    """Copies as two 0/1 matrices."""
    return Holders(_matrix(case.listed, case), _matrix(case.sample, case))


def gamma_star(case: Case, holders: Holders, suspect: int, others: Ints, budget: float) -> float:
    """The Γ at which `suspect`'s exclusive overlap stops being surprising; below 1 it never was."""
    tables = _tables(case, holders, suspect, others)
    if tables[0].sum() < 1 or _p_value(tables, 1e-3) > budget:
        return 0.0
    low, high = math.log(1e-3), math.log(MOST_GAMMA)
    if _p_value(tables, MOST_GAMMA) <= budget:
        return MOST_GAMMA
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if _p_value(tables, math.exp(middle)) <= budget else (low, middle)
        )
    return math.exp(low)


def _matrix(people: People, case: Case) -> csc_matrix:
    copies = people.copies
    shape = (len(people.weight), len(case.partners))
    return csc_matrix((np.ones(len(copies.person)), (copies.person, copies.partner)), shape=shape)


def _column(matrix: csc_matrix, partner: int) -> Ints:
    return np.asarray(matrix.indices[matrix.indptr[partner] : matrix.indptr[partner + 1]])


def _free_of(matrix: csc_matrix, others: Ints) -> Flags:
    free = np.ones(matrix.shape[0], dtype=bool)
    for other in others:
        free[_column(matrix, int(other))] = False
    return free


def _tables(
    case: Case, holders: Holders, suspect: int, others: Ints
) -> tuple[Floats, Floats, Floats]:
    """By stratum: listed and held, listed at all, odds of being held in the population."""
    seen, listed = _count(case.listed, holders.listed, suspect, others)
    held, people = _count(case.sample, holders.sample, suspect, others)
    size = max(len(seen), len(held))
    seen, listed, held, people = (
        np.pad(each, (0, size - len(each))) for each in (seen, listed, held, people)
    )
    held, people = np.maximum(held, seen), np.maximum(people, listed)
    odds = (held + 0.5) / np.maximum(people - held, 0.5)
    return seen, listed, odds


def _count(people: People, matrix: csc_matrix, suspect: int, others: Ints) -> tuple[Floats, Floats]:
    free = _free_of(matrix, others)
    mine = _column(matrix, suspect)
    mine = mine[free[mine]]
    size = int(people.stratum.max(initial=0)) + 1
    return (
        np.bincount(people.stratum[mine], people.weight[mine], minlength=size).astype(np.float64),
        np.bincount(people.stratum, people.weight * free, minlength=size).astype(np.float64),
    )


def _p_value(tables: tuple[Floats, Floats, Floats], gamma: float) -> float:
    seen, listed, odds = tables
    chance = gamma * odds / (1 + gamma * odds)
    total = float(seen.sum())
    if total <= float(listed @ chance):
        return 1.0

    def exponent(t: float) -> float:
        return float(listed @ np.log1p(chance * np.expm1(t))) - t * total

    found = minimize_scalar(exponent, bounds=(0.0, _MOST_T), method="bounded")
    return math.exp(min(0.0, float(found.fun)))
