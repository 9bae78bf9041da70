"""Open a sealed application: only together with the ledger entry that records it.

The order is the promise: the receipt first, then the platform's signature over the manifest, then
that the entry names this lender and the manifest's fields, and only then are the bytes unsealed
with manifest and entry bound in; at last every value is compared with the entry's commitments.
Whatever fails raises `ClientRefused`, and nothing is returned: without a valid receipt there is no
plain text.  Layout: docs/protocol.md, "Envelope"; HPKE: RFC 9180.

Not promised: that the same application is new; keep the disclosure's id and process it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from mingdai_client.errors import ClientRefused
from mingdai_client.keying import OpeningKey
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.commitments import KEY_BYTES, detail_commitment
from mingdai_proofs.encodings import decode_base64, decode_hash
from mingdai_proofs.entries import Entry, EntryKind
from mingdai_proofs.envelopes import Envelope, Manifest, Payload, seal_info, verify_manifest
from mingdai_proofs.flaws import Flaw, Flawed
from mingdai_proofs.inclusion import InclusionProof
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.notes import Verifier, split_note
from mingdai_proofs.openings import check_complete
from mingdai_proofs.policies import Policy
from mingdai_proofs.receipts import Receipt, verify_receipt

_BASE64_KEY = 44
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who opens: the lender's id at the platform and its opening keys by key id."""

    id: str
    keys: Mapping[str, OpeningKey] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Trust:
    """What a lender holds of the platform, got another way than with the application.

    `policy` says which log and witnesses; `manifest_key` is the 32-byte Ed25519 public key that
    signs manifests.
    """

    policy: Policy
    manifest_key: bytes

    @classmethod
    def parse(cls, *, policy: str, manifest_key: str) -> Trust:
        """Read a policy text and a key, in base64 or as a vkey; raises Flawed."""
        if len(manifest_key) == _BASE64_KEY:
            key = decode_hash(manifest_key, "manifest_key.malformed")
        else:
            key = Verifier.parse(manifest_key).public
        return cls(Policy.parse(policy), key)


@dataclass(frozen=True, slots=True)
class OpenedApplication:
    """An application that passed every check.

    `fields` maps field codes to values.  `detail` are the entry's own facts, such as the quoted
    cash flow, {} where the platform opened none.  `leaf_hash` is what to counter-sign.
    """

    manifest: Manifest
    entry: Entry
    leaf_hash: bytes
    fields: Mapping[str, str] = field(repr=False)
    detail: Mapping[str, Any] = field(repr=False)


def open_application(
    wire: bytes, *, recipient: Recipient, trust: Trust, at: datetime
) -> OpenedApplication:
    """The application in these bytes, every check passed.  `at` is now, aware.

    Raises ClientRefused: `receipt.missing`, `receipt.not_covered`, `manifest.signature`,
    `manifest.expired`, `entry.other_recipient`, `entry.other_fields`, `seal.other_leaf`,
    `opening.commitment` and others of docs/lender.md.
    """
    try:
        return _open(Envelope.parse(wire), recipient, trust, at)
    except Flawed as flawed:
        raise _refused(flawed.flaw) from flawed


def _open(
    envelope: Envelope, recipient: Recipient, trust: Trust, at: datetime
) -> OpenedApplication:
    receipt = envelope.receipt
    if receipt is None:
        raise ClientRefused(code="receipt.missing", reason="the envelope has no receipt")
    origin = _covering_origin(receipt, trust.policy)
    manifest = _signed_manifest(envelope, trust.manifest_key)
    entry = receipt.decode()
    _require(_fits(manifest, entry, recipient, origin))
    _require(_in_time(manifest, at))
    leaf = leaf_hash(receipt.entry)
    payload = _unseal(envelope, manifest, recipient, leaf)
    _require(_committed(entry, payload) or _same_manifest(envelope, payload))
    return OpenedApplication(
        manifest, entry, leaf, payload.fields, payload.opening_of_detail.get("detail", {})
    )


def _covering_origin(receipt: Receipt, policy: Policy) -> str:
    """The origin of the log whose accepted checkpoint covers the receipt's entry."""
    flaw = verify_receipt(receipt, policy)
    if flaw and flaw.code not in {"receipt.malformed", "receipt.format"}:
        flaw = Flaw("receipt.not_covered", str(flaw))
    _require(flaw)
    text, _ = split_note(InclusionProof.parse(receipt.proof).checkpoint)
    return Checkpoint.parse(text).origin


def _signed_manifest(envelope: Envelope, key: bytes) -> Manifest:
    _require(verify_manifest(envelope.manifest, envelope.manifest_signature, key))
    return Manifest.parse(envelope.manifest)


def _fits(manifest: Manifest, entry: Entry, recipient: Recipient, origin: str) -> Flaw | None:
    """Whether entry and manifest say the same, and say it of this lender."""
    if entry.kind is not EntryKind.DISCLOSED:
        return Flaw("entry.other_kind", f"the entry records {entry.kind.name.lower()}")
    if not entry.recipient == manifest.recipient == recipient.id:
        return Flaw("entry.other_recipient", f"the entry or manifest names {manifest.recipient}")
    if set(entry.fields) != set(manifest.fields):
        return Flaw("entry.other_fields", "the entry and the manifest name different fields")
    if (entry.purpose, entry.route) != (manifest.purpose, manifest.route):
        return Flaw("entry.other_purpose", "the entry has another purpose or route")
    if manifest.platform != origin:
        return Flaw("manifest.other_platform", f"the manifest is of the log {manifest.platform}")
    return None


def _in_time(manifest: Manifest, at: datetime) -> Flaw | None:
    try:
        expires_at = datetime.fromisoformat(manifest.expires_at)
    except ValueError:
        return Flaw("manifest.malformed", "the manifest's end is not a time")
    if expires_at.tzinfo is None:
        return Flaw("manifest.malformed", "the manifest's end has no time zone")
    if at >= expires_at:
        return Flaw("manifest.expired", "the consent behind this application has ended")
    return None


def _unseal(envelope: Envelope, manifest: Manifest, recipient: Recipient, leaf: bytes) -> Payload:
    key = recipient.keys.get(manifest.recipient_key_id)
    if key is None:
        raise ClientRefused(
            code="key.unknown", reason=f"there is no opening key {manifest.recipient_key_id}"
        )
    try:
        plain = SUITE.decrypt(envelope.sealed, key, seal_info(envelope.manifest, leaf))
    except InvalidTag as failed:
        raise ClientRefused(
            code="seal.other_leaf",
            reason="the bytes were not sealed to this key with this manifest and this entry",
        ) from failed
    return Payload.parse(plain)


def _committed(entry: Entry, payload: Payload) -> Flaw | None:
    """Whether every value, and the detail where it is opened, is what the entry committed to."""
    flaw = check_complete(entry, payload.openings)
    if flaw:
        return Flaw("opening.commitment", str(flaw))
    opened = payload.opening_of_detail
    if not opened:
        return None
    detail, key = opened.get("detail"), opened.get("key")
    if not isinstance(detail, dict) or not isinstance(key, str):
        return Flaw("opening.detail", "the detail's opening is not a key and a detail")
    secret = decode_base64(key, "opening.detail")
    if len(secret) != KEY_BYTES or detail_commitment(secret, detail) != entry.detail:
        return Flaw("opening.detail", "the detail is not what the entry committed to")
    return None


def _same_manifest(envelope: Envelope, payload: Payload) -> Flaw | None:
    """Whether the entry, where its detail names a manifest, names this one."""
    named = payload.opening_of_detail.get("detail", {}).get("manifest")
    if named is not None and named != sha256(envelope.manifest).hexdigest():
        return Flaw("manifest.other_entry", "the entry committed to another manifest")
    return None


def _require(flaw: Flaw | None) -> None:
    if flaw:
        raise _refused(flaw)


def _refused(flaw: Flaw) -> ClientRefused:
    return ClientRefused(code=flaw.code, reason=flaw.reason)
