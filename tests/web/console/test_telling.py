from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from mingdai.law import staff_ticket
from mingdai.web.console import telling
from mingdai.web.console.telling import SENTENCES, is_told, tell
from mingdai.web.sentences import GENERAL

HERE = Path(telling.__file__).parent
ROOMS = HERE.parents[1]


def codes_in(*paths: Path) -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    return set(re.findall(r'(?:code|problem)="([a-z_]+\.[a-z_]+)"', text))


@pytest.mark.parametrize(
    "paths",
    [
        sorted(HERE.glob("*.py")),
        [ROOMS / "accounts/authenticating.py", ROOMS / "accounts/enrolling.py"],
        [ROOMS / "partners/reviewing.py", ROOMS / "gate/resuming.py"],
    ],
    ids=["console", "accounts", "partners and gate"],
)
def test_every_code_an_employee_meets_has_its_sentence(paths):
    assert {code for code in codes_in(*paths) if tell(code) == str(GENERAL)} == set()


def test_what_borrowers_are_told_is_told_alike():
    assert not is_told("ledger.closed")
    assert "账本" in tell("ledger.closed")


def test_a_ticket_that_does_not_fit_is_said_in_both_languages():
    code = "ticket.other_assignee"

    assert code in Path(staff_ticket.__file__).read_text(encoding="utf-8")
    with override("en"):
        assert tell(code) == "This ticket is not assigned to you."
    with override("zh-hans"):
        assert tell(code) == str(SENTENCES[code])
