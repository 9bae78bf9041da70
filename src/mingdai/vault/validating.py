"""Clean, check and mask the value of a field.  Pure: no clock, no key, no table.

`clean` gives the one spelling that is sealed, indexed and committed to, so that the same value is
always the same bytes.  A refusal names the field, never its value.
Sources: GB 11643-1999 and ISO 7064 MOD 11-2 (ID number), ISO/IEC 7812-1 annex B (Luhn).
Not promised: that a number was issued, or that it is the borrower's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import NoReturn

from mingdai.errors import Invalid

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_MADE_UP_REGION = "999999"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_NAME = re.compile(f"[{_HAN}]+(?:·[{_HAN}]+)*")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_ID = re.compile(r"[0-9]{17}[0-9X]")
_CARD = re.compile(r"[0-9]{16,19}")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONG_TERM = "长期"
_DOTS = str.maketrans(dict.fromkeys("•・．.‧∙●", "·"))


def clean(code: str, value: str) -> str:
    """The one spelling of `value` for the field `code`.

    Raises Invalid `field.<code>` where the value is not well formed, and `field.unknown` for a
    code outside the catalogue.
    """
    cleaner = _CLEANERS.get(code)
    if cleaner is None:
        raise Invalid(code="field.unknown", reason="no field of this code", field="")
    return cleaner(code, unicodedata.normalize("NFKC", value).strip())


def age_on(id_number: str, day: date) -> int:
    """Whole years on `day` of the holder of a clean ID number.

    A year is full on the birthday; of a birth on 29 February, on 1 March of a common year.
    Negative before the birth.  Raises Invalid where the number holds no real date.
    """
    born = _birth(id_number)
    if born is None:
        _refuse("id_number", "its birth date is no date")
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def mask(code: str, value: str) -> str:
    """What pages may show of a clean `value` without a disclosure: little, and never a field whole.

    Its length is fixed where the length would tell something.
    """
    masker = _MASKERS.get(code)
    return masker(value) if masker else "***"


def _refuse(code: str, reason: str) -> NoReturn:
    raise Invalid(code=f"field.{code}", reason=reason, field=code)


def _clean_name(code: str, value: str) -> str:
    """2-30 Han characters; the dot of transliterated names stands between them."""
    name = re.sub(r"\s+", "", value).translate(_DOTS)
    if not 2 <= len(name) <= 30 or not _NAME.fullmatch(name):
        _refuse(code, "2 to 30 Chinese characters, with · between parts at most")
    return name


def _clean_mobile(code: str, value: str) -> str:
    """A mainland mobile number, without its country code."""
    digits = _without_gaps(value)
    for prefix in ("+86", "0086", "86"):
        if len(digits) > 11 and digits.startswith(prefix):
            digits = digits.removeprefix(prefix)
            break
    if not _MOBILE.fullmatch(digits):
        _refuse(code, "11 digits, the first 1, the second 3 to 9")
    return digits


def _clean_id_number(code: str, value: str) -> str:
    """18 characters with region, a real birth date and the check character."""
    number = _without_gaps(value).upper()
    if not _ID.fullmatch(number):
        _refuse(code, "17 digits and a check character")
    if number[:6] != _MADE_UP_REGION and number[:2] not in _PROVINCES:
        _refuse(code, "its region does not exist")
    if _birth(number) is None:
        _refuse(code, "its birth date is no date")
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    if number[17] != _ID_CHECKS[total % 11]:
        _refuse(code, "its check character does not fit")
    return number


def _birth(number: str) -> date | None:
    """The birth date in an ID number, None where it is no date from 1900 on."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= 1900 else None


def _clean_bank_card(code: str, value: str) -> str:
    """16-19 digits that pass Luhn's check."""
    digits = _without_gaps(value)
    if not _CARD.fullmatch(digits) or not _passes_luhn(digits):
        _refuse(code, "16 to 19 digits with a fitting check digit")
    return digits


def _passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: every second digit from the right is doubled, digits summed."""
    doubled = (int(each) * (1 + place % 2) for place, each in enumerate(reversed(digits)))
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def _clean_email(code: str, value: str) -> str:
    """One address; the domain in lower case, the local part as it is."""
    local, at_sign, domain = value.rpartition("@")
    address = f"{local}{at_sign}{domain.lower()}"
    if len(address) > 120 or len(local) > 64 or not _EMAIL.fullmatch(address):
        _refuse(code, "one e-mail address of at most 120 characters")
    return address


def _clean_valid_until(code: str, value: str) -> str:
    """A date as YYYY-MM-DD (also with . or /), or 长期."""
    if value == _LONG_TERM:
        return value
    text = re.sub(r"[./]", "-", value)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    return _refuse(code, "a date as YYYY-MM-DD, or 长期")


def _clean_text(low: int, high: int) -> Callable[[str, str], str]:
    """A cleaner for one line of `low` to `high` printable characters."""

    def cleaner(code: str, value: str) -> str:
        text = re.sub(r"\s+", " ", value)
        if not low <= len(text) <= high or not text.isprintable():
            _refuse(code, f"one line of {low} to {high} characters")
        return text

    return cleaner


def _without_gaps(value: str) -> str:
    return re.sub(r"[\s-]+", "", value)


_CLEANERS: dict[str, Callable[[str, str], str]] = {
    "name": _clean_name,
    "mobile": _clean_mobile,
    "id_number": _clean_id_number,
    "id_valid_until": _clean_valid_until,
    "bank_card": _clean_bank_card,
    "email": _clean_email,
    "address": _clean_text(4, 120),
    "employer": _clean_text(2, 60),
    "monthly_income": _clean_text(1, 40),
    "housing_fund": _clean_text(1, 40),
}
_MASKERS: dict[str, Callable[[str], str]] = {
    "name": lambda value: value[0] + "**",
    "mobile": lambda value: f"{value[:3]}****{value[-4:]}",
    "id_number": lambda value: f"{value[0]}{'*' * 16}{value[-1]}",
    "id_valid_until": lambda value: "****-**-**",
    "bank_card": lambda value: f"**** **** **** {value[-4:]}",
    "email": lambda value: f"{value[0]}***@***",
    "address": lambda value: f"{value[:2]}******",
    "employer": lambda value: f"{value[:1]}******",
}
