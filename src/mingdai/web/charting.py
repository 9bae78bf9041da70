"""Draw a repayment schedule as stacked bars: one small SVG, classes only, no inline style.

A table with the same figures stands beside it; the picture adds nothing a table does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 640, 200
LEFT, TOP, BOTTOM = 8, 12, 24
SMALLEST_GAP = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One instalment: its number and its parts in fen."""

    number: int
    principal: int
    interest: int
    fees: int

    @property
    def total(self) -> int:
        """The bar's whole height, in fen."""
        return self.principal + self.interest + self.fees


def draw_schedule(bars: Sequence[Bar], *, label: str) -> SafeString:
    """The chart of `bars`; `label` is what a screen reader says instead of it."""
    highest = max((each.total for each in bars), default=0) or 1
    step = (WIDTH - 2 * LEFT) / max(len(bars), 1)
    width = min(step - SMALLEST_GAP, 44)
    drawn = format_html_join(
        "", "{}", ((_draw_bar(each, at, step, width, highest),) for at, each in enumerate(bars))
    )
    floor = HEIGHT - BOTTOM
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<line class="axis" x1="0" y1="{}" x2="{}" y2="{}"></line>{}</svg>',
        WIDTH,
        HEIGHT,
        label,
        floor,
        WIDTH,
        floor,
        drawn,
    )


def _draw_bar(bar: Bar, at: int, step: float, width: float, highest: int) -> SafeString:
    left = LEFT + at * step + (step - width) / 2
    floor = float(HEIGHT - BOTTOM)
    parts = []
    for name, fen in (
        ("principal", bar.principal),
        ("interest", bar.interest),
        ("fees", bar.fees),
    ):
        height = fen / highest * (HEIGHT - BOTTOM - TOP)
        floor -= height
        if fen:
            parts.append((name, f"{left:.1f}", f"{floor:.1f}", f"{width:.1f}", f"{height:.1f}"))
    rects = format_html_join(
        "", '<rect class="{}" x="{}" y="{}" width="{}" height="{}"></rect>', parts
    )
    return format_html(
        '{}<text x="{}" y="{}" text-anchor="middle">{}</text>',
        rects,
        f"{left + width / 2:.1f}",
        HEIGHT - 8,
        bar.number if step > 20 or bar.number % 3 == 1 else "",
    )
