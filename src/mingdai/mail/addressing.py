"""The addresses of the mail door: aliases, and tokens for what comes back.

`b-<token>` takes bounces of one outgoing message (VERP), `r-<token>` replies to one forward.  An
alias has no hyphen after its first letter, so no token is ever an alias.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from mingdai.gate.aliasing import find_alias_ids
from mingdai.mail.models import Outgoing, Returned

TOKEN_BYTES = 15
"""120 random bits: 24 characters of base 32."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an accepted address leads: a letter to an alias, or a return to an outgoing message."""

    kind: str
    borrower_id: UUID
    alias_id: int | None = None
    outgoing_id: UUID | None = None


LETTER = "letter"


def find_target(address: str) -> Target | None:
    """Who an address is for; None for an unknown one, and for those of an erased borrower."""
    alias = find_alias_ids(address)
    if alias is not None:
        return Target(LETTER, alias[1], alias_id=alias[0])
    local_part, _, domain = address.strip().lower().rpartition("@")
    prefix, _, token = local_part.partition("-")
    kind = {"b": Returned.Kind.BOUNCE, "r": Returned.Kind.REPLY}.get(prefix)
    if kind is None or domain != settings.MINGDAI_ALIAS_DOMAIN:
        return None
    rows = Outgoing.objects.filter(token=token, borrower__erased_at=None)
    if kind == Returned.Kind.REPLY:
        rows = rows.filter(kind=Outgoing.Kind.FORWARD)
    row = rows.first()
    return None if row is None else Target(kind, row.borrower_id, outgoing_id=row.pk)


def draw_token(rng: Callable[[int], bytes]) -> str:
    """A fresh token."""
    return base64.b32encode(rng(TOKEN_BYTES)).decode("ascii").lower()


def bounce_address(token: str) -> str:
    """The return path of one outgoing message."""
    return f"b-{token}@{settings.MINGDAI_ALIAS_DOMAIN}"


def reply_address(token: str) -> str:
    """Where the borrower answers one forward."""
    return f"r-{token}@{settings.MINGDAI_ALIAS_DOMAIN}"


def message_id(token: str) -> str:
    """The Message-ID of one outgoing message."""
    return f"<m-{token}@{settings.MINGDAI_ALIAS_DOMAIN}>"


def token_of(identifier: str) -> str:
    """The token in one of our Message-IDs, "" for anybody else's."""
    inner = identifier.strip("<>").lower()
    local_part, _, domain = inner.rpartition("@")
    is_ours = domain == settings.MINGDAI_ALIAS_DOMAIN and local_part.startswith("m-")
    return local_part.removeprefix("m-") if is_ours else ""
