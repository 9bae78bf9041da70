"""Dated ceilings by lender type: `ceilings.toml` says, this file compares (docs/law.md, 2.1)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files

from mingdai.errors import Invalid
from mingdai.market.costing import exceeds_compound, exceeds_simple
from mingdai.market.flows import CashFlow
from mingdai.words import LicenceKind, Reason

_KEYS = {
    "licences",
    "rule",
    "value_pct",
    "convention",
    "effect",
    "from",
    "to",
    "source",
    "basis",
    "mark",
}


class Effect(StrEnum):
    """What happens above a ceiling."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One row.  `licences` empty is every lender; `until` (last day) None is "until changed"."""

    rule: str
    licences: frozenset[LicenceKind]
    value_pct: Fraction
    compound: bool
    effect: Effect
    since: date
    until: date | None
    source: str
    basis: str
    mark: str

    def binds(self, licence: LicenceKind, on: date) -> bool:
        """Whether it is in force for such a lender on that day."""
        known = not self.licences or licence in self.licences
        return known and self.since <= on and (self.until is None or on <= self.until)

    def is_exceeded(self, cash: CashFlow) -> bool:
        """Whether the loan costs more, half a fen of each instalment apart."""
        exceeds = exceeds_compound if self.compound else exceeds_simple
        return exceeds(cash, self.value_pct)

    def reason(self) -> Reason:
        """The refusal, with the basis as the table states it."""
        how = "compound" if self.compound else "simple"
        return Reason(
            code="listing.ceiling",
            reason=f"above {float(self.value_pct):g} % a year "
            f"({how}, rule {self.rule}): {self.basis}",
            source=f"{self.source} [{self.mark}]",
            remedy="lower the rate or the fees, whoever takes them",
        )


def read_ceilings(text: str) -> tuple[Ceiling, ...]:
    """The rows of a ceilings file.  Raises Invalid `ceilings.malformed`."""
    try:
        rows = tomllib.loads(text)["ceiling"]
        return tuple(_read(row) for row in rows)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Invalid(
            code="ceilings.malformed", reason="a row of the ceilings file cannot be read"
        ) from error


def _read(row: dict[str, object]) -> Ceiling:
    if unknown := set(row) - _KEYS:
        raise ValueError(f"unknown keys: {len(unknown)}")
    since, until, names = row["from"], row.get("to"), row["licences"]
    value = row["value_pct"]
    if not isinstance(since, date) or not isinstance(names, list) or not isinstance(value, str):
        raise ValueError("a row needs a date, a list of licences and a string of percent")
    if until is not None and not isinstance(until, date):
        raise ValueError("`to` is a date")
    convention = row["convention"]
    if convention not in ("simple", "compound") or not names:
        raise ValueError("convention is simple or compound")
    return Ceiling(
        rule=str(row["rule"]),
        licences=frozenset(LicenceKind(name) for name in names if name != "any"),
        value_pct=Fraction(value),
        compound=convention == "compound",
        effect=Effect(str(row["effect"])),
        since=since,
        until=until,
        source=str(row["source"]),
        basis=str(row["basis"]),
        mark=str(row["mark"]),
    )


@cache
def shipped_ceilings() -> tuple[Ceiling, ...]:
    """The rows that come with the product."""
    return read_ceilings(files("mingdai.market").joinpath("ceilings.toml").read_text("utf-8"))


def exceeded(
    cash: CashFlow,
    *,
    licence: LicenceKind,
    on: date,
    ceilings: tuple[Ceiling, ...] | None = None,
) -> list[Ceiling]:
    """The ceilings in force on that day that this loan breaks, in the file's order."""
    rows = shipped_ceilings() if ceilings is None else ceilings
    return [row for row in rows if row.binds(licence, on) and row.is_exceeded(cash)]
