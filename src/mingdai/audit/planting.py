"""Make up a person to plant: an identity that belongs to nobody and is told apart everywhere.

Region 999999 does not exist, `.test` is reserved, and the mobile range is not given out.  Outside
the test world the mobile and the e-mail must be replaced by ones the auditor owns.
"""

from __future__ import annotations

from collections.abc import Callable

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "安宁晨曦嘉禾若水思远清越书言知秋景行云舟子衿明夷令仪怀瑾"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def made_up_person(rng: Callable[[int], bytes]) -> dict[str, str]:
    """Values by field code: name, mobile, id_number, email, address; `rng` gives random bytes."""

    def pick(count: int) -> int:
        return int.from_bytes(rng(8), "big") % count

    name = SURNAMES[pick(len(SURNAMES))] + GIVEN[pick(len(GIVEN))] + GIVEN[pick(len(GIVEN))]
    born = f"19{70 + pick(30):02d}{1 + pick(12):02d}{1 + pick(28):02d}"
    return {
        "name": name,
        "mobile": f"1990000{pick(10_000):04d}",
        "id_number": with_check_digit(f"999999{born}{pick(1000):03d}"),
        "email": f"p{rng(6).hex()}@mail.test",
        "address": f"示例省示例市示例路{1 + pick(999)}号{1 + pick(30)}栋{101 + pick(2000)}室",
    }


def with_check_digit(digits: str) -> str:
    """The 18-digit number that begins with these 17.  Source: GB 11643-1999."""
    total = sum(int(each) * weight for each, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + _CHECKS[total % 11]
