"""How wide a text is, by rule of thumb: a Han character is one em, others a little over half.

Nothing is rendered to measure it, so boxes are made a little wide rather than exact.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_CLOSING = "，。、：；）】」”"


def width_of(said: str, size: float) -> float:
    """About how many pixels a text is wide at a font size."""
    return sum(size if _is_wide(each) else size * 0.58 for each in said)


def wrapped(said: str, room: float, size: float) -> list[str]:
    """The text in lines that fit: broken at spaces, dots, hyphens and between Han characters."""
    lines, line = [], ""
    for word in _words(said):
        if line and width_of(line + word.rstrip(), size) > room:
            lines.append(line.rstrip())
            line = ""
        rest = word if line else word.lstrip()
        while width_of(rest, size) > room:
            cut = max(1, int(room / (size * (1 if _is_wide(rest[0]) else 0.58))))
            lines.append(rest[:cut])
            rest = rest[cut:]
        line += rest
    return [*lines, line.rstrip()] if line.strip() else lines


def _words(said: str) -> Iterator[str]:
    word = ""
    for each in said:
        joins = each in _CLOSING or not (_is_wide(each) or (word and _is_wide(word[-1])))
        if word and not joins:
            yield word
            word = ""
        word += each
        if each in " .-":
            yield word
            word = ""
    if word:
        yield word


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
