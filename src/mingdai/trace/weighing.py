"""Turn a case into figures for each recipient: what calibration reads and reports show.

Every figure is a count, a rate or a logarithm, so a reader can recompute it.  Nothing here decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mingdai.trace.grouping import group_alike
from mingdai.trace.signals.decoys import weigh_decoys
from mingdai.trace.signals.draws import DrawTest, weigh_draws
from mingdai.trace.signals.guilt import weigh_guilt
from mingdai.trace.signals.leaking import (
    Leak,
    Model,
    fit_leak,
    gain_of,
    heat_of,
    model_of,
)
from mingdai.trace.signals.overlap import gamma_star, holders_of
from mingdai.trace.words import Case, Copies, Flags, Floats

CANDIDATES = 16
"""Recipients looked at closely in one list; the others explain nothing of it."""

FIGURES = (
    "draw_bits", "draw_balance", "decoy_bits", "gain", "alone", "outlier", "intensity",
    "explained", "gamma", "background", "listed", "known", "lead", "random", "alike",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """All that is known of one list, by recipient."""

    draws: DrawTest
    stake: Floats
    """For each recipient, its part of the error budget; fixed without looking at any draw."""
    decoy_p: Floats
    leak: Leak
    gain: Floats
    """Nats lost without this recipient (or without its look-alikes too)."""
    guilt: Floats
    gamma: Floats
    groups: tuple[tuple[int, ...], ...]
    table: Floats
    """Recipients × `FIGURES`."""


def weigh(case: Case, budget: float) -> Weights:
    """Every signal on one case; `budget` is the p-value that a sensitivity has to pass."""
    model = model_of(case)
    leak = fit_leak(model, np.flatnonzero(case.held > 0))
    groups = group_alike(case)
    draws, stake = _sharp_draws(case, leak)
    decoy_p = weigh_decoys(case)
    guilt = weigh_guilt(case)
    gain, alone = _gains(len(case.partners), model, leak, groups, guilt)
    gamma = _gammas(case, gain, groups, budget)
    weights = Weights(draws, stake, decoy_p, leak, gain, guilt, gamma, groups, np.zeros((0, 0)))
    return replace(weights, table=_table(case, model, weights, alone))


def _sharp_draws(case: Case, leak: Leak) -> tuple[DrawTest, Floats]:
    """The draw test, weighted by a leak model that never saw a draw, and the stakes.

    Half of the budget is shared evenly by all who chose to hold a listed person, half by what
    chosen copies explain of the list: weighted Bonferroni, valid because the shares do not depend
    on a draw (Genovese, Roeder, Wasserman 2006).
    """
    holders = _holders(case)
    even = holders / max(1, int(holders.sum()))
    if len(case.draws.person) == 0:
        return weigh_draws(case), even
    blind = replace(case.listed, copies=_chosen(case.listed.copies))
    held = np.maximum(case.held - case.drawn, 0.0)
    natural = model_of(replace(case, listed=blind, held=held))
    fitted = fit_leak(natural, np.flatnonzero(held > 0))
    listing = -np.expm1(-heat_of(natural, fitted))[case.draws.person]
    explained = _explained(natural, fitted)
    stake = even if explained.sum() <= 0 else (even + explained / explained.sum()) / 2
    share = np.maximum(-np.expm1(-fitted.rate), float(np.median(listing)))
    return weigh_draws(case, listing, share), stake


def _holders(case: Case) -> Flags:
    """Recipients that chose to hold a listed person; all, where no listed person has one."""
    copies = case.listed.copies
    some = np.bincount(copies.partner[copies.chosen], minlength=len(case.partners)) > 0
    return some if some.any() else case.held > 0


def _chosen(copies: Copies) -> Copies:
    """The copies that no draw made."""
    kept = copies.chosen
    return Copies(copies.person[kept], copies.partner[kept], copies.fit[kept], copies.chosen[kept])


def _gains(
    size: int, model: Model, leak: Leak, groups: tuple[tuple[int, ...], ...], guilt: Floats
) -> tuple[Floats, Floats]:
    """Nats lost without a recipient's group, and nats won by it alone over the background."""
    gain, alone = np.zeros(size), np.zeros(size)
    blank = fit_leak(model, np.zeros(0, dtype=np.int64))
    mates = {each: np.array(group) for group in groups for each in group}
    explained = _explained(model, leak)
    first = np.argsort(-(explained + 1e-6 * guilt))[:CANDIDATES]
    done: dict[tuple[int, ...], float] = {}
    for each in first[leak.rate[first] > 0]:
        group = mates.get(int(each), np.array([each]))
        key = tuple(int(one) for one in group)
        if key not in done:
            done[key] = gain_of(model, leak, group)
        gain[group] = done[key]
        alone[each] = fit_leak(model, np.array([each])).log_likelihood - blank.log_likelihood
    return gain, alone


def _explained(model: Model, leak: Leak) -> Floats:
    """Listed people that each recipient's copies account for."""
    pull = model.weight / heat_of(model, leak)
    return np.asarray(model.copies.T @ pull) * leak.rate


def _gammas(case: Case, gain: Floats, groups: tuple[tuple[int, ...], ...], budget: float) -> Floats:
    gamma = np.zeros(len(gain))
    holders = holders_of(case)
    suspects = np.argsort(-gain)[:CANDIDATES]
    suspects = suspects[gain[suspects] > np.log(len(gain)) + 2]
    mates = {each: set(group) for group in groups for each in group}
    for each in suspects:
        own = mates.get(int(each), {int(each)})
        others = np.array([one for one in suspects[:8] if int(one) not in own], dtype=np.int64)
        gamma[each] = gamma_star(case, holders, int(each), others, budget)
    return gamma


def _table(case: Case, model: Model, weights: Weights, alone: Floats) -> Floats:
    size = len(case.partners)
    listed = max(1.0, float(model.weight.sum()))
    explained = _explained(model, weights.leak)
    blame = float(explained.sum()) / listed
    background = float(weights.leak.background @ model.quiet) / max(1.0, float(model.quiet.sum()))
    best = max(1e-9, float(weights.gain.max(initial=0.0)))
    alike = np.zeros(size)
    for group in weights.groups:
        alike[list(group)] = 1.0
    ones = np.ones(size)
    columns = {
        "draw_bits": np.log2(weights.stake + 1e-6)
        - np.log2(np.maximum(weights.draws.p_value, 2.0**-60)),
        "draw_balance": _balance(case, weights),
        "decoy_bits": -np.log2(np.maximum(weights.decoy_p, 2.0**-60)),
        "gain": np.log1p(weights.gain),
        "alone": np.log1p(np.maximum(alone, 0.0)),
        "outlier": _outlier(case, model, weights),
        "intensity": np.log((weights.leak.rate + 1e-7) / (background + 1e-7)),
        "explained": explained / listed,
        "gamma": np.log(np.maximum(weights.gamma, 1e-3)),
        "background": (1 - blame) * ones,
        "listed": np.log10(listed) * ones,
        "known": case.matched / max(1, case.rows) * ones,
        "lead": weights.gain / best,
        "random": float(case.has_draws) * ones,
        "alike": alike,
    }
    return np.column_stack([columns[name] for name in FIGURES])


def _balance(case: Case, weights: Weights) -> Floats:
    """Log Bayes factor of the draw count: leaked at the fitted rate against innocent."""
    chance = weights.draws.expected
    leaked = -np.expm1(-weights.leak.rate) * case.drawn
    seen = weights.draws.seen
    certain = np.maximum(chance, 1e-3)
    return np.clip(seen * np.log((certain + leaked) / certain) - leaked, -30.0, 30.0)


def _outlier(case: Case, model: Model, weights: Weights) -> Floats:
    """How far a recipient stands out from the spread of the others' unexplained enrichment.

    Hidden traits move every recipient's share of an outside list a little; a leak moves one a lot.
    The spread over recipients is the empirical null (Efron 2004).
    """
    heat = heat_of(model, weights.leak)
    suspects = np.flatnonzero(weights.gain > np.log(len(case.partners)) + 2)
    blamed = np.asarray(model.copies[:, suspects] @ weights.leak.rate[suspects]) / heat
    rest = model.weight * np.clip(1 - blamed, 0, 1)
    seen = np.asarray(model.copies.T @ rest)
    for each in suspects:
        own = np.asarray(model.copies[:, [each]].toarray()).ravel()
        seen[each] += float((model.weight * own * weights.leak.rate[each] / heat).sum())
    expected = _expected(case, rest)
    away = np.log((seen + 0.5) / (expected + 0.5))
    calm = np.setdiff1d(np.arange(len(away)), suspects)
    middle = float(np.median(away[calm])) if len(calm) else 0.0
    wide = 1.4826 * float(np.median(np.abs(away[calm] - middle))) if len(calm) else 0.0
    noise = 1 / (seen + 0.5) + 1 / (expected + 0.5)
    return np.clip((away - middle) / np.sqrt(wide**2 + noise), -10, 30)


def _expected(case: Case, rest: Floats) -> Floats:
    """Each recipient's share of the unexplained people if only the stratum mattered."""
    sample, size = case.sample, len(case.partners)
    strata = int(max(sample.stratum.max(initial=0), case.listed.stratum.max(initial=0))) + 1
    people = np.bincount(sample.stratum, sample.weight, minlength=strata)
    present = np.bincount(case.listed.stratum, rest, minlength=strata)
    chance = (present / np.maximum(people, 1.0))[sample.stratum] * sample.weight
    drawn_up = np.bincount(sample.copies.partner, chance[sample.copies.person], minlength=size)
    return drawn_up.astype(np.float64)
