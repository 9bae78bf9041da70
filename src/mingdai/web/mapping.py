"""Draw where a borrower's data went: me, the platform, carriers, recipients; one small SVG.

The list beside it says the same in words; the picture is for seeing it at a glance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH, ROW, HEAD = 400, 68, 150
TRUNK, CARRIER, RECIPIENT = 28, 52, 224
UNIT = 7.2
"""About how wide half a Chinese character is; a name that does not fit its box is cut short."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One recipient on the map; `carrier` is "" where nobody carries, `count` is in fields."""

    name: str
    carrier: str
    count: int
    is_live: bool


def draw_map(stops: Sequence[Stop]) -> SafeString:
    """The map of `stops`, with a sentence for those who cannot see it."""
    height = HEAD + ROW * len(stops)
    label = _("从我到平台，再到 %(names)s") % {"names": "、".join(stop.name for stop in stops)}
    rows = format_html_join("", "{}", ((_row(stop, at),) for at, stop in enumerate(stops)))
    trunk_end = HEAD + ROW * (len(stops) - 1) + ROW // 2
    return format_html(
        '<svg class="map" viewBox="0 0 {w} {h}" role="img" aria-label="{label}">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" '
        'markerHeight="5" orient="auto"><path d="M0 0L8 4L0 8z"></path></marker></defs>'
        "{me}{platform}"
        '<path d="M200 50V77" marker-end="url(#tip)"></path>'
        '<path class="trunk" d="M{trunk} 124V{end}"></path>{rows}</svg>',
        w=WIDTH,
        h=height,
        label=label,
        me=_box("me", 130, 6, 140, _("我"), ""),
        platform=_box("platform", 10, 80, 380, _("明贷平台"), _("先记账，再发送")),
        trunk=TRUNK,
        end=trunk_end,
        rows=rows,
    )


def _row(stop: Stop, at: int) -> SafeString:
    top = HEAD + ROW * at + 12
    middle = top + 22
    look = "" if stop.is_live else "ended"
    count = _("%(count)s 项资料") % {"count": stop.count}
    parts = []
    if stop.carrier:
        parts.append(_line(look, TRUNK, CARRIER, middle))
        parts.append(_box("carrier", CARRIER, top, 136, stop.carrier, _("受托方，打不开")))
        parts.append(_line(look, CARRIER + 136, RECIPIENT, middle))
    else:
        parts.append(_line(look, TRUNK, RECIPIENT, middle))
    parts.append(_box(look or "live", RECIPIENT, top, 166, stop.name, count))
    return format_html_join("", "{}", ((part,) for part in parts))


def _line(look: str, start: int, end: int, height: int) -> SafeString:
    return format_html(
        '<path class="{}" d="M{} {}H{}" marker-end="url(#tip)"></path>',
        look,
        start,
        height,
        end - 2,
    )


def _box(look: str, left: int, top: int, width: int, name: str, under: str) -> SafeString:
    short = fitted(name, width - 16)
    middle = left + width / 2
    second = format_html('<text class="under" x="{}" y="{}">{}</text>', middle, top + 37, under)
    return format_html(
        '<g class="{}"><rect x="{}" y="{}" width="{}" height="44" rx="9"></rect>'
        '<text x="{}" y="{}">{}</text>{}</g>',
        look,
        left,
        top,
        width,
        middle,
        top + (20 if under else 27),
        short,
        second if under else "",
    )


def fitted(name: str, width: float) -> str:
    """As much of `name` as fits; the list has the whole of it."""
    room = int(width / UNIT)
    if sum(_units(mark) for mark in name) <= room:
        return name
    taken, used = "", 1
    for mark in name:
        used += _units(mark)
        if used > room:
            break
        taken += mark
    return taken + "…"


def _units(mark: str) -> int:
    return 2 if east_asian_width(mark) in "WF" else 1
