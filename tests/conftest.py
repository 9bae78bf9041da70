"""What every test stands on: a data folder of its own, aware times, no default keys."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("steady", deadline=None)
hypothesis_settings.load_profile("steady")
"""Properties are about correctness; a busy machine must not fail them."""

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Noon in Asia/Shanghai on the day most tests happen."""


DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup", "own_database"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only`: what a second run, on another database, needs to repeat."""
    parser.addoption("--database-only", action="store_true", help="only what touches a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what no database can change, when asked to."""
    if not config.getoption("--database-only"):
        return
    kept = [each for each in items if _touches_database(each)]
    gone = [each for each in items if not _touches_database(each)]
    config.hook.pytest_deselected(items=gone)
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture
def data_folder(tmp_path: Path, settings) -> Path:
    """A fresh `MINGDAI_DATA`, as on the first start."""
    settings.MINGDAI_DATA = tmp_path
    settings.MINGDAI_KEYS = tmp_path / "keys"
    return tmp_path
