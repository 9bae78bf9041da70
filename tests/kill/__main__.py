"""`python -m tests.kill [pytest options]`: kill at every point and print the table."""

from __future__ import annotations

import sys

import pytest


class Table:
    """Gathers the rows that the tests put down."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One row a test; a test that failed is named too."""
        if report.when != "call":
            return
        found = [value for name, value in report.user_properties if name == "kill"]
        self.rows += [tuple(each) for each in found] or [(report.nodeid, report.outcome, "")]


def main(options: list[str]) -> int:
    """The exit code of the test run."""
    table = Table()
    code = pytest.main(["tests/kill", "-q", *options], plugins=[table])
    out = sys.stdout.write
    out("\n| killed | found after it | after the restart |\n|---|---|---|\n")
    out("".join(f"| {' | '.join(row)} |\n" for row in table.rows))
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
