"""One marketplace for all stories, started once as a person starts it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.kill.world import own_database as make_database
from tests.story.marketplace import Marketplace
from tests.story.visitor import Visitor


@pytest.fixture(scope="session")
def own_database() -> Iterator[str]:
    """A fresh database; "" on SQLite, where it lies in the folder."""
    with make_database() as url:
        yield url


@pytest.fixture(scope="session")
def marketplace(tmp_path_factory, own_database) -> Iterator[Marketplace]:
    """Web, worker, witness, sandbox: real processes."""
    found = Marketplace(tmp_path_factory.mktemp("story") / "data", own_database)
    try:
        found.start()
        yield found
    finally:
        found.end()


@pytest.fixture
def visitor(marketplace) -> Iterator[Visitor]:
    """Somebody without an account."""
    with Visitor(marketplace) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; root needs it without its sandbox."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: make setup"
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}
