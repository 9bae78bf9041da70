"""Judge one found list: rank by everything, accuse by design alone.

A recipient is named only where a test whose null is known by design (random draws, exclusive
decoys) passes FAMILY_ERROR shared over all recipients and all designs of the world.  Overlap,
versions and time move the rank and the probability, never the accusation.
Not promised: that the named recipient meant to leak, or that nobody else did; our own database and
staff and the borrowers' devices held the same people.
"""

from __future__ import annotations

import math

import numpy as np

from mingdai.trace.accounting import inputs_of
from mingdai.trace.calibrating import Calibration, probability, score
from mingdai.trace.signals.decoys import chance_of_hits
from mingdai.trace.weighing import Weights, weigh
from mingdai.trace.words import Attribution, Case, Evidence, Floats

FAMILY_ERROR = 1e-3
"""Chance, for one list, that any innocent recipient is named."""

DECOY_SHARE = 0.5
INNOCENT_ODDS = 10.0
"""Odds against a recipient, before its design speaks, that an accusation has to overcome."""

_MOST = 0.999
SHOWN = 10
SUSPECT = 0.05
"""Probability from which the evidence on a recipient, and its look-alikes, are shown."""

WORTH_A_LOOK = 0.2
"""Probability from which a list is worth investigating; below, nothing points at us."""


def attribute(case: Case, calibration: Calibration) -> Attribution:
    """The judged list; a case in which nobody held a listed person names nobody."""
    weights = weigh(case, budget_of(case))
    errors = error_of(case, weights)
    chance, order = conclude(weights.table, errors, case.held, calibration)
    names, accused = case.partners, np.flatnonzero(errors <= FAMILY_ERROR)
    suspects = {each for each in order if chance[each] >= SUSPECT} | set(accused.tolist())
    return Attribution(
        prob={names[each]: float(chance[each]) for each in range(len(names))},
        rank=tuple(names[each] for each in order),
        accuse=tuple(names[each] for each in order if each in set(accused.tolist())),
        groups=_groups(weights, names, suspects),
        evidence=_evidence(case, weights, order[:SHOWN], suspects),
        gamma_star=float(weights.gamma[order[0]]) if order else 0.0,
        conclusion=_conclude(weights, chance, bool(len(accused))),
        inputs=inputs_of(case, weights, shares_of(case, weights)),
    )


def budget_of(case: Case) -> float:
    """The p-value that one recipient has to pass if all share the error evenly."""
    return FAMILY_ERROR / max(1, int((case.held > 0).sum()))


def conclude(
    table: Floats, errors: Floats, held: Floats, calibration: Calibration
) -> tuple[Floats, list[int]]:
    """Probabilities and the order of suspicion; whom a design names comes first."""
    scores = score(table, calibration)
    named = errors <= FAMILY_ERROR
    chance = np.where(held > 0, probability(scores, calibration), 0.0)
    chance = np.where(named, np.maximum(chance, least_chance(errors)), chance)
    order = sorted(range(len(held)), key=lambda each: (not named[each], -scores[each], each))
    return chance, order


def error_of(case: Case, weights: Weights) -> Floats:
    """For each recipient, the family-wise error at which the designs together would name it.

    Decoys and draws take half of the budget each, or one of them all of it, by what the world
    has; draws share theirs by the stakes, decoys evenly.
    """
    shares = shares_of(case, weights)
    by_draws = weights.draws.p_value / np.maximum(shares["draws"], 1e-12)
    by_decoys = weights.decoy_p / np.maximum(shares["decoys"], 1e-12)
    return np.where(case.held > 0, np.minimum(1.0, np.minimum(by_draws, by_decoys)), 1.0)


def shares_of(case: Case, weights: Weights) -> dict[str, Floats]:
    """Each recipient's part of the error budget, by design; all parts add up to one at most."""
    decoys = 0.0 if not case.has_decoys else DECOY_SHARE if case.has_draws else 1.0
    even = np.where(case.held > 0, decoys / max(1, int((case.held > 0).sum())), 0.0)
    return {"draws": weights.stake * (1 - decoys), "decoys": even}


def least_chance(errors: Floats) -> Floats:
    """Probability by Bayes' rule where a design names: no fitted table may say less."""
    return np.clip(1 - INNOCENT_ODDS * errors, 0.0, _MOST)


def _conclude(weights: Weights, chance: Floats, named: bool) -> str:
    if named:
        return "named"
    open_ = chance.max(initial=0.0) >= WORTH_A_LOOK or weights.gamma.max(initial=0.0) > 1
    return "investigate" if open_ else "none"


def _groups(
    weights: Weights, names: tuple[str, ...], suspects: set[int]
) -> tuple[tuple[str, ...], ...]:
    """Look-alikes of anybody under suspicion: overlap cannot tell which of them it was."""
    return tuple(
        tuple(names[each] for each in group) for group in weights.groups if suspects & set(group)
    )


def _evidence(
    case: Case, weights: Weights, top: list[int], suspects: set[int]
) -> tuple[Evidence, ...]:
    shown = [each for each in top if each in suspects or weights.gain[each] > 1]
    shown += sorted(suspects - set(shown))
    rows: list[Evidence] = []
    for each in shown:
        rows += [*_draws(case, weights, each), *_decoys(case, weights, each)]
        rows += _overlap(case, weights, each)
    return tuple(rows)


def _draws(case: Case, weights: Weights, each: int) -> list[Evidence]:
    test = weights.draws
    if not case.has_draws or test.drawn[each] == 0:
        return []
    detail: dict[str, float | int | str] = {
        "listed_and_drawn": int(test.drawn[each]),
        "weighted": float(test.seen[each]),
        "expected_if_innocent": float(test.expected[each]),
    }
    return [_by_design("draws", case.partners[each], float(test.p_value[each]), detail)]


def _decoys(case: Case, weights: Weights, each: int) -> list[Evidence]:
    hits = sum(int(trial.hits[each]) for trial in case.decoys)
    if not hits:
        return []
    best = min(case.decoys, key=lambda t: float(chance_of_hits(t.hits, t.chance)[each]))
    kind = "variants" if best.kind == "variants" else "decoys"
    detail: dict[str, float | int | str] = {
        "hits": hits,
        "expected_by_guessing": float(sum(trial.chance[each] for trial in case.decoys)),
    }
    return [_by_design(kind, case.partners[each], float(weights.decoy_p[each]), detail)]


def _by_design(
    kind: str, partner: str, p_value: float, detail: dict[str, float | int | str]
) -> Evidence:
    return Evidence(kind, partner, p_value, -math.log2(max(p_value, 1e-300)), True, detail)


def _overlap(case: Case, weights: Weights, each: int) -> list[Evidence]:
    if weights.gain[each] <= 0:
        return []
    held = case.listed.copies.partner == each
    detail: dict[str, float | int | str] = {
        "listed_and_held": int(held.sum()),
        "held": int(case.held[each]),
        "gamma_star": float(weights.gamma[each]),
        "log_guilt": float(weights.guilt[each]),
    }
    bits = float(weights.gain[each]) / math.log(2)
    return [Evidence("overlap", case.partners[each], None, bits, False, detail)]
