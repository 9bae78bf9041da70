"""Made-up people: those who apply, and strangers of whom no lender of ours ever heard.

ID region 999999 does not exist and the numbers are not given out; who applies and who is a
stranger never share a number.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "安平宁和清远明达文礼嘉思齐贤德润"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_OURS, _THEIRS = 1000, 5000
"""Where the numbers of borrowers and of strangers begin."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up, with a value for every field that the demo's products ask for."""

    name: str
    mobile: str
    id_number: str
    bank_card: str
    email: str

    def fields(self) -> dict[str, str]:
        """As the form of an application names them."""
        return {
            "name": self.name,
            "mobile": self.mobile,
            "id_number": self.id_number,
            "id_valid_until": "2036-03-07",
            "bank_card": self.bank_card,
            "email": self.email,
        }


def borrowers(count: int, rng: random.Random) -> list[Person]:
    """People who will apply."""
    return [_person(_OURS + number, rng) for number in range(count)]


def strangers(count: int, rng: random.Random) -> list[Person]:
    """People who never will."""
    return [_person(_THEIRS + number, rng) for number in range(count)]


def _person(number: int, rng: random.Random) -> Person:
    born = f"{rng.randint(1975, 2000)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    body = f"999999{born}{number % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    name = rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN)
    return Person(
        name=name,
        mobile=f"1990000{number:04d}",
        id_number=body + _CHECKS[total % 11],
        bank_card=_card(f"99999900000{number:04d}"),
        email=f"person{number}@example.com",
    )


def _card(body: str) -> str:
    """With a fitting check digit (ISO/IEC 7812-1, Luhn)."""
    doubled = (int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    total = sum(each - 9 if each > 9 else each for each in doubled)
    return f"{body}{-total % 10}"
