from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from mingdai.partners.models import Partner
from mingdai.web.console.charting import draw_flow
from mingdai.web.console.counting import Flow, Link

BUREAU = Partner(id="bureau", short_name="示例征信", legal_name="示例征信", legal_name_en="")


def link(number: int, **changes: object) -> Link:
    name = f"示例小贷{number}<b>"
    partner = Partner(id=f"lender-{number}", short_name=name, legal_name=name)
    columns: dict[str, object] = {
        "partner": partner,
        "carrier": BUREAU,
        "count": 3,
        "people": 2,
        "taken": 3,
        "waiting": 0,
        "dead": 0,
        "ended": 0,
        "last_at": datetime(2026, 11, 23, tzinfo=UTC),
    }
    return Link(**{**columns, **changes})  # type: ignore[arg-type]


def flow_of(*links: Link, others: int = 0, staff_reads: int = 0) -> Flow:
    return Flow(
        people=5,
        count=sum(each.count for each in links),
        links=links,
        others=others,
        staff_reads=staff_reads,
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [1, 3, 8])
def test_the_picture_is_well_formed_and_links_every_recipient(size, language):
    links = tuple(link(at, carrier=BUREAU if at % 2 else None) for at in range(size))

    with override(language):
        picture = draw_flow(flow_of(*links, others=4, staff_reads=2), chosen=links[0])

    root = ElementTree.fromstring(picture)  # noqa: S314 - our own picture
    assert len(root.findall("a")) == size
    assert "style=" not in picture


def test_a_name_cannot_break_out_of_the_picture():
    assert "<b>" not in draw_flow(flow_of(link(1)), chosen=None)


@pytest.mark.parametrize(
    ("changes", "look"), [({"dead": 1}, "bad"), ({"waiting": 1}, "slow"), ({}, "good")]
)
def test_trouble_is_drawn_as_trouble(changes, look):
    assert f'<g class="{look}">' in draw_flow(flow_of(link(1, **changes)), chosen=None)


def test_no_two_boxes_of_a_column_overlap():
    links = [link(at, carrier=BUREAU if at % 3 else None) for at in range(8)]

    root = ElementTree.fromstring(draw_flow(flow_of(*links, others=1), chosen=None))  # noqa: S314
    columns: dict[str, list[int]] = {}
    for box in root.iter("rect"):
        columns.setdefault(box.attrib["x"], []).append(int(box.attrib["y"]))

    for tops in columns.values():
        assert all(below - above >= 44 for above, below in pairwise(sorted(tops)))
    assert min(min(tops) for tops in columns.values()) >= 0


def test_the_chosen_link_stands_out():
    first, second = link(1), link(2)

    assert draw_flow(flow_of(first, second), chosen=second).count('<g class="good chosen">') == 1
