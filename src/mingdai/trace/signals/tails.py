"""How likely a weighted sum of independent yes/no draws is at least as large as what was seen.

Two answers, both from above: the exact distribution by its characteristic function (good to 1e-12,
so that much is added) and Chernoff's bound (no error, a little loose).  The smaller one is taken.
Source: Hong 2013 (Poisson-binomial by DFT); Chernoff 1952.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import minimize_scalar

from mingdai.trace.words import Floats, Ints

_FFT_ERROR = 1e-12
_MOST_CELLS = 1 << 22


def upper_tail(total: int, units: Ints, chances: Floats, counts: Floats) -> float:
    """P(sum of units·Bernoulli >= total), from above.

    `units` are whole positive weights, `chances` the probabilities, `counts` how many draws share
    that weight and probability.
    """
    if total <= 0 or len(units) == 0:
        return 1.0 if total <= 0 else 0.0
    most = int(np.dot(units, counts))
    if total > most:
        return 0.0
    bound = chernoff(total, units, chances, counts)
    if bound < _FFT_ERROR:
        return bound
    return min(1.0, bound, _exact(total, units, chances, counts) + _FFT_ERROR)


def chernoff(total: int, units: Ints, chances: Floats, counts: Floats) -> float:
    """Minimum over t of exp(-t·total)·prod(1 + p(exp(t·unit) - 1))^count."""
    scale = float(units.max())
    mean = float(np.dot(units * chances, counts))
    if total <= mean:
        return 1.0

    def exponent(t: float) -> float:
        grown = np.log1p(chances * np.expm1(np.minimum(t * units / scale, 700.0)))
        return float(np.dot(counts, grown)) - t * total / scale

    found = minimize_scalar(exponent, bounds=(0.0, 60.0), method="bounded")
    return math.exp(min(0.0, float(found.fun)))


def _exact(total: int, units: Ints, chances: Floats, counts: Floats) -> float:
    """The tail by inverse Fourier transform on a window around the mean."""
    mean = float(np.dot(units * chances, counts))
    spread = math.sqrt(float(np.dot(units.astype(float) ** 2 * chances * (1 - chances), counts)))
    top = int(max(total, mean) + 12 * spread + 60 * int(units.max()))
    size = 1 << max(4, math.ceil(math.log2(top + 1)))
    size = min(size, 1 << math.ceil(math.log2(int(np.dot(units, counts)) + 1)))
    if size > _MOST_CELLS or size < total:
        return 1.0
    turns = np.arange(size // 2 + 1) * (2 * math.pi / size)
    logs = np.zeros(len(turns), dtype=complex)
    for unit, chance, count in zip(units, chances, counts, strict=True):
        logs += count * np.log1p(chance * np.expm1(-1j * turns * int(unit)))
    masses = np.fft.irfft(np.exp(logs), n=size)
    return float(max(0.0, masses[total:].sum()))
