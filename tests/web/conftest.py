"""A real Chromium from the system, and a world that a page can be asked about."""

from __future__ import annotations

import os
import shutil

import pytest

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
