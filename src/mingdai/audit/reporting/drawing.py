"""Draw the chain as SVG: one strip a stop, so that a PDF can break the picture between strips.

Stops stand down a spine.  Branches stand to the right where there is room, else below their stop.
A stop that was reached from an earlier one than its neighbour hangs on a line of its own at the
left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mingdai.audit.reporting.charting import Stop
from mingdai.paper.markup import Markup, tag
from mingdai.paper.measuring import wrapped
from mingdai.paper.pen import (
    FONT,
    NAVY,
    PAPER,
    RED,
    RED_TINT,
    SOFT,
    TINT,
    Pen,
    Stroke,
    number,
)

WIDE, NARROW = 760, 344
THUMB = (66, 110)
_MANY = 8
_BOX_LEFT, _SPINE = 42, 58
_LANES = (12, 20, 28)
_SIZE, _SMALL, _TINY = 13.5, 12.0, 11.5


@dataclass(frozen=True, slots=True)
class Caption:
    """A branch in words; `mark` stands before its second line."""

    head: str
    line: str
    mark: str
    is_early: bool
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A stop with its words: of the arrow that leads to it, and of each branch."""

    stop: Stop
    arrow: str
    branches: tuple[Caption, ...]
    continued: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One piece of the picture; strips are stacked without a gap."""

    height: float
    body: Markup
    has_lines: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A jump that does not lead to the next stop: from, to, and where at the left it runs."""

    source: int
    target: int
    x: int


@dataclass(slots=True)
class _Sheet:
    """What is drawn of one strip, and how far down it goes."""

    width: int
    pen: Pen = field(default_factory=Pen)
    top: float = 4.0
    """Where the stop's box begins."""
    under: float = 24.0
    """Where the stop's box ends."""
    end: float = 24.0
    from_above: bool = False
    """Whether the branches go on from the strip above."""

    @property
    def is_wide(self) -> bool:
        """Whether branches stand beside the box."""
        return self.width >= WIDE

    @property
    def right(self) -> int:
        """The right edge of a stop's box."""
        return 386 if self.is_wide else self.width - 2

    @property
    def side(self) -> int:
        """The left edge of the branches."""
        return 452 if self.is_wide else 84

    @property
    def bend(self) -> int:
        """Where the arrows to branches turn down."""
        return (self.right + self.side) // 2 if self.is_wide else _SPINE + 12


def draw_strips(told: list[Told], *, width: int) -> list[Strip]:
    """The picture in strips, from the first stop down."""
    apart = [each.stop for each in told if each.stop.source not in {0, each.stop.number - 1}]
    lines = [
        _Line(stop.source, stop.number, _LANES[index % len(_LANES)])
        for index, stop in enumerate(apart)
    ]
    strips = []
    for each in told:
        starts = range(0, max(1, len(each.branches)), _MANY)
        for start in starts:
            sheet = _Sheet(width)
            if start == 0:
                _draw_arrow(sheet, each)
                _draw_box(sheet, each.stop)
            else:
                sheet.pen.text(_BOX_LEFT + 34, 18, each.continued, size=_SMALL, colour=SOFT)
                sheet.from_above = True
            _draw_branches(sheet, each.branches[start : start + _MANY])
            ends = start + _MANY >= len(each.branches)
            if not ends:
                steps = f"M{sheet.bend} {number(sheet.end - 20)} V{number(sheet.end + 12)}"
                sheet.pen.path(steps, Stroke(SOFT, dashed=True))
            is_over = ends and each.stop.number == len(told)
            _draw_lines(sheet, each.stop, lines, starts=start == 0, is_over=is_over, ends=ends)
            strips.append(Strip(sheet.end, Markup("".join(sheet.pen.shapes)), bool(lines)))
    return strips


def as_svg(strips: list[Strip], *, width: int, label: str, defs: Markup | None = None) -> Markup:
    """One SVG of the strips; `defs` holds the symbols of the pictures.

    The room at the left for lines that pass by is cut off where no strip has one.
    """
    left = 0 if any(strip.has_lines for strip in strips) else _BOX_LEFT - 4
    y, groups = 0.0, []
    for strip in strips:
        groups.append(tag("g", strip.body, transform=f"translate(0 {number(y)})"))
        y += strip.height
    return tag(
        "svg",
        defs,
        groups,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{left} 0 {width - left} {number(y)}",
        width=width - left,
        height=number(y),
        role="img",
        aria_label=label,
        font_family=FONT,
    )


def picture_id(name: str) -> str:
    """The symbol's id of a picture of the folder."""
    return "picture-" + "".join(each if each.isalnum() else "-" for each in name.rpartition("/")[2])


def picture_defs(name: str, data_url: str, size: tuple[int, int]) -> Markup:
    """The picture whole, and as a symbol of its upper part in the thumbnail's shape."""
    width, height = size
    whole, box = f"whole-{picture_id(name)}", f"0 0 {width} {round(width * THUMB[1] / THUMB[0])}"
    image = tag("image", href=data_url, id=whole, width=width, height=height)
    upper = tag("use", href=f"#{whole}")
    top = "xMidYMin slice"
    return Markup(
        image + tag("symbol", upper, id=picture_id(name), viewBox=box, preserveAspectRatio=top)
    )


def _draw_arrow(sheet: _Sheet, told: Told) -> None:
    """The arrow from the stop before, with its words beside it."""
    stop, colour = told.stop, RED if told.stop.early else NAVY
    lines = wrapped(told.arrow, sheet.right - _SPINE - 16, _SMALL)
    sheet.top = max(34.0, 14 + len(lines) * 16.5) if stop.source else 6 + len(lines) * 16.5
    if stop.source and stop.source == stop.number - 1:
        sheet.pen.path(f"M{_SPINE} 0 V{number(sheet.top - 7)}", Stroke(colour))
        sheet.pen.point_down(_SPINE, sheet.top, colour)
    for index, line in enumerate(lines):
        y = 17 + index * 16.5 if stop.source else 14 + index * 16.5
        x = _SPINE + 14 if stop.source else _BOX_LEFT
        sheet.pen.text(x, y, line, size=_SMALL, colour=RED if stop.early else SOFT)


def _draw_box(sheet: _Sheet, stop: Stop) -> None:
    """The stop: number, host, company, title, and the picture on arrival."""
    pen, left = sheet.pen, _BOX_LEFT + 12
    room = sheet.right - left - 12 - (THUMB[0] + 14 if stop.picture else 0)
    hosts = wrapped(stop.host, room - 28, _SIZE)
    small = [] if stop.company == stop.host else wrapped(stop.company, room, _SMALL)
    title = wrapped(stop.title, room, _SMALL)
    small += title if len(title) < 3 else [title[0], f"{title[1][:-1]}…"]
    height = max(30 + len(hosts) * 19 + len(small) * 16.5, THUMB[1] + 20 if stop.picture else 52)
    width = sheet.right - _BOX_LEFT
    pen.box((_BOX_LEFT, sheet.top, width, height), Stroke(), PAPER)
    pen.disc(left + 9, sheet.top + 21, str(stop.number))
    y = sheet.top + 26
    for line in hosts:
        pen.strong(left + 27, y, line, size=_SIZE)
        y += 19
    for line in small:
        pen.text(left, y + 6, line, size=_SMALL, colour=SOFT)
        y += 16.5
    if stop.picture:
        at = (sheet.right - THUMB[0] - 10, sheet.top + 10, *THUMB)
        pen.symbol(picture_id(stop.picture), at)
    sheet.under = sheet.end = sheet.top + height


def _draw_branches(sheet: _Sheet, captions: tuple[Caption, ...]) -> None:
    y = sheet.top if sheet.is_wide else sheet.under + 8
    for each in captions:
        y = _draw_branch(sheet, each, y) + 7
    sheet.end = max(sheet.end, y - 7 if captions else 0)


def _draw_branch(sheet: _Sheet, caption: Caption, y: float) -> float:
    """One branch and the arrow that reaches it; where it ends."""
    pen, left = sheet.pen, sheet.side
    room = sheet.width - left - 22
    heads = wrapped(caption.head, room, 12.5)
    lines = wrapped(f"{caption.mark} {caption.line}".strip(), room, _TINY)
    height = 13 + len(heads) * 17 + len(lines) * 16
    colour = RED if caption.is_early else SOFT if caption.is_dashed else NAVY
    stroke = Stroke(colour, dashed=caption.is_dashed)
    _reach(sheet, y + 20, stroke)
    fill = RED_TINT if caption.is_early else TINT
    pen.box((left, y, sheet.width - left - 2, height), stroke, fill)
    for index, line in enumerate(heads):
        pen.strong(left + 10, y + 19 + index * 17, line, size=12.5)
    for index, line in enumerate(lines):
        base = y + 18 + len(heads) * 17 + index * 16
        pen.text(left + 10, base, line, size=_TINY, colour=colour)
    return y + height


def _reach(sheet: _Sheet, y: float, stroke: Stroke) -> None:
    """The arrow from a stop's box to a branch."""
    left = sheet.side
    if sheet.from_above:
        steps = f"M{sheet.bend} 0 V{number(y)} H{left - 7}"
    elif sheet.is_wide:
        middle = min(sheet.under - 12, max(sheet.top + 20, y))
        steps = f"M{sheet.right} {number(middle)} H{sheet.bend} V{number(y)} H{left - 7}"
    else:
        steps = f"M{sheet.bend} {number(sheet.under)} V{number(y)} H{left - 7}"
    sheet.pen.path(steps, stroke)
    sheet.pen.point_right(left, y, stroke.colour)


def _draw_lines(
    sheet: _Sheet, stop: Stop, lines: list[_Line], *, starts: bool, ends: bool, is_over: bool
) -> None:
    """The spine down to the next strip, and the lines at the left that begin, end or pass by."""
    sheet.end += 4 if is_over else 12
    down = number(sheet.end)
    if not is_over and not (ends and any(each.target == stop.number + 1 for each in lines)):
        begin = sheet.under if starts else 0
        sheet.pen.path(f"M{_SPINE} {number(begin)} V{down}", Stroke())
    for each in lines:
        if each.source < stop.number < each.target or (each.source == stop.number and not starts):
            sheet.pen.path(f"M{each.x} 0 V{down}", Stroke())
        elif each.source == stop.number:
            y = number((sheet.top + sheet.under) / 2)
            sheet.pen.path(f"M{_BOX_LEFT} {y} H{each.x} V{down}", Stroke())
        elif each.target == stop.number and starts:
            y = number(sheet.top + 21)
            sheet.pen.path(f"M{each.x} 0 V{y} H{_BOX_LEFT - 7}", Stroke())
            sheet.pen.point_right(_BOX_LEFT, sheet.top + 21, NAVY)
