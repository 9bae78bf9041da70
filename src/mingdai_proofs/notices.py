"""Notices: the platform tells a recipient that a grant ended and that it must delete.

A notice makes somebody delete data, so it is signed by the key that signs manifests.  It may come
again at any time with the same effect, so it carries no time: what ended once stays ended, and a
new grant makes a new disclosure.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mingdai_proofs.canonical import decode_json, encode_json, text_fields
from mingdai_proofs.encodings import decode_base64, encode_base64
from mingdai_proofs.flaws import refuse

LABEL = b"mingdai-notice/1\n"
KINDS = frozenset({"withdrawn", "erased"})
MAX_NOTICE_BYTES = 10_000
_CODE = "notice.malformed"
_NAMES = ("notice_id", "kind", "disclosure_id", "application_id", "entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What ended: `kind` is of KINDS; `entry` is the ending's ledger entry, in base64."""

    notice_id: str
    kind: str
    disclosure_id: str
    application_id: str
    entry: str

    def statement(self) -> bytes:
        """The message of the platform's Ed25519 signature."""
        return LABEL + encode_json(asdict(self))

    def encode(self, signature: bytes) -> bytes:
        """The bytes on the wire, in canonical form."""
        return encode_json({**asdict(self), "signature": encode_base64(signature)})

    @classmethod
    def open(cls, data: bytes, public_key: bytes) -> Notice:
        """The notice in `data`, once the platform's 32-byte key signed it.

        Raises Flawed: `notice.malformed`, `notice.signature`.
        """
        if len(data) > MAX_NOTICE_BYTES:
            refuse(_CODE, f"a notice has at most {MAX_NOTICE_BYTES} bytes")
        *texts, signature = text_fields(decode_json(data, _CODE), (*_NAMES, "signature"), _CODE)
        notice = cls(**dict(zip(_NAMES, texts, strict=True)))
        try:
            key = Ed25519PublicKey.from_public_bytes(public_key)
            key.verify(decode_base64(signature, _CODE), notice.statement())
        except (InvalidSignature, ValueError):
            refuse("notice.signature", "the platform's key did not sign the notice")
        if notice.kind not in KINDS or not notice.notice_id or not notice.disclosure_id:
            refuse(_CODE, "the notice is of no known kind or names no disclosure")
        return notice
