"""Seeded damage to a ledger and its receipts; every piece of it must be refused with a reason.

`run(count, seed)` answers a `Tally`.  A mutant that is byte for byte the original is not counted.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from mingdai_proofs.flaws import Flaw, Flawed
from mingdai_proofs.ledgers import verify_ledger
from mingdai_proofs.receipts import Receipt, verify_receipt
from tests.proofs.worlds import (
    LOG,
    OTHER_LOG,
    POLICY,
    WITNESS,
    WITNESS_PQ,
    Log,
    make_entries,
    written,
)

KEYS = [LOG.verifier, WITNESS.verifier, WITNESS_PQ.verifier]
SIZE = 300
PAST = 200


@dataclass
class Tally:
    """How many mutants of each kind were tried, the codes they met, and any accepted."""

    tried: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    accepted: list[str] = field(default_factory=list)

    def add(self, kind: str, flaw: Flaw | None, what: str) -> None:
        self.tried[kind] += 1
        if flaw is None or not flaw.code or not flaw.reason:
            self.accepted.append(f"{kind}: {what}")
        else:
            self.codes[flaw.code] += 1


class Memory:
    """A source over a dict, with some files replaced; None means deleted."""

    def __init__(self, files: dict[str, bytes], changed: dict[str, bytes | None]) -> None:
        self._files = files
        self._changed = changed

    def read(self, path: str) -> bytes:
        data = self._changed.get(path, self._files.get(path))
        if data is None:
            raise FileNotFoundError(path)
        return data

    def widths(self, path: str) -> list[int]:
        start = f"{path}.p/"
        names = (each for each in self._files if each.startswith(start))
        return sorted(int(each.removeprefix(start)) for each in names)


def damage(data: bytes, dice: random.Random) -> tuple[str, bytes]:
    """One small change: a bit flipped, bytes inserted, deleted, swapped, or the end cut off."""
    kind = dice.choice(("flip", "insert", "delete", "truncate", "overwrite", "swap"))
    at = dice.randrange(len(data))
    width = dice.randint(1, 8)
    match kind:
        case "flip":
            found = data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]
        case "insert":
            found = data[:at] + dice.randbytes(width) + data[at:]
        case "delete":
            found = data[:at] + data[at + width :]
        case "truncate":
            found = data[:at]
        case "overwrite":
            found = data[:at] + dice.randbytes(width) + data[at + width :]
        case _:
            other = dice.randrange(len(data))
            low, high = sorted((at, other))
            middle = data[low + 1 : high]
            found = data[:low] + data[high : high + 1] + middle + data[low : low + 1]
            found = found + data[high + 1 :] if low != high else data
    return kind, found


def _judge_receipt(data: bytes) -> Flaw | None:
    try:
        return verify_receipt(Receipt.parse(data), POLICY)
    except Flawed as flawed:
        return flawed.flaw


def _judge_ledger(files: dict[str, bytes], changed: dict[str, bytes | None]) -> Flaw | None:
    return verify_ledger(Memory(files, changed), KEYS, previous=_past()).flaw


_PAST: list[bytes] = []


def _past() -> bytes:
    if not _PAST:
        _PAST.append(written(PAST)[0].files["checkpoint"])
    return _PAST[0]


def _mutate_receipts(tally: Tally, dice: random.Random, count: int) -> None:
    log, entries = written(SIZE)
    receipts = [log.receipt(index, entries[index]).encode() for index in (0, 17, 255, 256, 299)]
    for _ in range(count):
        original = dice.choice(receipts)
        kind, mutant = damage(original, dice)
        if mutant != original:
            tally.add(f"receipt {kind}", _judge_receipt(mutant), repr(mutant[:80]))


def _mutate_files(tally: Tally, dice: random.Random, count: int) -> None:
    log, _ = written(SIZE)
    paths = sorted(log.files)
    for _ in range(count):
        path = dice.choice(paths)
        kind, mutant = damage(log.files[path], dice)
        if mutant != log.files[path]:
            noun = "checkpoint" if path == "checkpoint" else path.split("/")[1]
            noun = noun if noun in ("checkpoint", "entries") else "tile"
            tally.add(f"{noun} {kind}", _judge_ledger(log.files, {path: mutant}), path)


def _rewrite_history(tally: Tally, dice: random.Random, count: int) -> None:
    """Forks, rollbacks and strangers: whole logs that are sound but not the one we knew."""
    honest = make_entries(SIZE)
    worlds: list[tuple[str, Callable[[], dict[str, bytes]]]] = [
        ("fork", lambda: _fork(honest, dice, LOG)),
        ("rollback", lambda: written(dice.randrange(1, PAST))[0].files),
        ("stranger", lambda: _fork(honest, dice, OTHER_LOG)),
    ]
    for number in range(count):
        kind, build = worlds[number % len(worlds)]
        tally.add(kind, _judge_ledger(build(), {}), f"number {number}")


def _fork(honest: list[bytes], dice: random.Random, signer: object) -> dict[str, bytes]:
    entries = list(honest)
    entries[dice.randrange(PAST)] = make_entries(1, first=SIZE + dice.randrange(10**6))[0]
    log = Log(signer=signer)  # type: ignore[arg-type]
    log.append(entries)
    return log.files


def run(count: int, seed: int = 1) -> Tally:
    """Try about `count` mutants, seeded: 7 in 10 receipts, 3 in 10 ledger files, 60 histories."""
    dice, tally = random.Random(seed), Tally()  # noqa: S311 - a seeded test, not a secret
    _mutate_receipts(tally, dice, count * 7 // 10)
    _mutate_files(tally, dice, count * 3 // 10)
    _rewrite_history(tally, dice, 60)
    return tally
