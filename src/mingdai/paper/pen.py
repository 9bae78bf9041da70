"""The few shapes the picture is made of, as SVG.  Lengths are pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingdai.paper.markup import Markup, tag

INK, SOFT, LINE, NAVY, RED = "#17212d", "#4e5b6b", "#9fb0c3", "#0d3b66", "#a82016"
TINT, RED_TINT, PAPER = "#f3f7fb", "#fdeceb", "#ffffff"
DASHES = "5 4"
FONT = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A colour, and whether the line is dashed."""

    colour: str = NAVY
    dashed: bool = False

    @property
    def dash(self) -> str | None:
        """The attribute's value."""
        return DASHES if self.dashed else None


@dataclass(slots=True)
class Pen:
    """Collects shapes; the later stands over the earlier."""

    shapes: list[Markup] = field(default_factory=list)

    def text(self, x: float, y: float, said: str, *, size: float, colour: str = INK) -> None:
        """One line of text; `y` is its base line."""
        self.shapes.append(tag("text", said, x=number(x), y=number(y), font_size=size, fill=colour))

    def strong(self, x: float, y: float, said: str, *, size: float) -> None:
        """One line of text that stands out."""
        self.shapes.append(
            tag("text", said, x=number(x), y=number(y), font_size=size, fill=INK, font_weight=600)
        )

    def box(self, at: tuple[float, float, float, float], stroke: Stroke, fill: str) -> None:
        """A box with round corners: x, y, width, height."""
        x, y, width, height = map(number, at)
        self.shapes.append(
            tag(
                "rect",
                x=x,
                y=y,
                width=width,
                height=height,
                rx=7,
                fill=fill,
                stroke=stroke.colour,
                stroke_width=1.4,
                stroke_dasharray=stroke.dash,
            )
        )

    def path(self, steps: str, stroke: Stroke) -> None:
        """A line in SVG's own path language."""
        self.shapes.append(
            tag(
                "path",
                d=steps,
                fill="none",
                stroke=stroke.colour,
                stroke_width=1.6,
                stroke_dasharray=stroke.dash,
            )
        )

    def point_down(self, x: float, y: float, colour: str) -> None:
        """An arrow's head, its point at (x, y)."""
        points = ((x, y), (x - 5, y - 9), (x + 5, y - 9))
        self._polygon(points, colour)

    def point_right(self, x: float, y: float, colour: str) -> None:
        """An arrow's head, its point at (x, y)."""
        points = ((x, y), (x - 9, y - 5), (x - 9, y + 5))
        self._polygon(points, colour)

    def _polygon(self, points: tuple[tuple[float, float], ...], colour: str) -> None:
        said = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.shapes.append(tag("polygon", points=said, fill=colour))

    def disc(self, x: float, y: float, said: str) -> None:
        """A stop's number."""
        self.shapes.append(tag("circle", cx=number(x), cy=number(y), r=10, fill=NAVY))
        label = {"font_size": 12, "fill": PAPER, "font_weight": 600, "text_anchor": "middle"}
        self.shapes.append(tag("text", said, x=number(x), y=number(y + 4.2), **label))

    def symbol(self, name: str, at: tuple[float, float, float, float]) -> None:
        """A symbol of the same document, framed."""
        x, y, width, height = map(number, at)
        place = {"x": x, "y": y, "width": width, "height": height}
        self.shapes.append(tag("use", href=f"#{name}", **place))
        self.shapes.append(tag("rect", fill="none", stroke=LINE, **place))


def number(value: float) -> str:
    """A length without needless digits."""
    return f"{value:.1f}".removesuffix(".0")
