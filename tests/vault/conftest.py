"""A borrower in a fresh world."""

from __future__ import annotations

import pytest

from tests.vault.people import make_borrower


@pytest.fixture(autouse=True)
def fresh_keys(data_folder):
    return data_folder


@pytest.fixture
def borrower(db):
    return make_borrower("19900000001")
