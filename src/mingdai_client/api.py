"""The platform's REST API as typed calls: who am I, how does an application stand, tell it events.

Every call that changes something carries an idempotency key and may be repeated: the client itself
repeats after time-outs, 429 and 5xx, with doubling pauses or as `Retry-After` says.  A problem
document (RFC 9457) is raised as `ApiProblem` with its stable code.  Webhook bodies are signed over
their exact bytes at the moment they are sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from mingdai_client.errors import ApiProblem, ApiUnreachable
from mingdai_proofs.canonical import encode_json
from mingdai_proofs.webhooks import HEADER, sign_webhook

VERSION = "2026-11-01"
"""The version of the API this client speaks, sent as `Mingdai-Version`."""

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_PAUSE_S = 60.0


@dataclass(frozen=True, slots=True)
class Event:
    """What a lender tells the platform.  `event_id` is the same at every repetition.

    `occurred_at` is RFC 3339 in UTC; docs/lender.md lists the kinds and the data of each.
    """

    event_id: str
    kind: str
    application_id: str
    occurred_at: str
    data: Mapping[str, object]

    def encode(self) -> bytes:
        """The body as it is signed and sent."""
        return encode_json(
            {
                "event_id": self.event_id,
                "kind": self.kind,
                "application_id": self.application_id,
                "occurred_at": self.occurred_at,
                "data": self.data,
            }
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform answered: the HTTP status and the JSON object, {} where there was none."""

    status: int
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Me:
    """Whom the platform takes the caller for; `sealing_keys` are the key ids in force."""

    partner_id: str
    legal_name: str
    status: str
    sealing_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicationStatus:
    """How an application stands; `consent_ends` is RFC 3339, `withdrawn_at` "" while consented."""

    application_id: str
    disclosure_id: str
    status: str
    consent_ends: str
    withdrawn_at: str


class PlatformApi:
    """One lender's connection to one platform.  Close it, or use it in a `with` statement."""

    def __init__(
        self,
        url: str,
        *,
        api_key: str,
        attempts: int = 4,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Speak to the platform at `url` as the holder of `api_key`, at most `attempts` times.

        `sleep` takes seconds.
        """
        self._attempts = max(1, attempts)
        self._sleep = sleep
        self._client = httpx.Client(
            base_url=url.rstrip("/") + "/api/",
            timeout=TIMEOUT,
            transport=transport,
            headers={
                "Authorization": f"Bearer {api_key}",
                "Mingdai-Version": VERSION,
                "Accept": "application/json",
            },
        )

    def __enter__(self) -> PlatformApi:
        """Use the connection."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Give the connection back."""
        self._client.close()

    def read_me(self) -> Me:
        """Who the platform takes the caller for."""
        found = self._answer(_Call("GET", "me")).content
        return Me(
            partner_id=_text(found, "partner_id"),
            legal_name=_text(found, "legal_name"),
            status=_text(found, "status"),
            sealing_keys=tuple(str(each) for each in found.get("sealing_keys", ())),
        )

    def read_policy(self) -> str:
        """The log policy the platform publishes.  Pin a copy you got another way; compare."""
        return self._send(_Call("GET", "log/policy")).text

    def read_application(self, application_id: UUID | str) -> ApplicationStatus:
        """How an application stands, without personal information."""
        found = self._answer(_Call("GET", f"applications/{application_id}")).content
        grant = found.get("grant", {})
        return ApplicationStatus(
            application_id=_text(found, "application_id"),
            disclosure_id=_text(found, "disclosure_id"),
            status=_text(found, "status"),
            consent_ends=_text(grant, "expires_at"),
            withdrawn_at=_text(grant, "withdrawn_at"),
        )

    def send_event(self, body: bytes, *, event_id: str, secret: bytes) -> Answer:
        """Send a webhook body (`Event.encode`), signed now with the webhook `secret`."""
        return self._answer(_Call("POST", "events", body, key=event_id, secret=secret))

    def send_countersignature(
        self, application_id: UUID | str, *, disclosure_id: str, countersignature: str
    ) -> Answer:
        """Hand in a counter-signature that did not travel with the first answer."""
        body = {"disclosure_id": disclosure_id, "countersignature": countersignature}
        path = f"applications/{application_id}/countersignature"
        return self._answer(_Call("POST", path, encode_json(body), key=disclosure_id))

    def send_acknowledgement(self, notice_id: UUID | str, *, acknowledgement: str) -> Answer:
        """Hand in the acknowledgement of a deletion that did not travel with the first answer."""
        body = encode_json({"acknowledgement": acknowledgement})
        path = f"notices/{notice_id}/acknowledgement"
        return self._answer(_Call("POST", path, body, key=str(notice_id)))

    def rotate_key(self, *, idempotency_key: str) -> str:
        """A new API key, shown once; the old one lives on for the platform's overlap time."""
        answer = self._answer(_Call("POST", "keys", b"{}", key=idempotency_key))
        return str(answer.content["key"])

    def read(self, path: str) -> Answer:
        """Any other GET below `/api/`, for the modules beside this one."""
        return self._answer(_Call("GET", path))

    def send(self, path: str, content: Mapping[str, object], *, key: str) -> Answer:
        """Any other POST below `/api/`, under the idempotency key `key`."""
        return self._answer(_Call("POST", path, encode_json(content), key=key))

    def _answer(self, call: _Call) -> Answer:
        response = self._send(call)
        return Answer(response.status_code, _object(response))

    def _send(self, call: _Call) -> httpx.Response:
        failed: ApiProblem | ApiUnreachable = ApiUnreachable("no attempt was made")
        for attempt in range(self._attempts):
            if attempt:
                self._sleep(_pause(attempt, failed))
            try:
                response = self._client.request(
                    call.method, call.path, headers=call.headers(), content=call.content or None
                )
            except httpx.TransportError as broken:
                failed = ApiUnreachable(f"{call.method} {call.path}: {type(broken).__name__}")
                continue
            if response.is_success:
                return response
            failed = _problem(response)
            if failed.status not in RETRIED:
                break
        raise failed


@dataclass(frozen=True, slots=True)
class _Call:
    """One request; with a `secret` its content is signed afresh at every attempt."""

    method: str
    path: str
    content: bytes = b""
    key: str = ""
    secret: bytes = b""

    def headers(self) -> dict[str, str]:
        """What to send along, made at the moment of sending."""
        headers = {"Content-Type": "application/json"} if self.content else {}
        if self.key:
            headers["Idempotency-Key"] = self.key
        if self.secret:
            headers[HEADER] = sign_webhook(
                self.secret, event_id=self.key, at_s=int(time.time()), body=self.content
            )
        return headers


def _pause(attempt: int, failed: Exception) -> float:
    asked = float(failed.retry_after_s) if isinstance(failed, ApiProblem) else 0.0
    return min(LONGEST_PAUSE_S, max(asked, 0.5 * 2.0 ** (attempt - 1)))


def _text(found: Mapping[str, Any], name: str) -> str:
    return str(found.get(name) or "")


def _object(response: httpx.Response) -> Mapping[str, Any]:
    try:
        found = response.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _problem(response: httpx.Response) -> ApiProblem:
    document = _object(response)
    wait = response.headers.get("Retry-After", "")
    return ApiProblem(
        status=response.status_code,
        code=str(document.get("code", "")),
        title=str(document.get("title", response.reason_phrase)),
        detail=str(document.get("detail", "")),
        retry_after_s=int(wait) if wait.isdecimal() else 0,
    )
