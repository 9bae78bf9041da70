from datetime import UTC, datetime

import pytest

from mingdai_client.practising import MADE_UP
from mingdai_sandbox.deleting import obey
from mingdai_sandbox.receiving import receive
from mingdai_sandbox.serving import build_town
from mingdai_sandbox.showing import show

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)


@pytest.fixture
def town(world):
    return build_town(world.config, port=1)


def page(town) -> str:
    pairs = [(town.desks[name], town.outboxes[name]) for name in town.desks]
    return show(pairs, relayed=3).body.decode()


def test_the_page_shows_masked_values_only(world, town):
    manifest, envelope = world.platform.send(world.practise(), at=NOON)
    receive(town.desks["yunting-cf"], envelope.encode(), key=manifest.disclosure_id, at=NOON)

    html = page(town)

    assert not [code for code, value in MADE_UP.items() if value in html]
    assert "199****2345" in html
    assert "虚构" in html


def test_after_a_notice_the_page_says_that_it_was_deleted(world, town):
    desk = town.desks["yunting-cf"]
    manifest, envelope = world.platform.send(world.practise(), at=NOON)
    receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)
    obey(desk, world.platform.notify(manifest)[1], at=NOON)

    html = page(town)

    assert "已按通知删除" in html
    assert "199****2345" not in html


def test_the_page_loads_nothing_and_runs_nothing(town):
    pairs = [(town.desks[name], town.outboxes[name]) for name in town.desks]

    answer = show(pairs, relayed=0)

    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert b"<script" not in answer.body
    assert b"http" not in answer.body
