"""Money is a whole number of fen; a door writes and reads it as yuan with two decimals."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from mingdai.errors import Invalid

LARGEST_FEN = 10**15
"""Ten thousand billion yuan: more is a slip of the keyboard, not a loan."""

_YUAN = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?", re.ASCII)


def parse_yuan(text: object, *, field: str) -> int:
    """The fen of an amount written as a string, `"1234.50"` or `"1234"`; zero is allowed.

    Numbers are refused: a float has no fen.  Raises Invalid `money.not_a_string`,
    `money.not_yuan` or `money.too_large`, naming `field` and never the value.
    """
    if not isinstance(text, str):
        raise Invalid(
            code="money.not_a_string",
            reason=f'{field} must be a string of yuan, such as "1234.50"',
            field=field,
            remedy="put the amount in quotation marks",
        )
    if not _YUAN.fullmatch(text):
        raise Invalid(
            code="money.not_yuan",
            reason=f"{field} is not an amount of yuan with at most two decimals",
            field=field,
            remedy='write digits, and at most two after the point: "1234.50"',
        )
    fen = int(Decimal(text) * 100)
    if fen > LARGEST_FEN:
        raise Invalid(code="money.too_large", reason=f"{field} is too large", field=field)
    return fen


def yuan(fen: int) -> str:
    """The amount as `"1234.50"`; a negative one as `"-0.05"`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def round_fen(exact: Fraction) -> int:
    """The nearest whole fen, halves away from zero (四舍五入)."""
    as_decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return int(as_decimal.quantize(Decimal(1), rounding=ROUND_HALF_UP))
