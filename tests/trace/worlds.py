"""Made-up worlds with hidden traits, as arrays; `writing.py` beside it turns one into files.

People have traits that no column shows.  Those who choose the same recipient are alike in them, and
an outside list prefers the same traits, so an innocent recipient's borrowers can fill a list.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from mingdai.trace.words import Case, Copies, DecoyTrial, Draws, People

DAYS = 1000
NAME, MOBILE, ID, ADDRESS, AMOUNT, TIME = (1 << bit for bit in range(6))


@dataclass(frozen=True)
class Shape:
    """What a world is like; `sample_shape` draws one."""

    partners: int = 50
    people: int = 20_000
    holders: float = 3.0
    overlap: float = 0.0
    overlap_kind: str = "clique"
    trait: float = 1.0
    place: float = 0.5
    routing: float = 0.2
    decoys: int = 0
    affiliates: int = 2
    later: float = 0.3
    partial_fields: bool = True
    kind: str = "plane"
    """Hidden trait: `plane` (two of them), `line` (one) or `classes` (twelve kinds of people)."""
    popular: float = 0.8
    """Spread of the recipients' sizes, in log odds."""
    seasons: bool = False
    """Recipients come and go; a draw is among those active that day."""
    employees: int = 0
    """Further recipients: staff who read some dozens or hundreds of people."""


@dataclass(frozen=True)
class Leaking:
    """How a list came to be."""

    colluders: int = 1
    rows: int = 1000
    outside: int = 0
    gamma: float = 1.0
    filtered: str = "uniform"
    strangers: float = 0.2
    found: int = DAYS
    skew: float = 0.0


@dataclass
class World:
    shape: Shape
    rng: np.random.Generator
    joined: np.ndarray
    city: np.ndarray
    age: np.ndarray
    amount: np.ndarray
    trait: np.ndarray
    moved: np.ndarray
    """Day the second version begins; beyond DAYS if none."""
    person: np.ndarray
    partner: np.ndarray
    day: np.ndarray
    drawn: np.ndarray
    propensity: np.ndarray
    fields: np.ndarray
    decoy: np.ndarray
    """True for made-up people."""
    twins: list[tuple[int, int]] = field(default_factory=list)


def sample_shape(rng: np.random.Generator) -> Shape:
    return Shape(
        partners=int(rng.choice([15, 30, 50, 50, 50, 100, 150])),
        people=int(rng.choice([5_000, 10_000, 20_000, 20_000, 40_000])),
        holders=float(rng.choice([rng.uniform(1.3, 3), rng.uniform(1.3, 6)])),
        overlap=float(rng.choice([0, 0, 0.3, 0.6, 0.9])),
        overlap_kind=str(rng.choice(["clique", "pool"])),
        trait=float(rng.choice([0.3, 1.0, 1.0, 1.5])),
        place=float(rng.choice([0, 0.5, 1.0])),
        routing=float(rng.choice([0, 0.1, 0.2, 0.2, 0.2])),
        decoys=int(rng.choice([0, 0, 3, 20])),
        affiliates=int(rng.choice([0, 1, 3])),
        later=float(rng.choice([0, 0.3])),
        partial_fields=bool(rng.random() < 0.5),
        kind=str(rng.choice(["plane", "line", "classes"])),
        popular=float(rng.choice([0.3, 0.5, 0.8, 1.2])),
        seasons=bool(rng.random() < 0.3),
        employees=int(rng.choice([0, 0, 5, 20])),
    )


def recipients(shape: Shape) -> int:
    """Partners and employees."""
    return shape.partners + shape.employees


def sample_leaking(rng: np.random.Generator, world: World) -> Leaking:
    innocent = rng.random() < 0.35
    colluders = 0 if innocent else int(rng.choice([1, 1, 1, 2, 3, 4, 5]))
    rows = int(10 ** rng.uniform(1, 4.3))
    mixed = innocent or rng.random() < 0.5
    return Leaking(
        colluders=colluders,
        rows=rows,
        outside=int(10 ** rng.uniform(1, 4)) if mixed else 0,
        gamma=float(rng.choice([0, 0.5, 1.0, 2.0])),
        filtered=str(rng.choice(["uniform", "uniform", "city", "amount", "recent", "trait"])),
        strangers=float(rng.choice([0, 0.2, 0.6])),
        found=int(rng.uniform(0.5, 1.0) * DAYS),
        skew=float(rng.choice([0, 1.0])),
    )


def make_world(shape: Shape, seed: int) -> World:
    rng = np.random.default_rng(seed)
    count = shape.people
    trait = _traits(shape, rng)
    city = np.minimum(rng.geometric(0.12, count) - 1, 29)
    age = rng.integers(18, 61, count)
    amount = np.exp(rng.normal(9.2 + 0.3 * trait[:, 0], 0.8)).astype(np.int64) // 100 * 100 + 1000
    joined = rng.integers(0, DAYS, count)
    moved = np.where(
        rng.random(count) < shape.later, joined + rng.integers(20, 600, count), 10 * DAYS
    )
    held = _chosen(shape, rng, trait, city)
    held, twins = _twinned(shape, rng, held)
    person, partner = np.nonzero(held)
    day = joined[person] + rng.geometric(0.02, len(person)) - 1
    opened, closed = _seasons(shape, rng)
    open_ = (day >= opened[partner]) & (day <= closed[partner])
    person, partner, day = person[open_], partner[open_], day[open_]
    world = World(
        shape, rng, joined, city, age, amount, trait, moved, person, partner, day,
        np.zeros(len(person), bool), np.ones(len(person)), np.zeros(len(person), np.int64),
        np.zeros(count, bool), twins,
    )  # fmt: skip
    _draw(world, opened, closed)
    _employ(world)
    _place_decoys(world)
    _send_fields(world)
    return world


def _traits(shape, rng):
    if shape.kind == "classes":
        centre = rng.normal(size=(12, 2))
        return centre[rng.integers(0, 12, shape.people)] + 0.2 * rng.normal(size=(shape.people, 2))
    trait = rng.normal(size=(shape.people, 2))
    return trait * (1, 0) if shape.kind == "line" else trait


def _seasons(shape, rng):
    """First and last day of each recipient."""
    if not shape.seasons:
        return np.zeros(shape.partners), np.full(shape.partners, 10 * DAYS)
    opened = rng.integers(-DAYS, DAYS // 2, shape.partners)
    return opened, opened + rng.integers(DAYS // 2, 3 * DAYS, shape.partners)


def _employ(world):
    """Staff read people of one city, or anybody, some time after they joined."""
    shape, rng = world.shape, world.rng
    for each in range(shape.employees):
        able = np.arange(shape.people)
        if rng.random() < 0.5:
            able = np.flatnonzero(world.city[: shape.people] == rng.integers(0, 6))
        person = rng.choice(able, min(len(able), int(10 ** rng.uniform(1.5, 2.9))), replace=False)
        day = world.joined[person] + rng.integers(0, 200, len(person))
        partner = np.full(len(person), shape.partners + each)
        _append(world, person, partner, day, drawn=False, propensity=np.ones(len(person)))


def _chosen(shape, rng, trait, city):
    """Natural holdings: people × recipients, more alike than the columns show."""
    count, size = shape.people, shape.partners
    taste = rng.normal(size=(size, 2)) * shape.trait * 0.7
    popular = rng.normal(0, shape.popular, size)
    local = rng.normal(0, shape.place, (size, 30))
    appeal = popular[None] + trait @ taste.T + local.T[city]
    appeal += rng.gumbel(size=(count, size))
    wanted = np.minimum(1 + rng.poisson(np.maximum(shape.holders - 1, 0.1), count), size // 2)
    order = np.argsort(-appeal, axis=1)[:, : wanted.max()]
    held = np.zeros((count, size), bool)
    rows = np.repeat(np.arange(count), wanted)
    held[rows, order[np.arange(wanted.max())[None] < wanted[:, None]]] = True
    if shape.overlap:
        _overlap(shape, rng, held)
    return held


def _overlap(shape, rng, held):
    """Make recipients share most of their rows: all from one pool, or in cliques of six."""
    size = shape.partners
    cliques = (
        [np.arange(size)]
        if shape.overlap_kind == "pool"
        else np.array_split(rng.permutation(size), max(1, size // 6))
    )
    for clique in cliques:
        own = np.flatnonzero(held[:, clique].any(axis=1))
        mean = max(1, int(held[:, clique].sum() / len(clique)))
        shared = rng.choice(own, min(len(own), int(mean * 1.05) + 1), replace=False)
        for each in clique:
            mine = np.flatnonzero(held[:, each])
            drop = rng.random(len(mine)) < shape.overlap
            held[mine[drop], each] = False
            take = rng.random(len(shared)) < min(1.0, drop.sum() / max(1, len(shared)))
            held[shared[take], each] = True


def _twinned(shape, rng, held):
    """Affiliates: the second keeps the first one's rows but for a few."""
    twins = []
    for pair in range(shape.affiliates):
        first, second = 2 * pair, 2 * pair + 1
        held[:, second] = held[:, first] & (rng.random(len(held)) < 0.985)
        twins.append((first, second))
    return held, twins


def _append(world, person, partner, day, *, drawn, propensity):
    world.person = np.concatenate([world.person, person])
    world.partner = np.concatenate([world.partner, partner])
    world.day = np.concatenate([world.day, day])
    world.drawn = np.concatenate([world.drawn, np.full(len(person), drawn)])
    world.propensity = np.concatenate([world.propensity, propensity])
    world.fields = np.concatenate([world.fields, np.zeros(len(person), np.int64)])


def _draw(world, opened, closed):
    """One more recipient for some, uniform among active ones that do not otherwise hold them."""
    shape, rng = world.shape, world.rng
    lucky = np.flatnonzero(rng.random(shape.people) < shape.routing)
    day = world.joined[lucky] + rng.geometric(0.02, len(lucky)) - 1
    held = np.zeros((shape.people, shape.partners), bool)
    held[world.person, world.partner] = True
    free = ~held[lucky] & (day[:, None] >= opened) & (day[:, None] <= closed)
    able = free.any(axis=1)
    lucky, day, free = lucky[able], day[able], free[able]
    if not len(lucky):
        return
    score = np.where(free, rng.random(free.shape), -1.0)
    chance = 1 / free.sum(axis=1)
    _append(world, lucky, score.argmax(axis=1), day, drawn=True, propensity=chance)


def _place_decoys(world):
    shape, rng = world.shape, world.rng
    count = shape.decoys * shape.partners
    if not count:
        return
    first = len(world.joined)
    for name, values in (
        ("joined", rng.integers(0, DAYS, count)),
        ("city", np.minimum(rng.geometric(0.12, count) - 1, 29)),
        ("age", rng.integers(18, 61, count)),
        ("amount", np.exp(rng.normal(9.2, 0.8, count)).astype(np.int64) // 100 * 100 + 1000),
        ("moved", np.full(count, 10 * DAYS)),
        ("decoy", np.ones(count, bool)),
    ):
        setattr(world, name, np.concatenate([getattr(world, name), values]))
    world.trait = np.concatenate([world.trait, np.zeros((count, 2))])
    person = np.arange(first, first + count)
    day = world.joined[person] + 1
    partner = np.arange(count) % shape.partners
    _append(world, person, partner, day, drawn=False, propensity=np.ones(count))


def _send_fields(world):
    rng = world.rng
    usual = np.full(recipients(world.shape), 63)
    if world.shape.partial_fields:
        usual = NAME | MOBILE | rng.integers(0, 16, len(usual)) * 4
    world.fields = usual[world.partner]


@dataclass
class Leaked:
    """The truth of one list: who is in it because of whom."""

    leaking: Leaking
    guilty: list[int]
    rows_of: dict[int, int]
    """For each guilty recipient, how many people its copies put in the list."""
    listed: np.ndarray
    version: np.ndarray
    """The version of the values shown, 0 or 1."""
    shown: int
    """Fields shown, as a mask."""
    strangers: int


def leak(world: World, leaking: Leaking) -> Leaked:
    rng = world.rng
    before = world.day <= leaking.found - int(rng.integers(0, 60))
    counts = np.bincount(world.partner[before], minlength=recipients(world.shape))
    able = np.flatnonzero(counts >= 20)
    guilty = _pick_guilty(world, rng, able, leaking.colluders)
    shown = MOBILE | (NAME if rng.random() < 0.7 else 0)
    bias = _taste_for(world, rng, leaking)
    people, versions, rows_of = [], [], {}
    for each in guilty:
        own = np.flatnonzero(before & (world.partner == each))
        wanted = leaking.rows if leaking.skew == 0 else leaking.rows * rng.uniform(0.1, 1)
        picked = _filtered(world, rng, own, leaking.filtered, max(1, int(wanted)))
        people.append(world.person[picked])
        versions.append((world.day[picked] >= world.moved[world.person[picked]]).astype(int))
        rows_of[int(each)] = len(np.unique(world.person[picked]))
    if leaking.outside:
        outside = _outside(world, rng, bias, int(leaking.outside * (1 - leaking.strangers)))
        people.append(outside)
        versions.append((leaking.found - 100 >= world.moved[outside]).astype(int))
    person = np.concatenate(people) if people else np.zeros(0, int)
    version = np.concatenate(versions) if versions else np.zeros(0, int)
    listed, first = np.unique(person, return_index=True)
    return Leaked(
        leaking, [int(g) for g in guilty], rows_of, listed, version[first], shown,
        int(leaking.outside * leaking.strangers),
    )  # fmt: skip


def _pick_guilty(world, rng, able, count):
    """Colluders: neighbours with many shared rows half of the time."""
    if count == 0 or len(able) < count:
        return np.zeros(0, int)
    if count == 1 or rng.random() < 0.5:
        return rng.choice(able, count, replace=False)
    seed = rng.choice(able)
    mine = np.isin(world.person, world.person[world.partner == seed])
    shared = np.bincount(world.partner[mine], minlength=recipients(world.shape))[able]
    return able[np.argsort(-shared - 0.1 * rng.random(len(able)))[:count]]


def _taste_for(world, rng, leaking):
    way = rng.normal(size=2)
    way = way / np.linalg.norm(way) if world.shape.kind != "line" else np.array([1.0, 0.0])
    by_city = rng.normal(0, 0.5, 30)
    return leaking.gamma * world.trait @ way + by_city[world.city]


def _outside(world, rng, bias, count):
    real = np.flatnonzero(~world.decoy)
    key = bias[real] + rng.gumbel(size=len(real))
    return real[np.argsort(-key)[: min(count, len(real) // 2)]]


def _filtered(world, rng, own, kind, wanted):
    """Rows of `own` that the leaker lets go."""
    who = world.person[own]
    if kind == "city":
        near = own[world.city[who] == world.city[rng.choice(who)]]
        own = near if len(near) >= 10 else own
    elif kind == "amount":
        own = own[world.amount[who] >= np.quantile(world.amount[who], 0.6)]
    elif kind == "recent":
        own = own[np.argsort(-world.day[own])[: max(10, 2 * wanted)]]
    elif kind == "trait":
        key = world.trait[who, 0] + rng.gumbel(size=len(own))
        return own[np.argsort(-key)[: min(wanted, len(own))]]
    return rng.choice(own, min(wanted, len(own)), replace=False)


def as_case(world: World, leaked: Leaked, *, blur: float = 0.0) -> Case:
    """The arrays that reading and matching give; masked rows also fit `blur` strangers each."""
    found = leaked.leaking.found
    before = world.day <= found
    person, partner, day = world.person[before], world.partner[before], world.day[before]
    drawn, fields = world.drawn[before], world.fields[before]
    count = len(world.joined)
    known = np.zeros(count, bool)
    known[person] = True
    listed, shown, weight = _blurred(world, leaked, known, blur)
    position = np.full(count, -1)
    position[listed] = np.arange(len(listed))
    mine = position[person] >= 0
    fit = np.where((day >= world.moved[person]) == shown[person], 1.0, 0.05)
    fit = np.where((leaked.shown & ~fields) != 0, 0.05 * fit, fit)
    stratum = _strata(world)
    draws = mine & drawn
    everyone = np.flatnonzero(known)
    place = np.full(count, -1)
    place[everyone] = np.arange(len(everyone))
    size = recipients(world.shape)
    return Case(
        partners=tuple(f"P{each:03d}" for each in range(size)),
        listed=People(
            weight,
            stratum[listed],
            Copies(position[person[mine]], partner[mine], fit[mine], ~drawn[mine]),
        ),
        sample=People(
            np.ones(len(everyone)),
            stratum[everyone],
            Copies(place[person], partner, np.ones(len(person)), ~drawn),
        ),
        held=np.bincount(partner, minlength=size).astype(float),
        drawn=np.bincount(partner[drawn], minlength=size).astype(float),
        population=float(len(everyone)),
        draws=Draws(position[person[draws]], partner[draws], world.propensity[before][draws]),
        has_draws=bool(world.drawn.any()),
        decoys=_decoy_trials(world, leaked, person, partner),
        has_decoys=bool(world.decoy.any()),
        rows=len(leaked.listed) + leaked.strangers,
        matched=int(known[leaked.listed].sum()),
    )


def _blurred(world, leaked, known, blur):
    """Who fits the rows, the version each would show, and the weight of each."""
    rows = leaked.listed[known[leaked.listed]]
    shown = np.zeros(len(world.joined), bool)
    shown[leaked.listed] = leaked.version == 1
    if not blur:
        return rows, shown, np.ones(len(rows))
    others = world.rng.poisson(blur, len(rows))
    weight = np.repeat(1 / (1 + others), 1 + others)
    start = np.cumsum(1 + others) - 1 - others
    person = world.rng.choice(np.flatnonzero(known), len(weight))
    person[start] = rows
    best = np.zeros(len(world.joined))
    np.maximum.at(best, person, weight)
    listed = np.unique(person)
    return listed, shown, best[listed]


def _strata(world):
    place = np.minimum(world.city, 5)
    old = np.digitize(world.age, [30, 45])
    rich = np.digitize(world.amount, [8_000, 20_000])
    return (place * 3 + old) * 3 + rich


def _decoy_trials(world, leaked, person, partner):
    if not world.decoy.any():
        return ()
    made = world.decoy[person]
    size = recipients(world.shape)
    hit = made & np.isin(person, leaked.listed)
    out = np.bincount(partner[made], minlength=size)
    chance = out * (leaked.strangers + 1) / 4e9
    return (DecoyTrial("exact", np.bincount(partner[hit], minlength=size), chance),)


def with_shape(shape: Shape, **changes) -> Shape:
    return replace(shape, **changes)
