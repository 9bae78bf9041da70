"""Ways to send a one-time code.  The development inbox shows it; it does not exist in production.

`MINGDAI_CODE_SENDER` is `inbox` or the dotted name of a class with `send`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from mingdai.accounts.models import InboxMessage
from mingdai.errors import Refused, Unavailable


class CodeSender(Protocol):
    """What a carrier of codes must do; it keeps neither number nor code."""

    def send(self, *, number: str, masked: str, code: str, at: datetime) -> None:
        """Send `code` to `number` (clean, "" where the door did not give it)."""
        ...


class InboxSender:
    """Writes the code into the marked development inbox; production refuses it."""

    def send(self, *, number: str, masked: str, code: str, at: datetime) -> None:
        """Show `code` beside the masked number; the number itself is not kept."""
        del number
        if settings.MINGDAI_PRODUCTION:
            raise Refused(
                code="sender.not_for_production",
                reason="the development inbox does not exist in production",
                remedy="name a sender in MINGDAI_CODE_SENDER",
            )
        InboxMessage.objects.create(masked_mobile=masked, code=code, sent_at=at)


def sender() -> CodeSender:
    """The configured sender; raises Unavailable `sender.none` where there is none."""
    name: str = settings.MINGDAI_CODE_SENDER
    if name == "inbox":
        return InboxSender()
    if not name:
        raise Unavailable(
            code="sender.none",
            reason="no sender of one-time codes is configured",
            remedy="name one in MINGDAI_CODE_SENDER",
        )
    made: CodeSender = import_string(name)()
    return made
