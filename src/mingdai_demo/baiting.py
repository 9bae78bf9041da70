"""Place a decoy in one demo employee's queue: a made-up application that nobody else is shown."""

from __future__ import annotations

from datetime import datetime

from mingdai.accounts.models import Staff
from mingdai.errors import Invalid
from mingdai.loans.decoying import place_with_staff

PRODUCT = "yunting-qingxiang"
DECIDES = "anna"
"""A compliance officer; nobody places a decoy in the own queue."""

REASON = "核对联系方式"
"""What the ticket says; it looks like any other's."""


def bait(login: str, *, at: datetime) -> None:
    """One more decoy for this employee; raises Invalid `decoy.employee` where there is none."""
    people = Staff.objects.in_bulk([login, DECIDES], field_name="login")
    if login not in people:
        raise Invalid(code="decoy.employee", reason="there is no such employee", field="login")
    place_with_staff(people[login], PRODUCT, reason=REASON, by=people[DECIDES], at=at)
