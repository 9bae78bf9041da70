"""The seeded world, made once for all points, and a copy of it for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kill.recording import recording
from tests.kill.world import (
    PLATFORM,
    YUAN,
    YUAN_HELD,
    World,
    copy_of,
    free_port,
    is_listening,
    wait_for,
)
from tests.kill.world import own_database as make_database


@pytest.fixture(scope="session")
def seeded(tmp_path_factory) -> Iterator[World]:
    """The demo world with one borrower and two drafts, everything so far published."""
    data = tmp_path_factory.mktemp("seeded") / "data"
    with (
        recording(free_port()) as to_witness,
        recording(free_port()) as to_sandbox,
        make_database() as url,
    ):
        world = World(data, url, to_witness, to_sandbox)
        world.work("seed", PLATFORM, f"http://127.0.0.1:{to_sandbox.port}")
        world.start_witness()
        world.work("draft", YUAN, "draft", YUAN_HELD, "publish", "rest")
        world.end()
        yield world


@pytest.fixture
def own_database(seeded) -> Iterator[str]:
    """A copy of the seeded database; "" on SQLite, where it lies in the folder."""
    with make_database(seeded.database_url) as url:
        yield url


@pytest.fixture
def world(seeded, own_database, tmp_path) -> Iterator[World]:
    """The seeded world with its witness and its sandbox running."""
    world = copy_of(seeded, tmp_path / "data", own_database)
    world.start_witness()
    world.start_sandbox()
    for line in (world.to_witness, world.to_sandbox):
        wait_for(lambda port=line.to: is_listening(port))
    yield world
    world.end()
