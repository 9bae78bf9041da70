"""Read what a person wishes for out of an address: amount, length, bands; nothing is kept.

What no list offers falls back to the first choice, so that an old link still opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from mingdai.market.bands import CODES
from mingdai.market.comparing import parse_span
from mingdai.market.matching import Wish
from mingdai.market.quoting import COMPARED_FEN
from mingdai.market.schedules import Span

FIRST_AMOUNT, FIRST_TERM = 10_000, "12m"
SPAN = re.compile(r"[1-9][0-9]{0,3}[md]", re.ASCII)
AMOUNTS = tuple(fen // 100 for fen in COMPARED_FEN)
"""The amounts that can be compared, in whole yuan."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The address as understood: yuan, `12m`, and band codes by kind ("" for not said)."""

    amount: int
    term: str
    bands: dict[str, str]

    @property
    def wish(self) -> Wish:
        """What the market is asked."""
        return Wish(amount=self.amount * 100, span=parse_span(self.term), **self.bands)

    @property
    def compared(self) -> Wanted:
        """The same at the nearest amount that offers are compared at."""
        nearest = min(AMOUNTS, key=lambda yuan: abs(yuan - self.amount))
        return replace(self, amount=nearest)

    def query(self) -> str:
        """Amount and length as they go into an address; bands stay on the page they filter."""
        return urlencode({"amount": self.amount, "term": self.term})

    def whole_query(self) -> str:
        """The same with the bands that were chosen."""
        said = {name: code for name, code in self.bands.items() if code}
        return urlencode({"amount": self.amount, "term": self.term, **said})


def read_wish(given: QueryDict) -> Wanted:
    """What `given` wishes for."""
    term = given.get("term", "")
    bands = {name: given.get(name, "") for name in CODES}
    return Wanted(
        amount=_amount(given.get("amount", "")),
        term=term if SPAN.fullmatch(term) else FIRST_TERM,
        bands={name: code if code in CODES[name] else "" for name, code in bands.items()},
    )


def in_order(spans: Iterable[Span]) -> list[Span]:
    """Lengths, shortest first, each once."""
    return sorted(set(spans), key=lambda span: span.months * 30 + span.days)


def _amount(text: str) -> int:
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return found or FIRST_AMOUNT
