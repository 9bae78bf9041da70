"""Mask planted values: in a report they are made up or borrowed, and nobody needs to read them.

What is masked is what the report itself writes.  Pictures and the other files of the folder stay
as they were recorded.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from mingdai.audit.detecting.identity import Identity, Kind, Planted, national_mobile


class Concealer:
    """Built once for an identity."""

    def __init__(self, identity: Identity) -> None:
        """Longest values first, so that no part of one is left standing."""
        self._shown = {each.field: masked(each) for each in identity.planted}
        spelt = {}
        for each in identity.planted:
            for value in _spellings(each):
                spelt[value] = masked(each)
        self._spelt = spelt
        longest = sorted(spelt, key=len, reverse=True)
        self._found = re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)

    def value(self, field: str) -> str:
        """How a field's value is shown; "" for a field the identity does not have."""
        return self._shown.get(field, "")

    def text(self, text: str) -> str:
        """A text of the flow with every planted value masked."""
        return self._found.sub(lambda hit: self._mask(hit[0]), text)

    def _mask(self, hit: str) -> str:
        return self._spelt.get(hit) or self._spelt.get(hit.upper()) or "***"


def masked(planted: Planted) -> str:
    """The value with most of it hidden, in the way its kind is usually masked."""
    value = planted.value
    if planted.kind is Kind.MOBILE:
        digits = national_mobile(value)
        return f"{digits[:3]}****{digits[-4:]}"
    if planted.kind is Kind.ID_NUMBER:
        return f"{value[:3]}*************{value[-2:]}"
    if planted.kind is Kind.EMAIL:
        local, _, domain = value.partition("@")
        return f"{local[:1]}***@{domain}"
    if planted.kind is Kind.ADDRESS:
        return f"{value[:3]}***"
    return f"{value[:1]}{'*' * max(1, min(len(value) - 1, 8))}"


def _spellings(planted: Planted) -> set[str]:
    plain = {planted.value}
    if planted.kind is Kind.MOBILE:
        digits = national_mobile(planted.value)
        plain |= {digits, f"{digits[:3]} {digits[3:7]} {digits[7:]}"}
        plain.add(f"{digits[:3]}-{digits[3:7]}-{digits[7:]}")
    return {each for value in plain for each in (value, quote(value, safe=""))}
