"""A platform to practise with: seals made-up applications, logs them, proves them, in memory.

The conformance check and the tests send its envelopes.  Its keys come from one seed, so a lender
can trust it in a test system, and only there: whoever has the seed can seal applications.  The
log starts empty each time, which no real log may do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from mingdai_client.keying import read_sealing_public, signing_key, signing_public
from mingdai_client.opening import SUITE
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.commitments import commit, commitment_key, detail_commitment, subject_tag
from mingdai_proofs.encodings import encode_base64
from mingdai_proofs.entries import (
    FIELD_CODES,
    FILLER_BYTES,
    PERIOD_S,
    Entry,
    EntryKind,
    encode_entry,
)
from mingdai_proofs.envelopes import (
    Envelope,
    Manifest,
    Payload,
    manifest_statement,
    seal_info,
)
from mingdai_proofs.inclusion import InclusionProof
from mingdai_proofs.merkle import inclusion_path, leaf_hash, tree_root
from mingdai_proofs.notes import KeyKind, Signer, sign
from mingdai_proofs.notices import Notice
from mingdai_proofs.openings import Opening
from mingdai_proofs.receipts import Receipt

ORIGIN = "practice.mingdai.example/log"

MADE_UP: Mapping[str, str] = {
    "name": "示例甲",
    "mobile": "19900012345",
    "id_number": "999999199001010016",
    "id_valid_until": "2036-01-01",
    "bank_card": "6200000000000000000",
}
"""A person who does not exist: region 999999, and a number range no carrier gives out."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice application: to whom, how much.

    `amount` is yuan as a decimal string; `quoted` is the quoted cash flow (docs/lender.md).
    """

    recipient: str
    key_id: str
    sealing_public: bytes
    amount: str = "10000.00"
    term: int = 12
    carrier: str = ""
    quoted: Mapping[str, object] = field(default_factory=dict)


class PracticePlatform:
    """A log, a manifest key and a made-up person, all from one 32-byte seed."""

    def __init__(self, seed: bytes, *, rng: Callable[[int], bytes]) -> None:
        """Derive the keys; `rng` gives the random bytes of ids, entries and fillers."""
        self._rng = rng
        self._log = Signer.from_seed(ORIGIN, KeyKind.ED25519, sha256(seed + b"log").digest())
        self._manifest_seed = sha256(seed + b"manifest").digest()
        self._subject_key = sha256(seed + b"subject").digest()
        self._leaves: list[bytes] = []

    @property
    def policy(self) -> str:
        """The policy text to trust in a test system."""
        return f"log {self._log.verifier.vkey}\nquorum none\n"

    @property
    def manifest_key(self) -> str:
        """The public key that signs manifests, in base64."""
        return encode_base64(signing_public(self._manifest_seed))

    def send(self, practice: Practice, *, at: datetime) -> tuple[Manifest, Envelope]:
        """A complete envelope: sealed, its entry logged, its receipt joined."""
        manifest, envelope, entry = self.seal(practice, at=at)
        return manifest, envelope.with_receipt(self.log(entry))

    def seal(self, practice: Practice, *, at: datetime) -> tuple[Manifest, Envelope, bytes]:
        """A manifest, its envelope without a receipt, and the entry, which is not logged yet."""
        manifest = self._manifest(practice, at)
        entry, payload = self._record(manifest, practice, at)
        return manifest, self.seal_to(practice, manifest, entry=entry, payload=payload), entry

    def seal_to(
        self, practice: Practice, manifest: Manifest, *, entry: bytes, payload: Payload
    ) -> Envelope:
        """The envelope of this manifest and payload, bound to this entry."""
        data = manifest.encode()
        sealed = SUITE.encrypt(
            payload.encode(),
            read_sealing_public(practice.sealing_public),
            seal_info(data, leaf_hash(entry)),
        )
        signature = signing_key(self._manifest_seed).sign(manifest_statement(data))
        return Envelope(data, signature, sealed)

    def notify(self, manifest: Manifest) -> tuple[Notice, bytes]:
        """A notice that this application's grant was withdrawn, and its signed bytes."""
        notice = Notice(
            notice_id=self._id(),
            kind="withdrawn",
            disclosure_id=manifest.disclosure_id,
            application_id=manifest.application_id,
            entry="",
        )
        return notice, notice.encode(signing_key(self._manifest_seed).sign(notice.statement()))

    def log(self, entry: bytes) -> Receipt:
        """Append an entry and prove it."""
        self._leaves.append(leaf_hash(entry))
        size = len(self._leaves)
        head = Checkpoint(ORIGIN, size, tree_root(self._leaves))
        path = inclusion_path(size - 1, size, self._read_hash)
        proof = InclusionProof(size - 1, tuple(path), sign(head.text, [self._log]))
        return Receipt(entry, proof.text, self.policy)

    def _read_hash(self, level: int, index: int) -> bytes:
        return tree_root(self._leaves[index << level : (index + 1) << level])

    def _id(self) -> str:
        return str(UUID(bytes=self._rng(16), version=4))

    def _manifest(self, practice: Practice, at: datetime) -> Manifest:
        application_id = self._id()
        return Manifest(
            application_id=application_id,
            disclosure_id=self._id(),
            platform=ORIGIN,
            recipient=practice.recipient,
            recipient_key_id=practice.key_id,
            product_id="practice-loan",
            product_version="1",
            amount=practice.amount,
            term=practice.term,
            term_unit="month",
            purpose="credit_decision",
            route="via_credit_agency" if practice.carrier else "direct",
            carrier=practice.carrier,
            fields=tuple(MADE_UP),
            grant_id=self._id(),
            expires_at=(at + timedelta(days=30)).isoformat(),
            callback="/api/events",
            sent_at=at.isoformat(),
        )

    def _record(
        self, manifest: Manifest, practice: Practice, at: datetime
    ) -> tuple[bytes, Payload]:
        entry_id, secret = self._rng(16), self._subject_key
        openings = _open_values(secret, entry_id)
        named = sha256(manifest.encode()).hexdigest()
        detail = {"manifest": named, "quoted": dict(practice.quoted)}
        detail_key = commitment_key(secret, entry_id, "detail")
        entry = Entry(
            kind=EntryKind.DISCLOSED,
            at_s=int(at.timestamp()) // PERIOD_S * PERIOD_S,
            entry_id=entry_id,
            recipient=manifest.recipient,
            purpose=manifest.purpose,
            basis="consent",
            route=manifest.route,
            fields=tuple(each.code for each in openings),
            subject_tag=subject_tag(secret, entry_id),
            commitments=tuple(commit(each.key, each.code, each.value) for each in openings),
            detail=detail_commitment(detail_key, detail),
            previous=self._rng(32),
        )
        opened = {"key": encode_base64(detail_key), "detail": detail}
        data = encode_entry(entry, self._rng(FILLER_BYTES))
        return data, Payload(tuple(openings), opened)


def _open_values(secret: bytes, entry_id: bytes) -> list[Opening]:
    """The openings of the made-up person's fields, in catalogue order."""
    return [
        Opening(code, MADE_UP[code], commitment_key(secret, entry_id, code))
        for code in FIELD_CODES
        if code in MADE_UP
    ]


def tamper(envelope: Envelope) -> Envelope:
    """The same envelope with one bit of its sealed bytes flipped."""
    sealed = envelope.sealed
    return replace(envelope, sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))
