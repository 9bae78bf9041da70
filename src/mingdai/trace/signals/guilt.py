"""The published guilt of Papadimitriou and Garcia-Molina: a good rank and a bad probability.

guilt(r) = 1 - prod over listed people r held of (1 - (1 - p) / number of holders); p is the chance
that the list got a person without us.  On its log scale it ranks; as a probability it names the
innocent (docs/trace.md), so it stands here beside ours and in the bench.
Source: IEEE TKDE 23(1), 2011.
"""

from __future__ import annotations

import numpy as np

from mingdai.trace.words import Case, Floats


def weigh_guilt(case: Case, p: float = 0.5) -> Floats:
    """-log(1 - guilt) for each recipient: 0 is none."""
    copies = case.listed.copies
    holders = np.bincount(copies.person, copies.fit, minlength=len(case.listed.weight))
    share = copies.fit / np.maximum(holders[copies.person], 1e-9)
    each = -np.log1p(-np.minimum(1 - 1e-12, (1 - p) * share * case.listed.weight[copies.person]))
    return np.bincount(copies.partner, each, minlength=len(case.partners)).astype(np.float64)
