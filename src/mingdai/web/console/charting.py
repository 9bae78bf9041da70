"""Draw who passed what to whom: borrowers, platform, carriers, recipients; one SVG, no script.

Every recipient is a link that chooses it; the table beside the picture says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mingdai.web.console.counting import Flow, Link
from mingdai.web.mapping import fitted
from mingdai.web.showing import short_firm

WIDTH, TALL, ROW, BOX = 900, 300, 58, 44
BORROWER, PLATFORM, CARRIER, RECIPIENT = 6, 198, 396, 704
SMALL, WIDE = 132, 190


@dataclass(frozen=True, slots=True)
class _Stop:
    """One recipient's row: where it stands and how it looks."""

    link: Link
    middle: int
    look: str


def draw_flow(flow: Flow, *, chosen: Link | None) -> SafeString:
    """The picture of `flow`, with `chosen` standing out."""
    stops = _placed(flow, chosen)
    rows = len(stops) + bool(flow.others) + bool(flow.staff_reads)
    height = max(TALL, ROW * rows + 12)
    middle = height // 2
    parts = [
        _line("", (BORROWER + SMALL, middle), (PLATFORM, middle)),
        _label(164, middle, flow.count),
        *_carried(stops, middle),
        *(_recipient(each) for each in stops),
        *_rest(flow, len(stops), middle),
        _box("me", (BORROWER, middle, SMALL), _("借款人"), f"{flow.people:,}"),
        _box("platform", (PLATFORM, middle, SMALL), _("明贷平台"), _("先记账后发送")),
    ]
    return format_html(
        '<svg class="flow" viewBox="0 0 {} {}" role="group" aria-label="{}"><defs>'
        '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" '
        'orient="auto"><path d="M0 0L8 4L0 8z"></path></marker></defs>{}</svg>',
        WIDTH,
        height,
        _("资料流向图：借款人、平台、受托方、接收机构"),
        _join(parts),
    )


def _placed(flow: Flow, chosen: Link | None) -> list[_Stop]:
    """The links, those of one carrier side by side, so that no line crosses a box."""
    ordered = sorted(flow.links, key=lambda each: each.carrier.pk if each.carrier else "")
    rows = len(ordered) + bool(flow.others) + bool(flow.staff_reads)
    top = max(0, (TALL - ROW * rows - 12) // 2) + 6 + ROW // 2
    return [_Stop(each, top + ROW * at, _look(each, chosen)) for at, each in enumerate(ordered)]


def _look(link: Link, chosen: Link | None) -> str:
    state = "bad" if link.dead else "slow" if link.waiting else "good"
    return f"{state} chosen" if link is chosen else state


def _carried(stops: Sequence[_Stop], middle: int) -> Iterable[SafeString]:
    """Lines from the platform, and the carriers' boxes on them."""
    start = PLATFORM + SMALL, middle
    carriers = {each.link.carrier.pk: each.link.carrier for each in stops if each.link.carrier}
    for pk, row in carriers.items():
        group = [each for each in stops if each.link.carrier and each.link.carrier.pk == pk]
        carrier = short_firm(row)
        at = (group[0].middle + group[-1].middle) // 2
        yield _line("", start, (CARRIER, at))
        yield _label(362, (middle + at) // 2, sum(each.link.count for each in group))
        for each in group:
            yield _line(each.look, (CARRIER + WIDE, at), (RECIPIENT, each.middle))
            yield _label(RECIPIENT - 40, each.middle, each.link.count)
        yield _box("carrier", (CARRIER, at, WIDE), _plain(carrier), _sealed())
    for each in stops:
        if each.link.carrier is None:
            yield _line(each.look, start, (CARRIER, each.middle), end=RECIPIENT)
            yield _label(RECIPIENT - 40, each.middle, each.link.count)


def _recipient(stop: _Stop) -> SafeString:
    link = stop.link
    name = _plain(short_firm(link.partner))
    under = _("%(n)s 人") % {"n": link.people}
    return format_html(
        '<a href="?to={}{}" aria-label="{}">{}</a>',
        link.partner.pk,
        f"&by={link.carrier.pk}" if link.carrier else "",
        _("%(name)s：%(count)s 次") % {"name": name, "count": link.count},
        _box(stop.look, (RECIPIENT, stop.middle, WIDE), name, under),
    )


def _rest(flow: Flow, above: int, middle: int) -> Iterable[SafeString]:
    """What has no stop of its own: recipients beyond the drawn ones, and employees."""
    found = [(flow.others, _("其他机构"), ""), (flow.staff_reads, _("员工（凭工单）"), "inside")]
    rows = [each for each in found if each[0]]
    top = max(0, (TALL - ROW * (above + len(rows)) - 12) // 2) + 6 + ROW // 2
    for at, (count, name, look) in enumerate(rows, above):
        height = top + ROW * at
        yield _line(look, (PLATFORM + SMALL, middle), (CARRIER, height), end=RECIPIENT)
        yield _label(RECIPIENT - 40, height, count)
        yield _box(look, (RECIPIENT, height, WIDE), name, "")


def _plain(name: str) -> str:
    """A firm's name without its legal form, which the table has."""
    for form in (" Co., Ltd.", " Ltd.", " LLC"):
        name = name.removesuffix(form)
    return name


def _sealed() -> str:
    return _("受托方，打不开")


def _line(look: str, start: tuple[int, int], to: tuple[int, int], *, end: int = 0) -> SafeString:
    """A curve between two columns, going on level to `end` where that is given."""
    bend = (start[0] + to[0]) // 2
    tail = f"H{end - 3}" if end else ""
    stop = to[0] if end else to[0] - 3
    return format_html(
        '<path class="{}" d="M{} {}C{} {} {} {} {} {}{}" marker-end="url(#tip)"></path>',
        look,
        start[0],
        start[1],
        bend,
        start[1],
        bend,
        to[1],
        stop,
        to[1],
        tail,
    )


def _label(left: int, middle: int, count: int) -> SafeString:
    return format_html(
        '<text class="count" x="{}" y="{}">{}</text>', left, middle + 4, f"{count:,}"
    )


def _box(look: str, place: tuple[int, int, int], name: str, under: str) -> SafeString:
    left, middle, width = place
    second = format_html(
        '<text class="under" x="{}" y="{}">{}</text>', left + width / 2, middle + 14, under
    )
    return format_html(
        '<g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="7"></rect>'
        '<text x="{}" y="{}">{}</text>{}</g>',
        look,
        left,
        middle - BOX // 2,
        width,
        BOX,
        left + width / 2,
        middle - 3 if under else middle + 5,
        fitted(name, width - 16),
        second if under else "",
    )


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((each,) for each in parts))
