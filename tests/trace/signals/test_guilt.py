from __future__ import annotations

import numpy as np
import pytest

from mingdai.trace.signals.guilt import weigh_guilt
from tests.trace.cases import make_case


def test_the_published_example_by_hand():
    """Two listed people; one held by A alone, one by A and B; p = 0.5."""
    case = make_case(2, 2, [(0, 0), (1, 0), (1, 1)], [0, 1])

    guilt = 1 - np.exp(-weigh_guilt(case, 0.5))

    assert guilt == pytest.approx([1 - 0.5 * 0.75, 1 - 0.75])


def test_who_held_nobody_listed_is_guiltless():
    assert weigh_guilt(make_case(2, 2, [(0, 0), (1, 1)], [0])).tolist()[1] == 0.0


def test_it_names_the_innocent_by_size_alone():
    """Why it ranks here and never accuses: a hundred strangers known to A are enough."""
    case = make_case(2, 400, [(person, 0) for person in range(400)], list(range(0, 400, 4)))

    assert 1 - np.exp(-weigh_guilt(case, 0.9))[0] > 0.99
