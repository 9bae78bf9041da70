"""What attribution takes and returns: arrays of people and copies in, a judged list out.

`reading`, `keys`, `matching` and `collecting` make a `Case`; `attributing` judges it.  No value of
a field is in here: people are positions in an array, recipients are names of firms or staff roles.
Terms: docs/trace.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Copies:
    """One row for each (person, recipient) before the list was found."""

    person: Ints
    """Position in the `People` these copies belong to."""
    partner: Ints
    """Position in `Case.partners`."""
    fit: Floats
    """How well this copy explains what the list shows, 0 to 1: version, fields and time."""
    chosen: Flags
    """The recipient holds the person for a reason other than a draw; it could not be drawn."""


@dataclass(frozen=True, slots=True)
class People:
    """Listed people, or a sample that stands for everybody."""

    weight: Floats
    """Listed: probability that the person is in the list.  Sample: how many each stands for."""
    stratum: Ints
    """Observed kind of person (place, age, amount); background rates are told apart by it."""
    copies: Copies


@dataclass(frozen=True, slots=True)
class Draws:
    """Random draws of listed people: who was drawn, with which logged probability."""

    person: Ints
    """Position in `Case.listed`."""
    partner: Ints
    propensity: Floats
    """Probability of each eligible recipient; 1 / how many were eligible."""


@dataclass(frozen=True, slots=True)
class DecoyTrial:
    """What one kind of key could show about decoys that only one recipient ever had."""

    kind: str
    """`exact` (whole number, its hash, whole ID) or `masked`."""
    hits: Ints
    """For each recipient, how many of its exclusive decoys are in the list."""
    chance: Floats
    """For each recipient, the expected number of those by guessing, from above."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One found list against one world, cut at the moment the list was found."""

    partners: tuple[str, ...]
    listed: People
    sample: People
    held: Floats
    """For each recipient, how many people it held before the list was found."""
    drawn: Floats
    """For each recipient, how many of those it held by a random draw."""
    population: float
    """How many people were held by anybody."""
    draws: Draws
    has_draws: bool
    """The world logs random draws at all; decides how the error budget is shared."""
    decoys: tuple[DecoyTrial, ...] = ()
    has_decoys: bool = False
    rows: int = 0
    matched: int = 0
    without_key: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason, for one recipient: by design (`draws`, `decoys`) or for ranking (`overlap`)."""

    kind: str
    partner: str
    p_value: float | None
    """Chance of at least this much if the recipient is innocent; None where nothing bounds it."""
    bits: float
    """-log2 of `p_value`, or of the likelihood ratio where there is no bounded p-value."""
    by_design: bool
    detail: dict[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A judged list."""

    prob: dict[str, float]
    rank: tuple[str, ...]
    accuse: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    evidence: tuple[Evidence, ...]
    gamma_star: float
    """How strongly hidden traits must favour the top recipient for its overlap to be chance."""
    conclusion: str
    """`named`, `investigate` or `none`."""
    inputs: dict[str, Any] = field(default_factory=dict)
    """What every number above is computed from: `accounting.inputs_of`."""
