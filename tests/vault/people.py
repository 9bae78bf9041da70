"""Made-up people: region 999999, numbers that are not given out."""

from __future__ import annotations

from mingdai.accounts.models import Borrower
from mingdai.vault.keeping import mobile_index
from tests.conftest import NOON

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(birth: str = "19900307", order: str = "001") -> str:
    """A made-up ID number with a fitting check character."""
    body = f"999999{birth}{order}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def bank_card(body: str = "999999000000001") -> str:
    """A made-up card number with a fitting check digit."""
    return next(body + str(digit) for digit in range(10) if _luhn(body + str(digit)))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * 2 if place % 2 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


VALUES = {
    "name": "示例张三",
    "mobile": "19900000001",
    "id_number": id_number(),
    "id_valid_until": "2036-03-07",
    "bank_card": bank_card(),
    "email": "sample.person@mail.example",
    "address": "示例省示例市示例路一百号",
    "employer": "示例纺织厂第二车间",
    "monthly_income": "8000-12000",
    "housing_fund": "1234.56",
}


def make_borrower(mobile: str) -> Borrower:
    """A registered borrower."""
    return Borrower.objects.create(mobile_index=mobile_index(mobile), created_at=NOON)
