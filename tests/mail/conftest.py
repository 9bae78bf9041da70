"""A fresh data folder, a borrower with an alias, a door on a port of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connections

from mingdai.mail.running import receiving
from tests.mail.post import HERE
from tests.mail.smarthost import Server, smarthost
from tests.mail.world import Post, make_post


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


@pytest.fixture
def post(db) -> Post:
    return make_post()


@pytest.fixture
def open_post(transactional_db) -> Post:
    """The same, committed, for threads that have connections of their own."""
    return make_post()


@pytest.fixture
def door(open_post, settings) -> Iterator[int]:
    """The port of a real door."""
    settings.MINGDAI_MAIL_RATE = 100_000
    with receiving(HERE, 0) as opened:
        yield opened.port
    assert not [each for each in threading.enumerate() if each.name.startswith("mail-")]
    connections.close_all()


@pytest.fixture
def sent(settings) -> Iterator[Server]:
    """A smarthost that takes everything, and what it took."""
    with smarthost() as server:
        settings.MINGDAI_SMARTHOST = f"{HERE}:{server.port}"
        yield server
