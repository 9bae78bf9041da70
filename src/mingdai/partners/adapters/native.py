"""Lenders that speak our own protocol (docs/api.md): sealed bytes straight to them."""

from __future__ import annotations

from typing import ClassVar

import httpx

from mingdai.partners.adapters.answers import TIMEOUT, Answer, post
from mingdai.partners.models import Partner
from mingdai.words import FIELDS


class NativeAdapter:
    """POSTs the envelope to the lender's own endpoint."""

    family: ClassVar[str] = "native"
    accepts: ClassVar[frozenset[str]] = frozenset(each.code for each in FIELDS)

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=TIMEOUT, follow_redirects=False)

    def send(self, wire: bytes, *, recipient: Partner, via: Partner | None, key: str) -> Answer:
        """Hand the envelope `wire` to `recipient`; `via` must be None."""
        url = f"{recipient.endpoint.rstrip('/')}/applications"
        return post(self._client, url, wire, key=key, signature_key="countersignature")

    def notify(self, body: bytes, *, recipient: Partner, via: Partner | None, key: str) -> Answer:
        """Tell `recipient` that a grant ended; it holds no personal information."""
        url = f"{recipient.endpoint.rstrip('/')}/notices"
        return post(self._client, url, body, key=key, signature_key="acknowledgement")
