import os
import shutil

import pytest

from mingdai.trace.reporting.composing import compose
from mingdai.trace.reporting.records import as_record
from tests.trace import judged

SHA256 = "ab" * 32


@pytest.fixture(scope="session")
def raws():
    """One result for each conclusion, judged for real."""
    return {
        "named": judged.named(),
        "investigate": judged.overlapping(),
        "none": judged.nobody(),
    }


@pytest.fixture
def records(raws):
    return {name: as_record(raw) for name, raw in raws.items()}


@pytest.fixture(params=["zh", "en"])
def reports(records, request):
    return {name: compose(each, request.param, sha256=SHA256) for name, each in records.items()}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; root needs it without its sandbox."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: make setup"
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}
