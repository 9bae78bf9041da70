"""The normal form of a value: what all its spellings have in common.

Pure.  Two texts with one normal form mean the same; a copy is sent only if its normal form is the
original's.  Also the form in which a found list's values are compared with ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from mingdai.gate.marking_spellings import SPELLINGS

_GAPS = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
_NUMERO = re.compile(r"№\s*([0-9０-９]+)")
_NO = re.compile(r"(?<=[路街道巷弄])No\.?([0-9]+)")
_DOTS = str.maketrans(dict.fromkeys("•・．.‧∙●", "·"))
_DASHES = str.maketrans(dict.fromkeys("—－~～–", "-"))
_ALL = {each.kind: each for each in SPELLINGS}


def normal(field: str, text: str) -> str:
    """The normal form of a value of this field; of a field without kinds the text itself."""
    form = _NORMALS.get(field)
    return form(text) if form else text


def without_gaps(text: str) -> str:
    """Half-width, without spaces but those that keep letters or digits apart."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).strip())
    return _GAPS.sub("", plain)


def _name(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(_DOTS)))


def _day(text: str) -> str:
    return re.sub(r"[./]", "-", unicodedata.normalize("NFKC", text).strip())


def _address(text: str) -> str:
    bare = without_gaps(_NUMERO.sub(r"\1号", text))
    bare = _NO.sub(r"\1号", bare)
    bare = _rewritten("address.order", bare, 1)
    return _rewritten("address.building", bare, 1)


def _employer(text: str) -> str:
    return _rewritten("employer.company", without_gaps(text), 0)


def _income(text: str) -> str:
    return without_gaps(text).translate(_DASHES).replace(",", "")


def _amount(text: str) -> str:
    bare = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    return re.sub(r"\.0{1,2}$", "", bare)


def _rewritten(kind: str, text: str, bit: int) -> str:
    spelling = _ALL[kind]
    return spelling.write(text, dict.fromkeys(spelling.places(text), bit))


_NORMALS: dict[str, Callable[[str], str]] = {
    "name": _name,
    "id_valid_until": _day,
    "address": _address,
    "employer": _employer,
    "monthly_income": _income,
    "amount": _amount,
}
