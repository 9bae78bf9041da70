"""Draw the charts as SVG, once wide and once for a phone; lengths are pixels.

The axis of bits ends at one in a trillion: what goes beyond is drawn to the end with its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingdai.paper.markup import Markup, tag
from mingdai.paper.measuring import width_of, wrapped
from mingdai.paper.pen import FONT, LINE, NAVY, PAPER, SOFT, Pen, Stroke, number
from mingdai.trace.reporting.charting import Bar, RowCounts
from mingdai.trace.reporting.telling import count
from mingdai.trace.reporting.wording import Words

WIDE, NARROW = 760, 344
_MOST_BITS = 40
_STEP = 10
_BAR, _GAP = 18, 14
_HALVES = {10: "one.thousand", 20: "one.million", 30: "one.billion", 40: "one.trillion"}
_AMBER = "#b77700"
_SHADES = (NAVY, "#9fb0c3", "#dfe5ec")
_RUN_OVER = 12


@dataclass(slots=True)
class _Sheet:
    """What is drawn so far; `left` and `right` bound the axis."""

    width: int
    left: float
    right: float
    pen: Pen = field(default_factory=Pen)
    y: float = 0.0

    def x(self, bits: float) -> float:
        """Where a number of bits stands."""
        return self.left + (self.right - self.left) * min(bits, _MOST_BITS) / _MOST_BITS


def draw_bits(bars: Sequence[Bar], words: Words, *, width: int) -> Markup:
    """Bars of bits with the line each must pass."""
    wide = width >= WIDE
    sheet = _Sheet(width, left=238 if wide else 4, right=width - (86 if wide else 70))
    sheet.y = 44.0
    for bar in bars:
        _bar(sheet, bar, wide=wide)
    _axis(sheet, words, wide=wide)
    said = "; ".join(f"{each.name} · {each.kind}: {each.bits:.1f}" for each in bars)
    return _svg(sheet, words("design.label", text=said))


def draw_rows(counts: RowCounts, words: Words, *, width: int) -> Markup:
    """One bar, split by what became of the rows, with its legend below."""
    sheet = _Sheet(width, left=1, right=width - 1)
    parts = (
        (counts.matched, words("rows.matched")),
        (counts.unmatched, words("rows.unmatched")),
        (counts.unusable, words("rows.unusable")),
    )
    x = sheet.left
    for (rows, _), shade in zip(parts, _SHADES, strict=True):
        long = (sheet.right - sheet.left) * rows / max(1, counts.rows)
        if rows:
            _block(sheet, (x, 1, max(2.0, long), 26), shade)
        x += long
    sheet.y = 48.0
    _legend(sheet, parts)
    return _svg(sheet, counts.label)


def _bar(sheet: _Sheet, bar: Bar, *, wide: bool) -> None:
    top = sheet.y
    if wide:
        lines = wrapped(bar.name, sheet.left - 18, 13.5)[:2]
        for place, line in enumerate(lines):
            sheet.pen.strong(0, top + 8 + 16 * place, line, size=13.5)
        sheet.pen.text(0, top + 8 + 16 * len(lines), bar.kind, size=12, colour=SOFT)
        high = 16 * len(lines) + 12
    else:
        sheet.pen.strong(sheet.left, top + 6, bar.name, size=13.5)
        after = sheet.left + width_of(bar.name, 13.5) + 10
        sheet.pen.text(after, top + 6, bar.kind, size=12, colour=SOFT)
        top, high = top + 15, _BAR
    _fill(sheet, bar, top)
    sheet.y = top + max(high, _BAR) + _GAP


def _fill(sheet: _Sheet, bar: Bar, top: float) -> None:
    end = max(sheet.left + 2.0, sheet.x(bar.bits))
    over = bar.bits > _MOST_BITS
    end += _RUN_OVER if over else 0
    fill = NAVY if bar.passes else LINE
    _block(sheet, (sheet.left, top, end - sheet.left, _BAR), fill)
    if over:
        cut = sheet.x(_MOST_BITS) - 4
        steps = f"M {number(cut)} {number(top + _BAR + 2)} l 5 -{_BAR + 4}"
        sheet.pen.path(steps, Stroke(PAPER))
    mark = sheet.x(bar.needed)
    sheet.pen.path(f"M {number(mark)} {number(top - 4)} v {_BAR + 8}", Stroke(_AMBER))
    sheet.pen.strong(end + 8, top + 14, f"{bar.bits:,.1f}", size=13.5)


def _axis(sheet: _Sheet, words: Words, *, wide: bool) -> None:
    """Grid below the bars, what each step means, and what the line means."""
    bottom = sheet.y - 4
    grid = Pen()
    for bits in range(0, _MOST_BITS + 1, _STEP):
        x = sheet.x(bits)
        grid.path(f"M {number(x)} 30 V {number(bottom)}", Stroke("#dfe5ec"))
        head = words("axis", bits=bits) if bits == 0 or wide else str(bits)
        _middle(grid, (x if bits or wide else x + 16, 12), head, 11.5)
        if bits:
            chance = words(_HALVES[bits])
            if wide:
                _middle(grid, (x, 26), chance, 10.5)
    sheet.pen.shapes[:0] = grid.shapes
    sheet.pen.path(f"M {number(sheet.left + 1)} {number(bottom + 8)} v 14", Stroke(_AMBER))
    sheet.pen.text(sheet.left + 9, bottom + 19, words("threshold"), size=12, colour=SOFT)
    sheet.y = bottom + 28


def _legend(sheet: _Sheet, parts: Sequence[tuple[int, str]]) -> None:
    x = sheet.left
    for (rows, name), shade in zip(parts, _SHADES, strict=True):
        said = f"{name} {count(rows)}"
        wide = width_of(said, 12.5) + 34
        if x > sheet.left and x + wide > sheet.right + 12:
            x, sheet.y = sheet.left, sheet.y + 21
        _block(sheet, (x, sheet.y - 10, 12, 12), shade)
        sheet.pen.text(x + 18, sheet.y, said, size=12.5)
        x += wide
    sheet.y += 8


def _block(sheet: _Sheet, at: tuple[float, float, float, float], fill: str) -> None:
    x, y, width, height = map(number, at)
    shape = tag("rect", x=x, y=y, width=width, height=height, rx=2, fill=fill)
    sheet.pen.shapes.append(shape)


def _middle(pen: Pen, at: tuple[float, float], said: str, size: float) -> None:
    x, y = map(number, at)
    attributes = {"x": x, "y": y, "font_size": size, "fill": SOFT, "text_anchor": "middle"}
    pen.shapes.append(tag("text", said, **attributes))


def _svg(sheet: _Sheet, label: str) -> Markup:
    height = number(sheet.y)
    return tag(
        "svg",
        tag("rect", width=sheet.width, height=height, fill=PAPER),
        sheet.pen.shapes,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {sheet.width} {height}",
        width=sheet.width,
        height=height,
        font_family=FONT,
        role="img",
        aria_label=label,
    )
