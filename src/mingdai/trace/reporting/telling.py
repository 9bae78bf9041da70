"""Numbers as a judge reads them: counts with separators, chances as one in so many."""

from __future__ import annotations

import math

from mingdai.trace.reporting.wording import Words

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_STEPS = (
    (1e12, "one.trillion"),
    (1e9, "one.billion"),
    (1e6, "one.million"),
    (1e3, "one.thousand"),
)
_TINIEST = 1e-12
_PLAIN = 1e-4


def count(value: float) -> str:
    """A count; a fraction keeps two digits, and a tiny one its power of ten."""
    if value == 0 or value >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.01 else power(value)


def power(value: float) -> str:
    """A small number as 1.1 × 10⁻⁵; from one in ten thousand up, plainly."""
    if value >= _PLAIN or value <= 0:
        return f"{value:.2g}"
    lead, exponent = f"{value:.1e}".split("e")
    return f"{lead} × 10{str(int(exponent)).translate(_RAISED)}"


def chance_said(value: float) -> str:
    """A chance; below one in a trillion only that, the rest stands in bits."""
    return f"< {power(_TINIEST).removeprefix('1.0 × ')}" if value < _TINIEST else power(value)


def one_in(chance: float, words: Words) -> str:
    """A chance as one in so many; never less than one in a trillion."""
    if chance < _TINIEST:
        return words("one.trillion")
    many = 1 / chance
    for step, key in _STEPS:
        if many >= step:
            return words(key) if many < 2 * step else words("one.of", n=rounded(many))
    return words("one.of", n=rounded(many))


def rounded(value: float) -> str:
    """Two digits and zeros, rounded down, so that "fewer than one in" stays true."""
    if value < 10:
        return f"{value:.0f}"
    unit = 10 ** (math.floor(math.log10(value)) - 1)
    return f"{math.floor(value / unit) * unit:,.0f}"


def share_said(part: float, whole: float) -> str:
    """A counted share; all and nothing are said as such."""
    return f"{100 * part / whole:.0f} %" if part in {0, whole} else percent(part / whole)


def percent(share: float) -> str:
    """A probability; the ends are never rounded to certainty."""
    if share > 0.999:
        return "> 99.9 %"
    return f"{100 * share:.1f} %" if share >= 0.001 else "< 0.1 %"
