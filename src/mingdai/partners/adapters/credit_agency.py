"""The licensed credit bureau as carrier (受托方): it relays sealed bytes that it cannot open.

Whether that satisfies 断直连 (docs/law.md, K1) is a question for counsel; the software names the
carrier on the consent sheet and in every manifest.
"""

from __future__ import annotations

from typing import ClassVar

import httpx

from mingdai.errors import Refused
from mingdai.partners.adapters.answers import TIMEOUT, Answer, post
from mingdai.partners.models import Partner
from mingdai.words import FIELDS


class CreditAgencyAdapter:
    """POSTs the envelope to the bureau's relay for one lender."""

    family: ClassVar[str] = "credit_agency"
    accepts: ClassVar[frozenset[str]] = frozenset(each.code for each in FIELDS)

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=TIMEOUT, follow_redirects=False)

    def send(self, wire: bytes, *, recipient: Partner, via: Partner | None, key: str) -> Answer:
        """Hand the envelope `wire` to the bureau `via`, for `recipient`."""
        url = f"{_relay(recipient, via)}/applications"
        return post(self._client, url, wire, key=key, signature_key="countersignature")

    def notify(self, body: bytes, *, recipient: Partner, via: Partner | None, key: str) -> Answer:
        """Tell `recipient` through the bureau that a grant ended."""
        url = f"{_relay(recipient, via)}/notices"
        return post(self._client, url, body, key=key, signature_key="acknowledgement")


def _relay(recipient: Partner, via: Partner | None) -> str:
    if via is None:
        raise Refused(
            code="route.no_carrier",
            reason=f"the route to {recipient.id} names no credit bureau",
            source="docs/law.md K1",
            remedy="name the carrier in the grant",
        )
    return f"{via.endpoint.rstrip('/')}/relay/{recipient.id}"
