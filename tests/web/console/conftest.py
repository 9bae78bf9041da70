"""No reading time: these tests are about what employees see."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_reading_time(settings):
    settings.MINGDAI_COST_READING_S = 0
