"""A fresh data folder for each test of this room."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder
