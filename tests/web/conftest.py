"""A real Chromium from the system, and a world that a page can be asked about."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.web.world import agree, fill_in, publish, seed_demo, sign_in

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; root needs it without its sandbox."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: make setup"
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    """A fresh data folder for each test."""
    return data_folder


@pytest.fixture
def demo(db, settings):
    """The demo's lenders and products; the cost table needs no waiting."""
    settings.MINGDAI_COST_READING_S = 0
    seed_demo()


@pytest.fixture
def borrower(demo, client):
    """A client that is signed in."""
    return sign_in(client)


@pytest.fixture
def application(demo, transactional_db, client):
    """An application that was agreed to, its entries provable."""
    sign_in(client)
    found = agree(client, fill_in(client))
    publish()
    return found
