"""Small cases written out by hand: who held whom, who is listed, who was drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mingdai.trace.words import Case, Copies, DecoyTrial, Draws, People

Pair = tuple[int, int]


def copies_of(pairs: Sequence[Pair], drawn: Sequence[Pair] = ()) -> Copies:
    """Copies of (person, recipient) pairs; those of `drawn` came by a draw."""
    every = np.array([*pairs, *drawn], dtype=np.int64).reshape(-1, 2)
    chosen = np.arange(len(every)) < len(pairs)
    return Copies(every[:, 0], every[:, 1], np.ones(len(every)), chosen)


def make_case(
    size: int,
    people: int,
    pairs: Sequence[Pair],
    listed: Sequence[int],
    *,
    draws: Sequence[tuple[int, int, float]] = (),
    decoys: tuple[DecoyTrial, ...] = (),
    stratum: Sequence[int] | None = None,
) -> Case:
    """`people` persons, `size` recipients; `draws` are (person, recipient, propensity)."""
    drawn = [(person, partner) for person, partner, _ in draws]
    strata = np.zeros(people, np.int64) if stratum is None else np.array(stratum, np.int64)
    place = {person: at for at, person in enumerate(listed)}
    inside = [(place[p], r) for p, r in pairs if p in place]
    inside_drawn = [(place[p], r) for p, r in drawn if p in place]
    some = [(place[p], r, e) for p, r, e in draws if p in place]
    held = np.bincount([r for _, r in [*pairs, *drawn]], minlength=size).astype(float)
    return Case(
        partners=tuple(f"P{each:03d}" for each in range(size)),
        listed=People(
            np.ones(len(listed)),
            strata[np.array(listed, dtype=np.int64)],
            copies_of(inside, inside_drawn),
        ),
        sample=People(np.ones(people), strata, copies_of(list(pairs), drawn)),
        held=held,
        drawn=np.bincount([r for _, r in drawn], minlength=size).astype(float),
        population=float(people),
        draws=Draws(
            np.array([p for p, _, _ in some], np.int64),
            np.array([r for _, r, _ in some], np.int64),
            np.array([e for _, _, e in some], np.float64),
        ),
        has_draws=bool(draws),
        decoys=decoys,
        has_decoys=bool(decoys),
        rows=len(listed),
        matched=len(listed),
    )
