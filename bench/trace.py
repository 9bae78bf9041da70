"""How often list attribution is right, on made-up worlds whose seeds no table was fitted on.

`python -m bench.trace [WORLDS]` prints each figure with a 95 % interval (Wilson; Clopper-Pearson
where the count is 0; worlds drawn again for averages) beside the published formula of Papadimitriou
and Garcia-Molina on the same lists.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy.stats import beta

from bench.trace_worlds import BACKGROUNDS, Outcome, gather, routed_outcomes_of
from mingdai.trace.attributing import FAMILY_ERROR, conclude
from mingdai.trace.calibrating import Calibration, read_calibration

SEEDS = range(70_000, 70_120)
ROUTED_SEEDS = range(80_000, 80_050)
"""Never used in fitting (1,000-2,999) or trying out (50,000-59,999)."""

SURE = 0.95
Count = tuple[int, int]


def main(arguments: Sequence[str]) -> int:
    """Print the table; the number of figures that miss their goal."""
    share = int(arguments[0]) / len(SEEDS) if arguments else 1.0
    some, routed = (each[: max(1, round(share * len(each)))] for each in (SEEDS, ROUTED_SEEDS))
    lists = gather(some, 2), gather(routed, 2, routed_outcomes_of)
    return report(*lists, read_calibration())


def report(lists: list[Outcome], routed: list[Outcome], calibration: Calibration) -> int:
    """All tables."""
    judged = [(each, *conclude(each.table, each.errors, each.held, calibration)) for each in lists]
    for name, some in (("worlds of every kind", lists), ("routed worlds", routed)):
        print(f"{name}: {len(some)} lists of {len({each.seed for each in some})} worlds")
    missed = accusations([*lists, *routed])
    missed += power(lists, routed)
    missed += decoys(judged)
    missed += ranking(judged)
    missed += calibrated(judged)
    print(f"goals missed: {missed}")
    return missed


def accusations(lists: list[Outcome]) -> int:
    """Innocent lists and innocent recipients."""
    innocent = [each for each in lists if not each.truth.any()]
    guilty = [each for each in lists if each.truth.any()]
    wrong = sum(named(each).any() for each in innocent)
    print("\ninnocent lists")
    line("with an accusation", (wrong, len(innocent)))
    hidden = [each for each in innocent if each.about["gamma"] > 0 and each.about["outside"] > 300]
    line(
        "  of those preferring a hidden trait, > 300 people", hits(hidden, lambda e: named(e).any())
    )
    for at, p in enumerate(BACKGROUNDS):
        line(
            f"  published formula, p = {p}, guilt > {SURE}",
            hits(innocent, lambda e, at=at: (e.guilt[at] > -np.log(1 - SURE)).any()),
        )
    print("guilty lists")
    line(
        "with an innocent recipient accused",
        hits(guilty, lambda e: (named(e) & (e.truth == 0)).any()),
    )
    return int(upper(wrong, len(innocent)) > 0.01)


def power(lists: list[Outcome], routed: list[Outcome]) -> int:
    """Leakers named by draws alone."""
    print("leakers named by draws alone, 20 % of borrowers routed")
    missed = 0
    for name, some in (("routed worlds", routed), ("worlds of every kind", lists)):
        rows, lots, found = leakers(some)
        for low, high in ((10, 100), (100, 300), (300, 1000), (1000, 10**9), (100, 10**9)):
            share_of(
                f"{name}, {low}-{high - 1} rows".replace("-999999999", " or more"),
                found[(rows >= low) & (rows < high)],
            )
        missed = missed or int(found[rows >= 100].mean() < 0.80) + int(
            found[rows >= 1000].mean() < 0.95
        )
    rows, lots, found = leakers([*lists, *routed])
    for low, high in ((0, 5), (5, 10), (10, 20), (20, 50), (50, 10**9)):
        share_of(
            f"all, {low}-{high - 1} drawn rows".replace("-999999999", " or more"),
            found[(lots >= low) & (lots < high)],
        )
    return missed


def leakers(lists: list[Outcome]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows leaked, drawn ones among them, named or not; nobody is drawn for an employee."""
    parts = [np.zeros((3, 0))]
    for each in lists:
        if each.about["routing"] == 0.2 and each.about["decoys"] == 0:
            own = np.flatnonzero(each.truth[: each.about["partners"]])
            parts.append(np.stack([each.rows[own], each.lots[own], named(each)[own]]))
    rows, lots, found = np.concatenate(parts, axis=1)
    return rows, lots, found


def share_of(name: str, found: np.ndarray) -> None:
    """A line of how many were found."""
    line(f"  {name}", (int(found.sum()), len(found)))


def decoys(judged: list[tuple[Outcome, np.ndarray, list[int]]]) -> int:
    """Leakers with one or more of their exclusive decoys in the list."""
    certain = [
        chance[at] >= 0.99 and named(each)[at]
        for each, chance, _ in judged
        for at in np.flatnonzero(each.bait > 0)
    ]
    line(
        "holders of an exclusive decoy in the list: named, p >= 0.99",
        (int(sum(certain)), len(certain)),
    )
    return int(np.mean(certain) < 0.99) if certain else 0


def ranking(judged: list[tuple[Outcome, np.ndarray, list[int]]]) -> int:
    """Who comes first, by ours, by the published formula, by the share of copies listed."""
    print("ranking")
    alone = [(e, order) for e, _, order in judged if e.truth.sum() == 1 and e.rows.sum() >= 10]
    line("  one leaker first, ours", hits(alone, lambda p: p[0].truth[p[1][0]]))
    line("  one leaker or its look-alike first", hits(alone, lambda p: near(p[0])[p[1][0]]))
    line("  published formula", hits(alone, lambda p: p[0].truth[np.argmax(p[0].guilt[0])]))
    missed = 0
    for overlap in (0.0, 0.3, 0.6, 0.9):
        some = [
            (e, order)
            for e, _, order in judged
            if e.truth.sum() > 1 and e.about["overlap"] == overlap
        ]
        ours = sum_of(some, lambda e, order: order[: int(e.truth.sum())])
        theirs = sum_of(some, lambda e, _: np.argsort(-e.guilt[0])[: int(e.truth.sum())])
        line(f"  colluders among the first c, overlap {overlap}, ours", ours)
        line("    published formula", theirs)
        missed = int(ours[0] / max(1, ours[1]) < 0.80)
    return missed


def calibrated(judged: list[tuple[Outcome, np.ndarray, list[int]]]) -> int:
    """What a probability is worth."""
    chance = np.concatenate([chance for _, chance, _ in judged])
    truth = np.concatenate([each.truth for each, _, _ in judged])
    world = np.concatenate([np.full(len(chance), each.seed) for each, chance, _ in judged])
    print("probabilities")
    said = chance >= 0.05
    low, high = again(lambda at: ece(chance[at], truth[at]), world)
    print(
        f"  {'expected calibration error, p >= 0.05':62s} {ece(chance, truth):.3f}"
        f"  [{low:.3f}, {high:.3f}]  of {int(said.sum())}"
    )
    for begin in np.arange(0.0, 1.0, 0.1):
        inside = said & (chance >= begin) & ((chance < begin + 0.1) | (begin > 0.85))
        if inside.any():
            line(
                f"    said {chance[inside].mean():.2f}",
                (int(truth[inside].sum()), int(inside.sum())),
            )
    sure = chance >= 0.99
    line("  true where p >= 0.99", (int(truth[sure].sum()), int(sure.sum())))
    published = [
        np.concatenate([1 - np.exp(-e.guilt[at]) for e, _, _ in judged])
        for at in range(len(BACKGROUNDS))
    ]
    print(f"  {'Brier score, ours':62s} {((chance - truth) ** 2).mean():.4f}")
    for p, each in zip(BACKGROUNDS, published, strict=True):
        print(f"  {f'published formula, p = {p}':62s} {((each - truth) ** 2).mean():.4f}")
    return int(ece(chance, truth) > 0.05) + int(truth[sure].mean() < 0.99)


def ece(chance: np.ndarray, truth: np.ndarray) -> float:
    """Expected calibration error over ten bins, of predictions of 0.05 and more."""
    said = chance >= 0.05
    place = np.minimum(9, (chance[said] * 10).astype(int))
    off = np.bincount(place, chance[said] - truth[said], minlength=10)
    return float(np.abs(off).sum() / max(1, said.sum()))


def again(figure: Callable[[np.ndarray], float], world: np.ndarray, times: int = 200) -> Count:
    """95 % of a figure when worlds are drawn again."""
    rng = np.random.default_rng(1)
    order = np.argsort(world, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(world[order])) + 1)
    values = [
        figure(np.concatenate([parts[i] for i in rng.integers(0, len(parts), len(parts))]))
        for _ in range(times)
    ]
    return tuple(np.quantile(values, [0.025, 0.975]))  # type: ignore[return-value]


def named(each: Outcome) -> np.ndarray:
    """Whom a design accuses."""
    return each.errors <= FAMILY_ERROR


def near(each: Outcome) -> np.ndarray:
    """Leakers and those in a group with one."""
    answer = each.truth > 0
    for group in each.groups:
        if answer[list(group)].any():
            answer[list(group)] = True
    return answer


def hits(some: Sequence, test: Callable) -> Count:
    """How many pass a test, of how many."""
    return sum(bool(test(each)) for each in some), len(some)


def sum_of(some: Sequence, first: Callable) -> Count:
    """Leakers among the first c, of all leakers."""
    found = sum(int(each.truth[first(each, order)].sum()) for each, order in some)
    return found, sum(int(each.truth.sum()) for each, _ in some)


def line(name: str, count: Count) -> None:
    """One figure with its interval."""
    k, n = count
    if n == 0:
        print(f"  {name:62s} none")
        return
    low, high = wilson(k, n)
    if k == 0:
        low, high = 0.0, upper(0, n)
    print(f"  {name:62s} {k}/{n} = {k / n:.3f}  [{low:.4f}, {high:.4f}]")


def wilson(k: int, n: int) -> tuple[float, float]:
    """Score interval, 95 % (Wilson 1927)."""
    z2 = 1.959964**2
    middle = (k + z2 / 2) / (n + z2)
    half = 1.959964 / (n + z2) * np.sqrt(k * (n - k) / n + z2 / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def upper(k: int, n: int) -> float:
    """Upper end of the two-sided 95 % interval of Clopper and Pearson."""
    return float(beta.ppf(0.975, k + 1, n - k)) if k < n else 1.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
