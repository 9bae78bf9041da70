"""Rows needed to name a colluder by keyed spellings, and how often an innocent would be named.

`python -m bench.marks` prints, for 1, 2, 3 and 5 colluders at 4 surviving bits a row and a
false-accusation rate of 10^-6 over 500 recipients together: the rows at which one of them is named
in at least 9 of 10 trials, for each way of mixing their copies, with 1 % of the bits mistyped; the
same with half of the bits erased; after what a lender's system does to real spellings; and how
often innocents passed each level.  Seeds differ from those used while choosing the cut.
"""

from __future__ import annotations

import hmac
import random
import re
import sys
import unicodedata
from collections.abc import Callable

import numpy as np

from mingdai.gate.marking import Marker, mark
from mingdai.gate.marking_codes import CUT, STEPS
from mingdai.gate.marking_spellings import KINDS, SEND_BLOCK
from mingdai.trace.signals.variants import Given, Marks, Row, gather, weigh_variants

RECIPIENTS = 500
ERROR = 1e-6
BITS = 4
FLIPS = 0.01
TRIALS = 60
ENOUGH = 0.9
LIMITS = {1: 24, 2: 100, 3: 200, 5: 600}
SHARES = (0.25, 0.34, 0.42, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
SEED = 20261125


def row_mix(copies: np.ndarray, _p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each row is one colluder's, whole."""
    rows = -(-copies.shape[1] // BITS)
    who = np.repeat(rng.integers(len(copies), size=rows), BITS)[: copies.shape[1]]
    return copies[who, np.arange(copies.shape[1])]


def interleave(copies: np.ndarray, _p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each place is one colluder's."""
    places = np.arange(copies.shape[1])
    return copies[rng.integers(len(copies), size=copies.shape[1]), places]


def majority(copies: np.ndarray, _p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What most have."""
    twice = 2 * copies.sum(0) + rng.integers(0, 2, copies.shape[1]) * 0.5
    return (twice > len(copies)).astype(np.int64)


def minority(copies: np.ndarray, _p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What fewest have, of forms that somebody has."""
    return _among(copies, 1 - majority(copies, _p, rng))


def all_ones(copies: np.ndarray, _p: np.ndarray, _rng: np.random.Generator) -> np.ndarray:
    """1 wherever anybody has it."""
    return copies.max(0)


def all_zeros(copies: np.ndarray, _p: np.ndarray, _rng: np.random.Generator) -> np.ndarray:
    """0 wherever anybody has it."""
    return copies.min(0)


def coin(copies: np.ndarray, _p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Either form, by a coin, wherever the copies differ."""
    return _among(copies, rng.integers(0, 2, copies.shape[1]))


def _among(copies: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """`wanted` where the colluders see both forms; they cannot know of a place they do not see."""
    return np.where(copies.min(0) == copies.max(0), copies[0], wanted)


def erase(copies: np.ndarray, _p: np.ndarray, _rng: np.random.Generator) -> np.ndarray:
    """Only the places where all colluders have one form are left; `succeeds` drops the others."""
    return copies[0]


ATTACKS: dict[str, Callable[..., np.ndarray]] = {
    "row mixing": row_mix,
    "interleaving": interleave,
    "majority": majority,
    "minority": minority,
    "all ones": all_ones,
    "all zeros": all_zeros,
    "coin": coin,
}


def draw_biases(count: int, rng: np.random.Generator) -> np.ndarray:
    """Biases of the deployed code, in steps."""
    least = np.arcsin(np.sqrt(CUT))
    angle = least + (np.pi / 2 - 2 * least) * rng.random(count)
    return np.rint(STEPS * np.sin(angle) ** 2).astype(np.int64)


def succeeds(
    colluders: int, rows: int, attack: Callable[..., np.ndarray], rng: np.random.Generator,
    erased: float = 0.0,
) -> bool:  # fmt: skip
    """Whether at least one of the colluders is named."""
    bias = draw_biases(rows * BITS, rng)
    copies = (rng.random((colluders, rows * BITS)) * STEPS < bias).astype(np.int64)
    seen = attack(copies, bias / STEPS, rng)
    seen = np.where(rng.random(len(seen)) < FLIPS, 1 - seen, seen)
    kept = rng.random(len(seen)) >= erased
    if attack is erase:
        kept &= copies.min(0) == copies.max(0)
    left = np.flatnonzero(kept)
    marks = marks_of(seen[left], bias[left], copies[:, left])
    test = weigh_variants(marks, colluders)
    return bool((test.p_value * RECIPIENTS <= ERROR).any())


def marks_of(seen: np.ndarray, bias: np.ndarray, copies: np.ndarray) -> Marks:
    """Marks in which every recipient had a copy of everything."""
    who, place = np.meshgrid(np.arange(len(copies)), np.arange(len(seen)), indexing="ij")
    kind = np.arange(len(seen)) % BITS
    return Marks(seen, bias, kind, place.ravel(), who.ravel(), copies.ravel())


def rows_needed(limit: int, success: Callable[[int], bool]) -> tuple[int | None, float]:
    """The first of a row of sizes at which success is often enough; and how often at the limit."""
    found = None
    for share in SHARES:
        rows = max(1, round(limit * share))
        if found is None and sum(success(rows) for _ in range(TRIALS)) >= ENOUGH * TRIALS:
            found = rows
        if share >= 1 and found is not None:
            break
    return found, sum(success(limit) for _ in range(TRIALS)) / TRIALS


def tabulate(erased: float) -> None:
    """One table of rows needed."""
    rng = np.random.default_rng(SEED + round(100 * erased))
    say(f"rows to name one of c colluders, {BITS} bits a row, {erased:.0%} erased")
    say(f"{'attack':<14}" + "".join(f"{f'c={c}':>14}" for c in LIMITS))
    worst = dict.fromkeys(LIMITS, 0)
    for name, attack in ATTACKS.items():
        cells = []
        for c, limit in LIMITS.items():
            allowed = limit * (2 if erased else 1)
            if c == 1 and name != "row mixing":
                cells.append(f"{'–':>14}")
                continue
            found, at_limit = rows_needed(
                allowed, lambda rows, c=c, attack=attack: succeeds(c, rows, attack, rng, erased)
            )
            worst[c] = max(worst[c], found or 10**9)
            cells.append(f"{found or '>':>6} ({at_limit:>4.0%})")
        say(f"{name:<14}" + "".join(f"{each:>14}" for each in cells))
    limits = [limit * (2 if erased else 1) for limit in LIMITS.values()]
    verdict = all(w <= m for w, m in zip(worst.values(), limits, strict=True))
    say(f"{'worst':<14}" + "".join(f"{each:>14}" for each in worst.values()))
    say(f"{'limit':<14}" + "".join(f"{each:>14}" for each in limits)
        + ("   held" if verdict else "   NOT HELD"))  # fmt: skip


def erasing() -> None:
    """Beyond the code's assumption: every place where the colluders differ is erased."""
    rng = np.random.default_rng(SEED + 3)
    cells = []
    for c, limit in LIMITS.items():
        found, _ = rows_needed(4 * limit, lambda rows, c=c: succeeds(c, rows, erase, rng))
        cells.append(f"{found or '>':>14}")
    say(f"{'all that differ':<14}" + "".join(cells) + "   rows as sent, no limit stated")


def innocents(lists: int = 280, each: int = 250) -> None:
    """How often innocents pass each level, beside the bound, which is the level itself."""
    rng = np.random.default_rng(SEED + 7)
    levels = (1e-2, 1e-3, 1e-4)
    passed = dict.fromkeys(levels, 0)
    least = 1.0
    for number in range(lists):
        rows = (24, 100, 200, 600)[number % 4]
        bias = draw_biases(rows * BITS, rng)
        copies = (rng.random((3, rows * BITS)) * STEPS < bias).astype(np.int64)
        seen = list(ATTACKS.values())[number % len(ATTACKS)](copies, bias / STEPS, rng)
        bits = (rng.random((each, rows * BITS)) * STEPS < bias).astype(np.int64)
        p_values = weigh_variants(marks_of(seen, bias, bits), each).p_value
        least = min(least, float(p_values.min()))
        for level in levels:
            passed[level] += int((p_values <= level).sum())
    count = lists * each
    say(f"{count:,} innocents on {lists} lists of colluders; least p-value {least:.1e}")
    for level, number in passed.items():
        say(f"  p <= {level:g}: {number} seen, at most {count * level:g} by the bound")
    say(f"  named at {ERROR:g} over {RECIPIENTS}: the bound alone says so; a p-value that small"
        f" needs {RECIPIENTS / ERROR:.0e} innocents to be seen by chance")  # fmt: skip


def keyed(message: bytes) -> bytes:
    """The bench's own key."""
    return hmac.digest(b"bench" * 8, message, "sha256")


def person(number: int) -> dict[str, str]:
    """Made-up values as people type them; nobody's."""
    rng = random.Random(f"{SEED} {number}")
    place = "".join(rng.choices("青禾松梅北桥新安平和云岭", k=2))
    house, flat = rng.randint(1, 400), rng.randint(1, 30) * 100 + rng.randint(1, 4)
    home = f"{rng.randint(1, 30)}栋{rng.randint(1, 6)}单元{flat}室" if rng.random() < 0.6 else ""
    return {
        "name": "".join(rng.choices("李华青禾松明安", k=rng.choice((2, 3)))),
        "address": f"云岭省明川市{place}区{place}路{house}号{home}",
        "employer": f"明川示例{place}科技{rng.choice(('', '(东湖)'))}有限公司",
        "amount": f"{rng.randint(3, 200) * 1000}.00",
        "mobile": f"199{number:08d}",
    }


def tidy(text: str) -> str:
    """Full-width signs made half-width."""
    return unicodedata.normalize("NFKC", text)


def stripped(text: str) -> str:
    """All spaces gone."""
    return re.sub(r"\s+", "", text)


LENDERS: dict[str, Callable[[str], str]] = {
    "as received": str,
    "half-width": tidy,
    "no spaces": stripped,
    "half-width, no spaces": lambda text: stripped(tidy(text)),
    "and no signs": lambda text: re.sub(r"[^\w.]", "", stripped(tidy(text))),
}
"""What a lender's own system may have done to the values before they leaked."""

KEPT = frozenset(KINDS) - {SEND_BLOCK}


def copies_of(
    record: str, values: dict[str, str], names: list[str]
) -> list[tuple[dict, frozenset]]:
    """Each recipient's copy, by the code that the gate runs."""
    marked = [mark(values, alias="", marker=Marker(record, each, KEPT, keyed)) for each in names]
    return [(each.values, frozenset(each.places)) for each in marked]


def leaked(colluders: int, rows: int, normalise: Callable[[str], str], trial: int) -> tuple:
    """A list mixed from colluders' real copies, each field from any of them, then normalised."""
    rng = random.Random(f"{SEED} {colluders} {rows} {trial}")
    names = [f"lender-{trial}-{each}" for each in range(colluders)]
    lines, given = [], {}
    for number in range(rows):
        record, values = f"r{trial}-{number}", person(1_000_000 * trial + number)
        copies = copies_of(record, values, names)
        mixed = {code: normalise(rng.choice(copies)[0][code]) for code in values}
        lines.append(Row(record, mixed))
        given[record] = [Given(each, places) for each, (_, places) in enumerate(copies)]
    return lines, given, names


def named(colluders: int, normalise: Callable[[str], str], trial: int, rows: int) -> bool:
    """Whether one of them is named on real spellings."""
    marks = gather(*leaked(colluders, rows, normalise, trial), keyed)
    test = weigh_variants(marks, colluders)
    return bool((test.p_value * RECIPIENTS <= ERROR).any())


def after_lenders(trials: int = 10) -> None:
    """Surviving bits a row, and rows needed, after what a lender does."""
    say("real spellings, 5 fields a row, mixed field by field, after a lender's system")
    say(f"{'system':<24}{'bits/row':>9}" + "".join(f"{f'c={c}':>8}" for c in LIMITS))
    sizes = (6, 12, 24, 50, 100, 200, 400, 800)
    for name, normalise in LENDERS.items():
        marks = gather(*leaked(1, 200, normalise, 99), keyed)
        bits = surviving(marks) / 200
        cells = []
        for c in LIMITS:
            found = None
            for rows in sizes if bits else ():
                good = [named(c, normalise, trial, rows) for trial in range(trials)]
                if sum(good) >= ENOUGH * trials:
                    found = rows
                    break
            cells.append(f"{found or 'never' if bits else 'none':>8}")
        say(f"{name:<24}{bits:>9.1f}" + "".join(cells))


def surviving(marks: Marks) -> int:
    """Places that were scored."""
    return int(weigh_variants(marks, 1).places[0])


def say(text: str) -> None:
    """One line."""
    print(f"marks: {text}", flush=True)


def main() -> int:
    """Every table."""
    tabulate(0.0)
    tabulate(0.5)
    erasing()
    innocents()
    after_lenders()
    return 0


if __name__ == "__main__":
    sys.exit(main())
