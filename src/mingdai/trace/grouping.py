"""Recipients that hold nearly the same people cannot be told apart by overlap."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from mingdai.trace.words import Case

ALIKE = 0.95
"""Share of either one's people that both hold, from which two recipients count as one."""

_FEWEST = 20


def group_alike(case: Case) -> tuple[tuple[int, ...], ...]:
    """Groups of two or more recipients, by the chosen copies of the sample."""
    copies, weight = case.sample.copies, case.sample.weight
    size = len(case.partners)
    chosen = copies.chosen
    person, partner = copies.person[chosen], copies.partner[chosen]
    shape = (len(weight), size)
    matrix = csr_matrix((np.sqrt(weight[person]), (person, partner)), shape=shape)
    shared = (matrix.T @ matrix).toarray()
    held = np.diag(shared)
    larger = np.maximum(held[:, None], held[None, :])
    alike = (shared >= ALIKE * larger) & (np.minimum(held[:, None], held[None, :]) >= _FEWEST)
    _, label = connected_components(csr_matrix(alike), directed=False)
    groups = [tuple(int(each) for each in np.flatnonzero(label == one)) for one in np.unique(label)]
    return tuple(group for group in groups if len(group) > 1)
