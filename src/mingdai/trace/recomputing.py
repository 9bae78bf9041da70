"""Compute every number of a judged list again from its `inputs`, and compare.

Holds what follows from counts: p-values, bits, shares, who is named, probabilities, rank and
conclusion.  The counts themselves need the list and the world; so does the published guilt.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mingdai.errors import Invalid
from mingdai.trace.attributing import FAMILY_ERROR, WORTH_A_LOOK, least_chance
from mingdai.trace.calibrating import Calibration, probability, score
from mingdai.trace.signals.decoys import chance_of_hits
from mingdai.trace.signals.tails import upper_tail

LIMITS = (
    "that the counts are those of the list and the world: run the attribution again on the files",
    "the published guilt score, which is shown for comparison only",
)
"""What no computation from the result alone can check."""

_CLOSE = 1e-6
_ROUNDED = 2e-5
_LOOSE = 1e-4

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of number; `said` is what was compared, or where it differs."""

    code: str
    holds: bool
    said: str


def recompute(raw: Raw, calibration: Calibration) -> tuple[Check, ...]:
    """Every check on one result; raises Invalid `result.inputs` where it has no inputs.

    Where nothing was compared there are no numbers: it must speak against nobody.
    """
    if "error" in raw or not raw["prob"]:
        clean = not raw["accuse"] and not any(raw["prob"].values())
        return (Check("nothing", clean, "there was nothing to compare"),)
    try:
        return tuple(_made(code, check(raw, calibration)) for code, check in CHECKS.items())
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Invalid(
            code="result.inputs",
            reason="the result does not say what its numbers are computed from",
            field="RESULT",
            remedy="run `mingdai trace list --json` of this version again",
        ) from error


def error_again(raw: Raw) -> dict[str, float]:
    """For each recipient, the family-wise error at which its designs name it."""
    inputs, stated = raw["inputs"], _stated(raw)
    errors: dict[str, float] = {}
    for design, shares in inputs["shares"].items():
        for name, share in shares.items():
            p_value = _p_again(inputs, design, name)
            p_value = stated.get((design, name), 1.0) if p_value is None else p_value
            errors[name] = min(errors.get(name, 1.0), p_value / max(share, 1e-12))
    return errors


def _made(code: str, flaws: Iterator[str]) -> Check:
    found = list(flaws)
    return Check(code, not found, "; ".join(found[:5]))


def _rows(raw: Raw, _: Calibration) -> Iterator[str]:
    if not 0 <= raw["matched"] + raw["rows_without_key"] <= raw["rows"]:
        yield "rows that fit and rows without a key are more than all rows"
    held = raw["inputs"]["listed_and_held"]
    for each in raw["evidence"]:
        if each["kind"] == "overlap" and each["detail"]["listed_and_held"] != held[each["partner"]]:
            yield f"{each['partner']}: listed and held"


def _chances(raw: Raw, _: Calibration) -> Iterator[str]:
    for each in raw["evidence"]:
        if not each["by_design"]:
            continue
        again = _p_again(raw["inputs"], each["kind"], each["partner"])
        if again is not None and not _near(again, each["p_value"]):
            yield f"{each['kind']} of {each['partner']}: {again:.4g} is not {each['p_value']:.4g}"


def _bits(raw: Raw, _: Calibration) -> Iterator[str]:
    figures = raw["inputs"]["figures"]
    gain = figures["names"].index("gain")
    for each in raw["evidence"]:
        if each["by_design"]:
            again = -math.log2(max(each["p_value"], 1e-300))
        else:
            again = math.expm1(figures["of"][each["partner"]][gain]) / math.log(2)
        if not math.isclose(again, each["bits"], rel_tol=_LOOSE, abs_tol=_LOOSE):
            yield f"{each['kind']} of {each['partner']}: {again:.4f} is not {each['bits']:.4f}"


def _shares(raw: Raw, _: Calibration) -> Iterator[str]:
    if raw["family_error"] != FAMILY_ERROR:
        yield f"the error allowed is {FAMILY_ERROR}, not {raw['family_error']}"
    total = sum(sum(shares.values()) for shares in raw["inputs"]["shares"].values())
    if total > 1 + _CLOSE:
        yield f"the shares add up to {total:.6f}, more than one"


def _named(raw: Raw, _: Calibration) -> Iterator[str]:
    again = {name for name, error in error_again(raw).items() if error <= FAMILY_ERROR}
    if again != set(raw["accuse"]):
        yield f"named again: {', '.join(sorted(again)) or 'nobody'}"


def _probabilities(raw: Raw, calibration: Calibration) -> Iterator[str]:
    for name, again in _prob_again(raw, calibration).items():
        if abs(again - raw["prob"][name]) > _ROUNDED:
            yield f"{name}: {again:.5f} is not {raw['prob'][name]:.5f}"
    for name in set(raw["prob"]) - set(raw["inputs"]["figures"]["of"]):
        if raw["prob"][name] != 0:
            yield f"{name} held nobody and has a probability"


def _rank(raw: Raw, calibration: Calibration) -> Iterator[str]:
    """Among recipients that held anybody: the named first, then by score."""
    names, scores = _scores(raw, calibration)
    score_of = dict(zip(names, scores.tolist(), strict=True))
    known = [name for name in raw["rank"] if name in score_of]
    keys = [(name not in raw["accuse"], -score_of[name]) for name in known]
    for before, after, name in zip(keys, keys[1:], known[1:], strict=False):
        if before[0] > after[0] or (before[0] == after[0] and before[1] > after[1] + _CLOSE):
            yield f"{name} stands too low"


def _conclusion(raw: Raw, calibration: Calibration) -> Iterator[str]:
    figures = raw["inputs"]["figures"]
    at = figures["names"].index("gamma")
    gamma = {name: math.exp(row[at]) for name, row in figures["of"].items()}
    chance = max(_prob_again(raw, calibration).values(), default=0.0)
    again = "named" if raw["accuse"] else "none"
    if again == "none" and (chance >= WORTH_A_LOOK or max(gamma.values(), default=0.0) > 1):
        again = "investigate"
    if again != raw["conclusion"]:
        yield f"{again}, not {raw['conclusion']}"
    top = gamma.get(raw["rank"][0], 0.0) if raw["rank"] else 0.0
    if max(top, 1e-3) > 1.001e-3 and not math.isclose(top, raw["gamma_star"], rel_tol=_LOOSE):
        yield f"gamma of the first: {top:.4g} is not {raw['gamma_star']:.4g}"


CHECKS: dict[str, Callable[[Raw, Calibration], Iterator[str]]] = {
    "rows": _rows,
    "chances": _chances,
    "bits": _bits,
    "shares": _shares,
    "named": _named,
    "probabilities": _probabilities,
    "rank": _rank,
    "conclusion": _conclusion,
}
"""Each check yields what differs; nothing is a pass."""


def _stated(raw: Raw) -> dict[tuple[str, str], float]:
    rows = (each for each in raw["evidence"] if each["by_design"])
    return {(each["kind"], each["partner"]): float(each["p_value"]) for each in rows}


def _p_again(inputs: Raw, kind: str, name: str) -> float | None:
    """The p-value of a known design; 1 where nothing was seen, None for a design not known here."""
    if kind == "draws":
        return _draws_again(inputs["draws"].get(name))
    if kind in ("decoys", "variants"):
        return _decoys_again(inputs["decoys"].get(name, []))
    return None


def _draws_again(one: Raw | None) -> float:
    if one is None:
        return 1.0
    units, chances, counts = np.array(one["groups"], dtype=np.float64).T
    return upper_tail(int(one["total"]), units.astype(np.int64), chances, counts)


def _decoys_again(trials: list[list[float]]) -> float:
    if not trials:
        return 1.0
    hits, chances = np.array(trials, dtype=np.float64).T
    return min(1.0, float(chance_of_hits(hits.astype(np.int64), chances).min()) * len(trials))


def _scores(raw: Raw, calibration: Calibration) -> tuple[list[str], np.ndarray[Any, Any]]:
    figures = raw["inputs"]["figures"]
    if tuple(figures["names"]) != calibration.figures:
        raise ValueError("figures of another version")
    names = list(figures["of"])
    table = np.array([figures["of"][name] for name in names], dtype=np.float64)
    shape = (len(names), len(calibration.figures))
    return names, score(table.reshape(shape), calibration)


def _prob_again(raw: Raw, calibration: Calibration) -> dict[str, float]:
    names, scores = _scores(raw, calibration)
    errors = error_again(raw)
    chances = probability(scores, calibration).tolist()
    return {
        name: max(chance, float(least_chance(np.array(errors.get(name, 1.0)))))
        if errors.get(name, 1.0) <= FAMILY_ERROR
        else chance
        for name, chance in zip(names, chances, strict=True)
    }


def _near(one: float, other: float) -> bool:
    """Equal but for the last digits of the inputs; far out only the exponent's first digits."""
    if min(one, other) <= 0:
        return max(one, other) < 1e-290
    return abs(math.log(one) - math.log(other)) <= _LOOSE * max(1.0, abs(math.log(other)))
