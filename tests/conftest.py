"""What every test stands on: a data folder of its own, aware times, no default keys."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Noon in Asia/Shanghai on the day most tests happen."""


@pytest.fixture
def data_folder(tmp_path: Path, settings) -> Path:
    """A fresh `MINGDAI_DATA`, as on the first start."""
    settings.MINGDAI_DATA = tmp_path
    settings.MINGDAI_KEYS = tmp_path / "keys"
    return tmp_path
