"""Invent a person who does not exist, for decoys and for trials of a partner's test system.

ID numbers are of region 999999, which the state does not give out, mobiles of 199-0000, places of
a province that is not there.  Nothing is drawn from a real person.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta

from mingdai.accounts.models import Borrower
from mingdai.vault.keeping import keep, mobile_index

Rng = Callable[[int], bytes]

_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅鑫波斌宇浩凯琳雪"
_PLACES = ("明川市东湖区", "明川市青禾区", "北桥市松岭区", "北桥市新安县", "安澜市河西区")
_ROADS = ("和平路", "青松街", "云岭大道", "河西路", "新安街", "东湖路")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def invent(rng: Rng) -> dict[str, str]:
    """A value for each field a decoy can need; `email` is nobody's and is replaced by an alias."""
    floor = 1 + _pick(rng, 18)
    return {
        "name": _SURNAMES[_pick(rng, len(_SURNAMES))]
        + "".join(_GIVEN[_pick(rng, len(_GIVEN))] for _ in range(1 + _pick(rng, 2))),
        "mobile": f"1990000{_pick(rng, 10_000):04d}",
        "id_number": _id_number(rng),
        "email": f"{rng(8).hex()}@mail.example",
        "address": f"云岭省{_PLACES[_pick(rng, len(_PLACES))]}{_ROADS[_pick(rng, len(_ROADS))]}"
        f"{1 + _pick(rng, 300)}号{1 + _pick(rng, 20)}栋{1 + _pick(rng, 4)}单元"
        f"{floor}0{1 + _pick(rng, 4)}室",
    }


def settle_in(
    values: Mapping[str, str], codes: Collection[str], *, at: datetime
) -> Borrower | None:
    """A borrower of whom `codes` are kept; None where the mobile number is taken already."""
    index = mobile_index(values["mobile"])
    if Borrower.objects.filter(mobile_index=index).exists():
        return None
    borrower = Borrower.objects.create(mobile_index=index, created_at=at)
    for code in sorted(codes):
        keep(borrower, code, values[code], at=at)
    return borrower


def _id_number(rng: Rng) -> str:
    """Region 999999, an adult's birth date, a check character that fits."""
    born = date(1975, 1, 1) + timedelta(days=_pick(rng, 25 * 365))
    body = f"999999{born:%Y%m%d}{_pick(rng, 1000):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECKS[total % 11]


def _pick(rng: Rng, count: int) -> int:
    return int.from_bytes(rng(8), "big") % count
