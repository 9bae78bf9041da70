"""The envelope: a manifest anyone on the way may read, and sealed bytes only the recipient opens.

`seal_info` binds manifest and ledger leaf into the sealing (HPKE `info`, RFC 9180): a recipient
can open an application only together with the leaf that records it.  Sealing itself is the
writer's and the reader's; this is the layout they share.  Layout: docs/protocol.md, "Envelope".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mingdai_proofs.canonical import decode_json, encode_json, text_fields
from mingdai_proofs.encodings import decode_base64, encode_base64
from mingdai_proofs.entries import FIELD_CODES
from mingdai_proofs.flaws import Flaw, refuse
from mingdai_proofs.openings import Opening
from mingdai_proofs.receipts import Receipt

MANIFEST_FORMAT = "mingdai-manifest/1"
ENVELOPE_FORMAT = "mingdai-envelope/1"
SEAL_LABEL = b"mingdai-seal/1"
SUITE = "MLKEM768_X25519+HKDF_SHA256+AES_256_GCM"
MAX_ENVELOPE_BYTES = 4_000_000
_CODE = "envelope.malformed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an envelope carries, for whom and why, without any value.

    `amount` is yuan as a decimal string; `term` counts `term_unit`s; `expires_at` and `sent_at` are
    RFC 3339 in UTC; `platform` is the log's origin; `carrier` is "" where nobody relays; `callback`
    is a path on the platform.  All other members are ids and codes.
    """

    application_id: str
    disclosure_id: str
    platform: str
    recipient: str
    recipient_key_id: str
    product_id: str
    product_version: str
    amount: str
    term: int
    term_unit: str
    purpose: str
    route: str
    carrier: str
    fields: tuple[str, ...]
    grant_id: str
    expires_at: str
    callback: str
    sent_at: str

    def encode(self) -> bytes:
        """The manifest's canonical bytes, which are signed and bound into the sealing."""
        members = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return encode_json({"format": MANIFEST_FORMAT, **members})

    @classmethod
    def parse(cls, data: bytes) -> Manifest:
        """Read canonical bytes; raises Flawed (`manifest.malformed`, `manifest.format`)."""
        value = decode_json(data, "manifest.malformed")
        if value.pop("format", None) != MANIFEST_FORMAT:
            refuse("manifest.format", f"the format is not {MANIFEST_FORMAT}")
        if set(value) != set(cls.__dataclass_fields__):
            refuse("manifest.malformed", "the manifest has other members than it should")
        for name, each in value.items():
            wanted = {"term": int, "fields": list}.get(name, str)
            if type(each) is not wanted:
                refuse("manifest.malformed", f"the manifest's {name} is of the wrong type")
        fields = value["fields"]
        if any(code not in FIELD_CODES for code in fields) or len(set(fields)) != len(fields):
            refuse("manifest.malformed", "the manifest names a field that is not in the catalogue")
        return cls(**{**value, "fields": tuple(fields)})


def manifest_statement(manifest_bytes: bytes) -> bytes:
    """The message of the platform's Ed25519 signature over a manifest."""
    return MANIFEST_FORMAT.encode() + b"\n" + manifest_bytes


def verify_manifest(manifest_bytes: bytes, signature: bytes, public_key: bytes) -> Flaw | None:
    """Whether the platform's 32-byte Ed25519 `public_key` signed the manifest."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(signature, manifest_statement(manifest_bytes))
    except (InvalidSignature, ValueError):
        return Flaw("manifest.signature", "the platform's key did not sign the manifest")
    return None


def seal_info(manifest_bytes: bytes, leaf: bytes) -> bytes:
    """The HPKE `info`: label, SHA-256 of the manifest, leaf hash, each after its u16 length."""
    parts = (SEAL_LABEL, sha256(manifest_bytes).digest(), leaf)
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


@dataclass(frozen=True, slots=True)
class Payload:
    """What is sealed: openings of every field, and what opens the entry's detail.

    A field's value stands once, in its opening; the JSON's `fields` repeats it for readers.
    """

    openings: tuple[Opening, ...]
    opening_of_detail: dict[str, Any]

    @property
    def fields(self) -> dict[str, str]:
        """Each field code with its value as sent."""
        return {each.code: each.value for each in self.openings}

    def encode(self) -> bytes:
        """The plaintext's canonical bytes."""
        return encode_json(
            {
                "fields": self.fields,
                "openings": [each.as_json() for each in self.openings],
                "opening_of_detail": self.opening_of_detail,
            }
        )

    @classmethod
    def parse(cls, data: bytes) -> Payload:
        """Read a plaintext; raises Flawed (`payload.malformed`, `openings.malformed`)."""
        value = decode_json(data, "payload.malformed")
        openings, detail = value.get("openings"), value.get("opening_of_detail")
        if len(value) != 3 or not isinstance(openings, list) or not isinstance(detail, dict):
            refuse("payload.malformed", "the plaintext has other members than it should")
        found = cls(tuple(Opening.from_json(each) for each in openings), detail)
        if value.get("fields") != found.fields:
            refuse("payload.malformed", "the fields are not those of the openings")
        return found


@dataclass(frozen=True, slots=True)
class Envelope:
    """What goes over the wire.  `receipt` is None until a checkpoint covers the leaf."""

    manifest: bytes
    manifest_signature: bytes
    sealed: bytes
    receipt: Receipt | None = None
    suite: str = SUITE

    def with_receipt(self, receipt: Receipt) -> Envelope:
        """The same envelope, with its receipt joined for delivery."""
        return replace(self, receipt=receipt)

    def encode(self) -> bytes:
        """The wire's canonical bytes; without a receipt the member is left out."""
        value: dict[str, object] = {
            "format": ENVELOPE_FORMAT,
            "manifest": encode_base64(self.manifest),
            "manifest_signature": encode_base64(self.manifest_signature),
            "suite": self.suite,
            "sealed": encode_base64(self.sealed),
        }
        if self.receipt:
            value["receipt"] = self.receipt.as_json()
        return encode_json(value)

    @classmethod
    def parse(cls, data: bytes) -> Envelope:
        """Read wire bytes; raises Flawed.  Nothing is verified and nothing is opened."""
        if len(data) > MAX_ENVELOPE_BYTES:
            refuse(_CODE, f"an envelope has at most {MAX_ENVELOPE_BYTES} bytes")
        value = decode_json(data, _CODE)
        receipt = value.pop("receipt", None)
        names = ("format", "suite", "manifest", "manifest_signature", "sealed")
        found, suite, *parts = text_fields(value, names, _CODE)
        if found != ENVELOPE_FORMAT or suite != SUITE:
            refuse("envelope.format", f"the format is not {ENVELOPE_FORMAT} with {SUITE}")
        manifest, signature, sealed = (decode_base64(each, _CODE) for each in parts)
        joined = None if receipt is None else Receipt.from_json(receipt)
        return cls(manifest, signature, sealed, joined)
