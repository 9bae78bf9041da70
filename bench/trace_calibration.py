"""Fit `src/mingdai/trace/calibration.json` on made-up worlds; `python -m bench.trace_calibration`.

All worlds fit the additive logistic score; its isotonic table is fitted on scores of worlds that
were left out, a fifth at a time.  The seeds are TRAINING; the bench and the tests use others.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import isotonic_regression, minimize

from bench.trace_worlds import Outcome, gather, wide_outcomes_of
from mingdai.trace.calibrating import TABLE, Calibration, hinges
from mingdai.trace.weighing import FIGURES

TRAINING = range(1_000, 1_300)
WIDE_TRAINING = range(2_000, 2_020)
VERSION = 2
FOLDS = 5
RIDGE = 1.0
LEAST, MOST = 1e-4, 0.998
PRODUCTS = (
    ("draw_balance", "gain"), ("draw_balance", "explained"), ("random", "gain"),
    ("random", "intensity"), ("random", "outlier"), ("random", "explained"),
    ("background", "gain"), ("background", "gamma"), ("listed", "gain"), ("listed", "alone"),
    ("lead", "gain"), ("lead", "explained"), ("alike", "gain"), ("alike", "draw_balance"),
    ("known", "explained"), ("outlier", "gamma"), ("explained", "intensity"),
)  # fmt: skip
DOMAIN = (
    "made-up worlds of 15-150 recipients, up to 20 further ones employees, and 5,000-60,000 "
    "borrowers; hidden traits on a plane, a line or in classes; 1.3-6 recipients a borrower, of "
    "like or unlike sizes, some for a season; shared rows 0-90 %; affiliates; random routing of "
    "0-20 % of borrowers; 0-20 decoys a recipient; 1-5 colluders with 10-20,000 rows each, whole "
    "or by place, amount, time or trait; outside lists of 10-50,000 people preferring a hidden "
    "trait with log odds 0-3, up to three fifths of them strangers; up to one wrong match a row; "
    "about a third of the lists innocent"
)
DOMAIN_ZH = (
    "15–150 个接收方（另有至多 20 名员工）、5,000–60,000 名借款人"
    "的模拟世界；看不见的特点在平面上、直线上或分成若干类；每名借款人给过 1.3–6 个"
    "接收方，规模相近或悬殊，有的只经营一段时间；客户重合 0–90 %；有关联公司；0–"
    "20 % 的借款人随机多给一方；每个接收方 0–20 条诱饵；1–5 方合谋，各 1"
    "0–20,000 行，整份的，或按地区、金额、时间、特点筛过的；外部名单 10–50"
    ",000 人，偏向一种看不见的特点，对数优势 0–3，至多五分之三是不认识的人；每行"
    "至多一个错配；约三分之一的名单与我们无关"
)


def knots_of(column: np.ndarray, truth: np.ndarray) -> tuple[float, ...]:
    """Four places among the values of the guilty and of those that look like them."""
    values = np.concatenate([column[truth > 0], column[column > np.quantile(column, 0.98)]])
    found = np.unique(np.round(np.quantile(values, [0.1, 0.3, 0.5, 0.7, 0.9]), 3))
    return tuple(float(each) for each in found)


def fit_score(table: np.ndarray, truth: np.ndarray, blank: Calibration) -> np.ndarray:
    """Logistic weights with a ridge on standardised columns."""
    full = hinges(table, blank)
    scale = np.maximum(full.std(axis=0), 1e-6)
    scale[0] = 1.0
    design = full / scale

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = design @ weights
        value = np.logaddexp(0.0, odds).sum() - truth @ odds + RIDGE * (weights[1:] ** 2).sum() / 2
        slope = design.T @ (1 / (1 + np.exp(-odds)) - truth)
        slope[1:] += RIDGE * weights[1:]
        return float(value), slope

    found = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B",
                     options={"maxiter": 500})  # fmt: skip
    return found.x / scale


def fit_steps(scores: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Isotonic frequencies, drawn a little to the middle, at a few dozen scores."""
    order = np.argsort(scores)
    level = isotonic_regression(truth[order]).x
    edges = np.flatnonzero(np.diff(level)) + 1
    at, chance = [], []
    for begin, end in pairwise([0, *edges.tolist(), len(level)]):
        at.append(float(np.median(scores[order][begin:end])))
        chance.append(float((truth[order][begin:end].sum() + 0.25) / (end - begin + 0.5)))
    smooth = np.clip(isotonic_regression(np.array(chance)).x, LEAST, MOST)
    return np.array(at), smooth


def fit(table: np.ndarray, truth: np.ndarray, world: np.ndarray) -> Calibration:
    """The whole table: weights from all worlds, steps from scores of worlds left out."""
    knots = tuple(knots_of(column, truth) for column in table.T)
    ranges = tuple(
        (float(low), float(high)) for low, high in zip(table.min(0), table.max(0), strict=True)
    )
    empty = np.zeros(0)
    blank = Calibration(VERSION, DOMAIN, FIGURES, ranges, knots, PRODUCTS, empty, empty, empty)
    fold = np.unique(world, return_inverse=True)[1] % FOLDS
    scores = np.zeros(len(truth))
    for one in range(FOLDS):
        out = fold == one
        scores[out] = hinges(table[out], blank) @ fit_score(table[~out], truth[~out], blank)
    at, chances = fit_steps(scores, truth)
    return replace(blank, weights=fit_score(table, truth, blank), scores=at, chances=chances)


def write(calibration: Calibration, path: Path = TABLE) -> None:
    """The table as JSON, with the command that makes it."""
    record = {
        "version": calibration.version,
        "made_by": "python -m bench.trace_calibration",
        "seeds": [[each.start, each.stop] for each in (TRAINING, WIDE_TRAINING)],
        "domain": calibration.domain,
        "domain_zh": DOMAIN_ZH,
        "figures": list(calibration.figures),
        "ranges": [[float(f"{each:.6g}") for each in pair] for pair in calibration.ranges],
        "knots": [list(each) for each in calibration.knots],
        "products": [list(each) for each in calibration.products],
        "weights": [float(f"{each:.6g}") for each in calibration.weights],
        "scores": [round(float(each), 4) for each in calibration.scores],
        "chances": [round(float(each), 5) for each in calibration.chances],
    }
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def pairs_of(lists: list[Outcome]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Figures, truth and world of every list and recipient that held anybody."""
    table = np.concatenate([each.table[each.held > 0] for each in lists])
    truth = np.concatenate([each.truth[each.held > 0] for each in lists])
    world = np.concatenate([np.full(int((each.held > 0).sum()), each.seed) for each in lists])
    return table, truth, world


def main() -> int:
    """Gather, fit and write."""
    lists = [*gather(TRAINING, 2), *gather(WIDE_TRAINING, 2, wide_outcomes_of)]
    table, truth, world = pairs_of(lists)
    write(fit(table, truth, world))
    sys.stdout.write(f"{len(truth)} pairs, {int(truth.sum())} guilty -> {TABLE.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
