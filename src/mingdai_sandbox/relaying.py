"""The made-up credit bureau as carrier (受托方): passes sealed bytes on, and cannot open them.

It holds no opening key.  It checks what anyone may: that the platform signed the manifest, that the
manifest names this bureau and this lender.  It keeps ids, times and a hash of the bytes; never the
bytes.  Whether such a carrier satisfies 断直连 is a question for counsel (docs/law.md, K1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import httpx

from mingdai_proofs.envelopes import Envelope, Manifest, verify_manifest
from mingdai_proofs.flaws import Flaw, Flawed
from mingdai_sandbox.answering import Answer, refuse
from mingdai_sandbox.configuring import BureauConfig
from mingdai_sandbox.databases import Database

TABLES = """
CREATE TABLE IF NOT EXISTS relayed (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, lender TEXT NOT NULL, what TEXT NOT NULL,
    key TEXT NOT NULL, digest TEXT NOT NULL, status INTEGER NOT NULL);
"""
PASSED_ON = ("Content-Type", "Idempotency-Key")
TIMEOUT = httpx.Timeout(10.0, connect=3.0)
"""Seconds; a lender that takes longer is tried again by the platform."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to relay: to whom, what (`applications` or `notices`), and its bytes.

    `headers` are those of PASSED_ON that came with it.
    """

    lender: str
    what: str
    body: bytes
    headers: dict[str, str]

    @property
    def key(self) -> str:
        """The idempotency key, "" where there is none."""
        return self.headers.get("Idempotency-Key", "")


class Bureau:
    """Relays parcels; any thread may call."""

    def __init__(
        self, config: BureauConfig, *, manifest_key: bytes, database: Database, client: httpx.Client
    ) -> None:
        """`manifest_key` is the platform's 32-byte public key; `config.relays` must be complete."""
        self._config = config
        self._manifest_key = manifest_key
        self._database = database
        self._client = client

    def close(self) -> None:
        """Give the connections to the lenders back."""
        self._client.close()

    def relay(self, parcel: Parcel, *, clock: Callable[[], datetime]) -> Answer:
        """Pass a parcel on and the lender's answer back, both unchanged."""
        address = self._config.relays.get(parcel.lender)
        if address is None:
            return refuse(404, "relay.unknown_lender")
        flaw = self._flaw(parcel) if parcel.what == "applications" else None
        answer = refuse(422, flaw.code) if flaw else self._post(address, parcel)
        self._write_down(parcel, answer.status, clock())
        return answer

    def list_relayed(self) -> list[dict[str, object]]:
        """What was relayed, the newest first: ids and hashes, no content."""
        names = ("at", "lender", "what", "key", "digest", "status")
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT at, lender, what, key, digest, status FROM relayed ORDER BY seq DESC"
            ).fetchall()
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _flaw(self, parcel: Parcel) -> Flaw | None:
        try:
            envelope = Envelope.parse(parcel.body)
            manifest = Manifest.parse(envelope.manifest)
        except Flawed as flawed:
            return flawed.flaw
        if manifest.recipient != parcel.lender:
            return Flaw("relay.other_recipient", "the manifest names another lender")
        if manifest.carrier != self._config.id:
            return Flaw("relay.other_carrier", "the manifest names another carrier")
        return verify_manifest(envelope.manifest, envelope.manifest_signature, self._manifest_key)

    def _post(self, address: str, parcel: Parcel) -> Answer:
        url = f"{address}/{parcel.what}"
        try:
            response = self._client.post(url, content=parcel.body, headers=parcel.headers)
        except httpx.TimeoutException:
            return refuse(504, "relay.lender_timeout")
        except httpx.TransportError:
            return refuse(502, "relay.lender_unreachable")
        kind = response.headers.get("Content-Type", "application/json")
        return Answer(response.status_code, response.content, kind)

    def _write_down(self, parcel: Parcel, status: int, at: datetime) -> None:
        digest = sha256(parcel.body).hexdigest()
        with self._database.writing() as db:
            db.execute(
                "INSERT INTO relayed (at, lender, what, key, digest, status)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (at.isoformat(), parcel.lender, parcel.what, parcel.key[:64], digest, status),
            )
