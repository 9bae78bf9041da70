"""A TOML table read key by key: each value checked, each key either known or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from mingdai.errors import Invalid
from mingdai.market.money import parse_yuan

Word = TypeVar("Word", bound=StrEnum)

_PERCENT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)
_MISSING = object()


class Table:
    """One table at `place` (`product[2].fee[0]`).  Values are taken once; `close` ends it."""

    def __init__(self, raw: object, place: str) -> None:
        """Raises Invalid `catalogue.bad_value` where `raw` is no table."""
        self._place = place
        if not isinstance(raw, Mapping):
            raise self._bad("", "must be a table")
        self._raw = dict(raw)
        self._taken: set[str] = set()

    def text(self, key: str, *, default: str | None = None) -> str:
        """A string, at most 300 characters, without line breaks."""
        value = self._take(key, default)
        if not isinstance(value, str) or len(value) > 300 or not value.isprintable():
            raise self._bad(key, "must be a string of one line")
        return value.strip()

    def slug(self, key: str, *, longest: int) -> str:
        """A short public id: lower-case ASCII letters, digits and hyphens."""
        value = self.text(key)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > longest:
            raise self._bad(key, f"must be lower-case letters, digits, hyphens, at most {longest}")
        return value

    def money(self, key: str, *, default: str | None = None) -> int:
        """Fen of an amount written as a string.  Raises Invalid `money.…`."""
        return parse_yuan(self._take(key, default), field=self._at(key))

    def percent(self, key: str) -> Fraction:
        """A percentage written as a string, exact."""
        value = self._take(key, None)
        if not isinstance(value, str) or not _PERCENT.fullmatch(value):
            raise self._bad(key, 'must be a percentage as a string: "7.20"')
        return Fraction(value)

    def number(self, key: str, *, default: int | None = None) -> int:
        """A whole number from 0 to 100 000."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100_000:
            raise self._bad(key, "must be a whole number")
        return value

    def day(self, key: str) -> date | None:
        """A date without a time, or None where the key is absent."""
        value = self._take(key, _MISSING)
        if value is _MISSING:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self._bad(key, "must be a date: 2030-12-31")
        return value

    def word(self, key: str, words: type[Word]) -> Word:
        """One of a closed list.  Raises Invalid `catalogue.unknown_word`."""
        return self._known(self._take(key, None), words, key)

    def words(self, key: str, words: type[Word]) -> tuple[Word, ...]:
        """A list of different words of a closed list; may be empty."""
        return tuple(self._known(each, words, key) for each in self.texts(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different strings; may be empty."""
        value = self._take(key, None)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._bad(key, "must be a list of strings")
        if len(set(value)) != len(value):
            raise self._bad(key, "names something twice")
        return tuple(value)

    def codes(self, key: str, known: frozenset[str]) -> frozenset[str]:
        """A list of codes, or the word "all".  Raises Invalid `catalogue.unknown_word`."""
        if self._raw.get(key) == "all":
            self._taken.add(key)
            return known
        codes = frozenset(self.texts(key))
        if codes - known:
            raise self._unknown(key, sorted(known))
        return codes

    def table(self, key: str) -> Table:
        """A table inside this one."""
        return Table(self._take(key, None), self._at(key))

    def tables(self, key: str) -> list[Table]:
        """The tables of an array of tables; none where the key is absent."""
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self._bad(key, "must be an array of tables")
        return [Table(raw, f"{self._at(key)}[{number}]") for number, raw in enumerate(value)]

    def pairs(self) -> dict[str, tuple[str, str]]:
        """Every key with its two strings, Chinese and English; closes the table."""
        for key, value in self._raw.items():
            two = isinstance(value, list) and len(value) == 2
            if not two or not all(isinstance(each, str) for each in value):
                raise self._bad(key, 'must be two strings: ["中文", "English"]')
        return {key: (value[0].strip(), value[1].strip()) for key, value in self._raw.items()}

    def close(self) -> None:
        """Refuse what was not asked for.  Raises Invalid `catalogue.unknown_key`."""
        if unknown := sorted(set(self._raw) - self._taken):
            raise Invalid(
                code="catalogue.unknown_key",
                reason=f"{self._at(unknown[0])} is not a key of the catalogue",
                field=self._at(unknown[0]),
                remedy="docs/catalogue.md lists every key",
            )

    def _take(self, key: str, default: object) -> object:
        self._taken.add(key)
        value = self._raw.get(key, default)
        if value is None:
            raise Invalid(
                code="catalogue.missing_key",
                reason=f"{self._at(key)} is missing",
                field=self._at(key),
                remedy="docs/catalogue.md says what it means",
            )
        return value

    def _known(self, value: object, words: type[Word], key: str) -> Word:
        if not isinstance(value, str) or value not in set(words):
            raise self._unknown(key, [each.value for each in words])
        return words(value)

    def _unknown(self, key: str, known: list[str]) -> Invalid:
        return Invalid(
            code="catalogue.unknown_word",
            reason=f"{self._at(key)} is not a word we know",
            field=self._at(key),
            remedy="use " + ", ".join(known),
        )

    def _bad(self, key: str, why: str) -> Invalid:
        return Invalid(
            code="catalogue.bad_value",
            reason=f"{self._at(key) or 'the file'} {why}",
            field=self._at(key),
        )

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}".strip(".")
