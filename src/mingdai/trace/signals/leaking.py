"""The leak model: who, together with a background, best explains which people are in the list.

P(person listed) = 1 - exp(-background of the person's stratum - sum over holders of rate·fit): each
recipient leaked a share 1 - exp(-rate) of its copies, and the background is everything that did
not come from us.  The logarithm of the likelihood is concave in the rates, so the fit is unique.
People who are not listed enter only through totals, so the cost follows the list, not the
population.
It ranks: a hidden trait shared by a recipient's borrowers can raise its rate without a leak.
Source: noisy-or; docs/trace.md#ranking.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from mingdai.trace.words import Case, Floats, Ints

_LEAST = 1e-12
_EVALUATIONS = 120


@dataclass(frozen=True, slots=True)
class Leak:
    """A fitted model: rates of recipients, background of strata, log likelihood in nats."""

    rate: Floats
    background: Floats
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class Model:
    """The data of one list in the shape the fit wants."""

    weight: Floats
    stratum: Ints
    copies: csr_matrix
    """Listed people × recipients, fits."""
    spared: Floats
    """For each recipient, its copies that are not in the list."""
    quiet: Floats
    """For each stratum, its people who are not in the list."""


def model_of(case: Case) -> Model:
    """Listed people against totals; each recipient and stratum spares at least half a person."""
    listed, copies = case.listed, case.listed.copies
    shape = (len(listed.weight), len(case.partners))
    matrix = csr_matrix((copies.fit, (copies.person, copies.partner)), shape=shape)
    seen = np.bincount(copies.partner, listed.weight[copies.person], minlength=shape[1])
    strata = int(max(listed.stratum.max(initial=0), case.sample.stratum.max(initial=0))) + 1
    people = np.bincount(case.sample.stratum, case.sample.weight, minlength=strata)
    present = np.bincount(listed.stratum, listed.weight, minlength=strata)
    return Model(
        listed.weight,
        listed.stratum,
        matrix,
        np.maximum(case.held - seen, 0.5),
        np.maximum(people - present, 0.5),
    )


def fit_leak(model: Model, allowed: Ints, start: Leak | None = None) -> Leak:
    """The best rates with only `allowed` recipients free; `start` makes a refit quick."""
    strata = len(model.quiet)
    linear = np.concatenate([model.quiet, model.spared[allowed]])
    scale = 1 / np.maximum(linear, 1.0)
    found = minimize(
        _objective(model, allowed, linear, scale),
        _first(model, allowed, start) / scale,
        jac=True,
        method="L-BFGS-B",
        bounds=[(_LEAST, None)] * strata + [(0.0, None)] * len(allowed),
        options={"maxiter": _EVALUATIONS, "maxfun": 2 * _EVALUATIONS, "ftol": 1e-8},
    )
    free = np.asarray(found.x) * scale
    rate = np.zeros(model.copies.shape[1])
    rate[allowed] = free[strata:]
    return Leak(rate, free[:strata], -float(found.fun))


def _objective(
    model: Model, allowed: Ints, linear: Floats, scale: Floats
) -> Callable[[Floats], tuple[float, Floats]]:
    """Minus the log likelihood and its slope, in units that make all rates alike."""
    part = model.copies[:, allowed]
    turned = part.T.tocsr()
    strata = len(model.quiet)

    def loss(scaled: Floats) -> tuple[float, Floats]:
        free = scaled * scale
        heat = np.maximum(free[:strata][model.stratum] + part @ free[strata:], _LEAST)
        value = float(linear @ free - model.weight @ np.log(-np.expm1(-heat)))
        pull = model.weight / np.expm1(np.minimum(heat, 50.0))
        slope = np.bincount(model.stratum, pull, minlength=strata)
        return value, (linear - np.concatenate([slope, turned @ pull])) * scale

    return loss


def _first(model: Model, allowed: Ints, start: Leak | None) -> Floats:
    """Where to begin: the last fit, or a tenth of the list for everybody."""
    if start is not None:
        return np.concatenate([start.background, start.rate[allowed]])
    present = np.bincount(model.stratum, model.weight, minlength=len(model.quiet))
    seen = np.asarray(model.copies[:, allowed].T @ model.weight)
    return np.concatenate(
        [
            (0.5 * present + 0.01) / (model.quiet + present),
            0.1 * (seen + 0.01) / (model.spared[allowed] + seen),
        ]
    )


def heat_of(model: Model, leak: Leak) -> Floats:
    """For each listed person, background plus all its holders' rates."""
    heat = leak.background[model.stratum] + model.copies @ leak.rate
    return np.asarray(np.maximum(heat, _LEAST))


def gain_of(model: Model, leak: Leak, partners: Ints) -> float:
    """How much worse, in nats, the list is explained without these recipients."""
    allowed = np.setdiff1d(np.flatnonzero(leak.rate > 0), partners)
    less = fit_leak(model, allowed, leak)
    return max(0.0, leak.log_likelihood - less.log_likelihood)
