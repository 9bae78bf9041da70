"""Call the platform back: send what a made-up lender holds in its outbox, signed and in order.

An event is done when the platform took it, or said it never will (any 4xx that does not mean
"later"); then the answer is kept for the sandbox's page.  The signature is made anew at every
attempt, because its time is part of it; the event id never changes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from mingdai_client.api import RETRIED, PlatformApi
from mingdai_client.errors import ApiProblem, ApiUnreachable
from mingdai_sandbox.queueing import Outbox, Outgoing

IDLE_S = 0.2
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 300.0
LATER = RETRIED | {401, 404}
"""A lender whose key or application the platform does not know yet keeps trying as well."""

MAX_ATTEMPTS = 50
"""About four hours; then the event is given up, and the page shows the last answer."""


class Caller:
    """Sends one lender's events."""

    def __init__(self, outbox: Outbox, *, api: PlatformApi, secret: bytes) -> None:
        """Send what `outbox` holds through `api`, signed with the webhook `secret`."""
        self._outbox = outbox
        self._api = api
        self._secret = secret

    def send_due(self, at: datetime) -> int:
        """Try every event that is due once; how many were tried."""
        due = self._outbox.next_due(at.timestamp())
        for each in due:
            self._send(each, at.timestamp())
        return len(due)

    def _send(self, event: Outgoing, now_s: float) -> None:
        try:
            answer = self._api.send_event(event.body, event_id=event.event_id, secret=self._secret)
        except ApiProblem as problem:
            said = f"http.{problem.status} {problem.code}".strip()
            if problem.status in LATER:
                self._postpone(event, now_s, max(problem.retry_after_s, 0), said)
            else:
                self._outbox.finish(event.seq, at_s=now_s, answer=said)
        except ApiUnreachable:
            self._postpone(event, now_s, 0, "unreachable")
        else:
            self._outbox.finish(event.seq, at_s=now_s, answer=f"http.{answer.status}")

    def _postpone(self, event: Outgoing, now_s: float, asked_s: int, said: str) -> None:
        if event.attempts + 1 >= MAX_ATTEMPTS:
            self._outbox.finish(event.seq, at_s=now_s, answer=f"given up: {said}")
            return
        pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(event.attempts, 16))
        self._outbox.postpone(event.seq, due_at=now_s + max(pause, asked_s), answer=said)


def keep_calling(
    callers: Iterable[Caller], *, clock: Callable[[], datetime], stop: threading.Event
) -> None:
    """Send what is due until `stop` is set; pauses when nothing is."""
    everyone = list(callers)
    while not stop.is_set():
        if not sum(each.send_due(clock()) for each in everyone):
            stop.wait(IDLE_S)
