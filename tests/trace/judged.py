"""Results as `mingdai trace list --json` writes them, from small cases judged for real."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from mingdai.trace.attributing import attribute
from mingdai.trace.calibrating import read_calibration
from mingdai.trace.keys import Mapping
from mingdai.trace.lists import Found, as_record
from mingdai.trace.words import Case, DecoyTrial
from tests.trace.cases import make_case

TABLE = read_calibration()
RUN = {
    "at": "2026-03-02T01:02:03+00:00",
    "version": "0",
    "found_at": "2026-03-01T00:00:00+00:00",
    "columns": "",
    **{name: {"sha256": f"{at}" * 64} for at, name in enumerate(("list", "borrowers", "ledger"))},
}


def judge(case: Case, /, **more: Any) -> dict[str, Any]:
    """The result of a case; `more` adds or replaces members."""
    roles = dict.fromkeys(Mapping.__dataclass_fields__, ())
    mapping = Mapping(**{**roles, "mobile": (0,), "name": (1,)})
    found = Found(
        attribute(case, TABLE), mapping, ("手机", "姓名"), "utf-8", ",",
        case.rows + 8, case.matched, float(case.listed.weight.sum()), 3, (),
    )  # fmt: skip
    return json.loads(json.dumps({**as_record(found, TABLE), "run": RUN, **more}))


def named() -> dict[str, Any]:
    """P000: dozens of draws of one in four, and two decoys that it alone had."""
    listed = list(range(60))
    pairs = [(person, person % 5) for person in range(400)]
    drawn = [(person, 0 if person % 5 and person < 50 else (person + 1) % 5, 0.25)
             for person in range(400)]  # fmt: skip
    trial = DecoyTrial("exact", np.array([2, 0, 0, 0, 0]), np.full(5, 1e-6))
    return judge(make_case(5, 400, pairs, listed, draws=drawn, decoys=(trial,)), case="2026-001")


def nobody() -> dict[str, Any]:
    """A list in which nobody is known."""
    pairs = [(person, person % 3) for person in range(90)]
    return judge(make_case(3, 90, pairs, []))


def overlapping() -> dict[str, Any]:
    """A list that is P000's own people, without any evidence by design."""
    pairs = [(person, person % 6) for person in range(900)]
    return judge(make_case(6, 900, pairs, [each for each in range(300) if each % 6 == 0]))
