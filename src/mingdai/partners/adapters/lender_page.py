"""The lender's own page: the borrower goes there by a link and nothing passes from us."""

from __future__ import annotations

from typing import ClassVar

from mingdai.errors import Refused
from mingdai.partners.adapters.answers import Answer
from mingdai.partners.models import Partner


class LenderPageAdapter:
    """Accepts no field and sends nothing; it is listed so that the refusal has one place."""

    family: ClassVar[str] = "lender_page"
    accepts: ClassVar[frozenset[str]] = frozenset()

    def send(self, wire: bytes, *, recipient: Partner, via: Partner | None, key: str) -> Answer:
        """Refuse: by this route nothing passes."""
        raise _nothing_passes(recipient)

    def notify(self, body: bytes, *, recipient: Partner, via: Partner | None, key: str) -> Answer:
        """Refuse: who was sent nothing has nothing to delete."""
        raise _nothing_passes(recipient)


def _nothing_passes(recipient: Partner) -> Refused:
    return Refused(
        code="route.nothing_passes",
        reason=f"the route to {recipient.id} is its own page",
        source="docs/law.md K1",
        remedy="link to the lender's page",
    )
