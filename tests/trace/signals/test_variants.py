import hmac
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mingdai.gate.marking import Marker, mark, send_time
from mingdai.gate.marking_codes import CUT, STEPS
from mingdai.gate.marking_spellings import KINDS
from mingdai.trace.signals.variants import (
    Given,
    Marks,
    Row,
    accuse,
    gather,
    scores,
    tail,
    weigh_variants,
)

NAMES = [f"lender-{each}" for each in range(12)]
ALL = frozenset(KINDS)
LEAST, MOST = round(CUT * STEPS), round((1 - CUT) * STEPS)


def draw(message: bytes) -> bytes:
    return hmac.digest(b"k" * 32, message, "sha256")


def values(number: int) -> dict[str, str]:
    return {
        "address": f"云岭省明川市东湖区和平路{number + 3}号{number % 9 + 1}栋2单元401室",
        "employer": "明川示例(东湖)科技有限公司",
        "mobile": f"199{number:08d}",
    }


def world(rows: int, leaker: int | None, write=lambda text: text):
    """A list of `rows` borrowers as `leaker`'s copies show them, and who had a copy: everybody."""
    lines, copies = [], {}
    for number in range(rows):
        record = f"r{number}"
        marked = [
            mark(values(number), alias="", marker=Marker(record, name, ALL, draw)) for name in NAMES
        ]
        shown = values(number) if leaker is None else marked[leaker].values
        lines.append(Row(record, {code: write(text) for code, text in shown.items()}))
        copies[record] = [Given(i, frozenset(each.places)) for i, each in enumerate(marked)]
    return lines, copies


def test_the_one_whose_spellings_a_list_shows_is_named_and_nobody_else():
    lines, copies = world(20, leaker=3)

    test = weigh_variants(gather(lines, copies, NAMES, draw), len(NAMES))

    assert accuse(test, 1e-6) == [3]
    assert (test.places > 100).all()


def test_values_as_the_borrowers_gave_them_name_nobody():
    lines, copies = world(20, leaker=None)

    test = weigh_variants(gather(lines, copies, NAMES, draw), len(NAMES))

    assert accuse(test, 1e-3) == []


def test_where_every_sign_was_made_half_width_the_rest_still_names():
    table = str.maketrans("０１２３４５６７８９（）", "0123456789()")
    lines, copies = world(40, leaker=5, write=lambda text: text.translate(table))

    marks = gather(lines, copies, NAMES, draw)
    test = weigh_variants(marks, len(NAMES))

    assert accuse(test, 1e-6) == [5]
    assert test.places[5] < len(marks.seen)


def test_who_had_no_copy_or_an_unmarked_one_is_not_scored():
    lines, copies = world(8, leaker=1)
    bare = {key: [each[1], Given(2, frozenset())] for key, each in copies.items()}

    test = weigh_variants(gather(lines, bare, NAMES, draw), len(NAMES))

    assert accuse(test, 1e-3) == [1]
    assert [test.places[each] for each in (0, 2)] == [0, 0]
    assert [test.p_value[each] for each in (0, 2)] == [1.0, 1.0]


def test_a_row_of_nobody_we_know_says_nothing():
    marks = gather([Row("stranger", values(1))], {}, NAMES, draw)

    assert len(marks.seen) == 0
    assert (weigh_variants(marks, 3).p_value == 1.0).all()
    assert accuse(weigh_variants(marks, 3), 1.0) == []


def test_the_same_row_twice_counts_once():
    lines, copies = world(3, leaker=0)

    once = gather(lines, copies, NAMES, draw)
    twice = gather([*lines, *lines], copies, NAMES, draw)

    assert len(once.seen) == len(twice.seen)


def test_sending_times_alone_name_who_sent_so():
    start = datetime(2026, 3, 1, tzinfo=UTC)
    lines, copies = [], {}
    for number in range(120):
        at = start + timedelta(seconds=97 * number)
        sent, places = send_time(at, Marker(f"r{number}", NAMES[2], ALL, draw))
        lines.append(Row(f"r{number}", {}, sent_at=sent + timedelta(hours=8, seconds=2)))
        copies[f"r{number}"] = [Given(each, frozenset(places)) for each in range(len(NAMES))]

    test = weigh_variants(gather(lines, copies, NAMES, draw), len(NAMES))

    assert accuse(test, 1e-6) == [2]


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(LEAST, MOST)), min_size=1, max_size=9))
def test_an_innocents_score_has_mean_0_and_variance_1_at_each_place(places):
    seen, bias = (np.array(each) for each in zip(*places, strict=True))
    one, zero = scores(seen, bias)
    p = bias / STEPS

    assert np.allclose(p * one + (1 - p) * zero, 0)
    assert np.allclose(p * one**2 + (1 - p) * zero**2, 1)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(LEAST, MOST)), min_size=1, max_size=8))
def test_the_tail_is_never_below_the_exact_probability(places):
    seen, bias = (np.array(each) for each in zip(*places, strict=True))
    one, zero = scores(seen, bias)
    p = bias / STEPS
    sums, masses = np.zeros(1), np.ones(1)
    for each in range(len(seen)):
        sums = np.concatenate([sums + one[each], sums + zero[each]])
        masses = np.concatenate([masses * p[each], masses * (1 - p[each])])

    for at in np.quantile(sums, [0.1, 0.5, 0.9, 1.0]):
        exact = masses[sums >= at - 1e-9].sum()
        assert tail(float(at), seen, bias) >= exact * (1 - 1e-9)


def test_innocents_pass_a_level_no_more_often_than_it_says():
    rng = np.random.default_rng(5)
    places, people = 160, 4000
    bias = rng.integers(LEAST, MOST, places)
    seen = rng.integers(0, 2, places)
    bits = (rng.random((people, places)) * STEPS < bias).astype(np.int64)
    who, place = np.meshgrid(np.arange(people), np.arange(places), indexing="ij")
    marks = Marks(seen, bias, place[0] % 4, place.ravel(), who.ravel(), bits.ravel())

    p_value = weigh_variants(marks, people).p_value

    assert (p_value <= 0.01).sum() <= 0.01 * people
    assert (p_value <= 0.1).sum() <= 0.1 * people
