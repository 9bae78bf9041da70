"""Signed notes: text, then signature lines.  Source: C2SP signed-note, tlog-cosignature.

Opening fails closed: no verifiers, no verified signature, or one known key whose signature does
not verify refuses the whole note.  Lines by unknown keys are passed over, as the standard asks.
Keys are of type 01 (Ed25519), 04 (Ed25519 cosignature) and 06 (ML-DSA-44 cosignature).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from mingdai_proofs.cosigning import TIME, ed25519_statement, mldsa_statement
from mingdai_proofs.encodings import decode_base64, encode_base64
from mingdai_proofs.flaws import refuse

MAX_NOTE_BYTES = 1_000_000
MAX_SIGNATURES = 100
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_SECRET = "PRIVATE+KEY+"  # noqa: S105 - the standard's prefix, not a secret


class KeyKind(IntEnum):
    """The algorithm byte of a key."""

    ED25519 = 0x01
    ED25519_COSIGNATURE = 0x04
    MLDSA44_COSIGNATURE = 0x06


_PUBLIC_BYTES = {
    KeyKind.ED25519: 32,
    KeyKind.ED25519_COSIGNATURE: 32,
    KeyKind.MLDSA44_COSIGNATURE: 1312,
}
_SIGNATURE_BYTES = {
    KeyKind.ED25519: 64,
    KeyKind.ED25519_COSIGNATURE: 8 + 64,
    KeyKind.MLDSA44_COSIGNATURE: 8 + 2420,
}


def is_key_name(name: str) -> bool:
    """Whether `name` may name a key: not empty, without white space, control characters and `+`."""
    return bool(name) and "+" not in name and not any(c.isspace() or ord(c) < 32 for c in name)


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name: what a vkey says."""

    name: str
    kind: KeyKind
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> Verifier:
        """Read a vkey `name+hash+base64`; raises Flawed (`vkey.malformed`)."""
        name, key_id, kind, public = _split_key(vkey, "vkey.malformed")
        found = cls(name, kind, public)
        if len(public) != _PUBLIC_BYTES[kind]:
            refuse("vkey.malformed", "the public key has the wrong length")
        if found.key_id != key_id:
            refuse("vkey.malformed", "the key's hash does not fit its name and bytes")
        return found

    @property
    def key_id(self) -> bytes:
        """The four bytes that, with the name, tell a signature's key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as text."""
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([self.kind]) + self.public)}"

    def verify(self, text: str, signature: bytes) -> int | None:
        """The cosignature's POSIX time in seconds, None for a plain signature.

        Raises Flawed (`note.signature`) when `signature` is not this key's over `text`.
        """
        if len(signature) != _SIGNATURE_BYTES[self.kind]:
            refuse("note.signature", f"the signature of {self.name} has the wrong length")
        at_s = None
        if self.kind is not KeyKind.ED25519:
            (at_s,) = TIME.unpack(signature[:8])
            signature = signature[8:]
            if at_s >= 1 << 63:
                refuse("note.signature", f"the time of {self.name} is out of range")
        message = _statement(self, text, at_s)
        try:
            if self.kind is KeyKind.MLDSA44_COSIGNATURE:
                MLDSA44PublicKey.from_public_bytes(self.public).verify(signature, message)
            else:
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            refuse("note.signature", f"the signature of {self.name} does not verify")
        return at_s


def _statement(verifier: Verifier, text: str, at_s: int | None) -> bytes:
    if at_s is None:
        return text.encode()
    if verifier.kind is KeyKind.MLDSA44_COSIGNATURE:
        return mldsa_statement(verifier.name, text, at_s)
    return ed25519_statement(text, at_s)


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A private key with its name.  Its repr shows no key."""

    verifier: Verifier
    _seed: bytes
    _key: Ed25519PrivateKey | MLDSA44PrivateKey = field(compare=False)
    """Derived once: deriving it costs as much as a signature."""

    @classmethod
    def from_seed(cls, name: str, kind: KeyKind, seed: bytes) -> Signer:
        """The signer whose key is derived from 32 secret bytes; raises ValueError for others."""
        if len(seed) != 32 or not is_key_name(name):
            raise ValueError("a signer needs a valid name and a seed of 32 bytes")
        key = _private(kind, seed)
        return cls(Verifier(name, kind, key.public_key().public_bytes_raw()), seed, key)

    @classmethod
    def parse(cls, skey: str) -> Signer:
        """Read `PRIVATE+KEY+name+hash+base64`; raises Flawed (`skey.malformed`)."""
        if not skey.startswith(_SECRET):
            refuse("skey.malformed", "a private key begins with PRIVATE+KEY+")
        name, key_id, kind, seed = _split_key(skey.removeprefix(_SECRET), "skey.malformed")
        if len(seed) != 32:
            refuse("skey.malformed", "a private key is a seed of 32 bytes")
        signer = cls.from_seed(name, kind, seed)
        if signer.verifier.key_id != key_id:
            refuse("skey.malformed", "the key's hash does not fit its name and bytes")
        return signer

    @property
    def skey(self) -> str:
        """The private key as text.  Keep it in a file of mode 0600."""
        who = self.verifier
        material = encode_base64(bytes([who.kind]) + self._seed)
        return f"{_SECRET}{who.name}+{who.key_id.hex()}+{material}"

    def line(self, text: str, *, at_s: int | None = None) -> str:
        """The signature line over a note text, with its newline.

        `at_s` (POSIX seconds) is required of a cosigner and ignored for a plain signature.
        """
        stamped = b""
        if self.verifier.kind is KeyKind.ED25519:
            at_s = None
        elif at_s is None:
            raise ValueError("a cosignature needs its time")
        else:
            stamped = TIME.pack(at_s)
        message = _statement(self.verifier, text, at_s)
        data = self.verifier.key_id + stamped + self._key.sign(message)
        return f"— {self.verifier.name} {encode_base64(data)}\n"

    def __repr__(self) -> str:
        return f"Signer({self.verifier.name!r})"


def _private(kind: KeyKind, seed: bytes) -> Ed25519PrivateKey | MLDSA44PrivateKey:
    if kind is KeyKind.MLDSA44_COSIGNATURE:
        return MLDSA44PrivateKey.from_seed_bytes(seed)
    return Ed25519PrivateKey.from_private_bytes(seed)


def _split_key(text: str, code: str) -> tuple[str, bytes, KeyKind, bytes]:
    parts = text.split("+", 2)
    if len(parts) != 3 or not is_key_name(parts[0]):
        refuse(code, "a key is name+hash+base64")
    if not re.fullmatch("[0-9a-f]{8}", parts[1]):
        refuse(code, "a key's hash is eight hexadecimal digits")
    material = decode_base64(parts[2], code)
    if not material or material[0] not in KeyKind.__members__.values():
        refuse(code, "the key is of a kind this verifier does not know")
    return parts[0], bytes.fromhex(parts[1]), KeyKind(material[0]), material[1:]


@dataclass(frozen=True, slots=True)
class Verified:
    """One signature that verified; `at_s` is a cosignature's POSIX time."""

    verifier: Verifier
    at_s: int | None


@dataclass(frozen=True, slots=True)
class Note:
    """An opened note: the text that was signed, and by whom."""

    text: str
    verified: tuple[Verified, ...]


def sign(text: str, signers: Sequence[Signer], *, at_s: int | None = None) -> bytes:
    """The note over `text` (which ends with a newline), signed by each signer in order."""
    if not text.endswith("\n") or _CONTROL.search(text) or not signers:
        raise ValueError("a note is text of whole lines and has a signer")
    return f"{text}\n{''.join(each.line(text, at_s=at_s) for each in signers)}".encode()


def split_note(data: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text and the signatures (name, key id, signature) of a note, nothing verified.

    Raises Flawed (`note.malformed`).
    """
    if len(data) > MAX_NOTE_BYTES:
        refuse("note.malformed", "the note is too long")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        refuse("note.malformed", "the note is not UTF-8")
    text, blank, block = whole.rpartition("\n\n")
    if not blank or not text or not block.endswith("\n") or _CONTROL.search(whole):
        refuse("note.malformed", "a note is text, an empty line and signature lines")
    lines = block[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        refuse("note.malformed", f"a note has at most {MAX_SIGNATURES} signatures")
    return text + "\n", [_split_line(line) for line in lines]


def _split_line(line: str) -> tuple[str, bytes, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not is_key_name(parts[1]):
        refuse("note.malformed", "a signature line is a dash, a name and base64")
    data = decode_base64(parts[2], "note.malformed")
    if len(data) < 5:
        refuse("note.malformed", "a signature is too short")
    return parts[1], data[:4], data[4:]


def open_note(data: bytes, verifiers: Sequence[Verifier]) -> Note:
    """The note, once at least one verifier's signature is found and every known one verifies.

    Raises Flawed: `note.malformed`, `note.no_verifiers`, `note.signature`, `note.unverified`.
    """
    if not verifiers:
        refuse("note.no_verifiers", "no key was given to verify the note with")
    known = {(each.name, each.key_id): each for each in verifiers}
    if len(known) != len(set(verifiers)):
        refuse("note.no_verifiers", "two different keys share a name and a hash")
    text, signatures = split_note(data)
    verified = []
    for name, key_id, signature in signatures:
        verifier = known.get((name, key_id))
        if verifier:
            verified.append(Verified(verifier, verifier.verify(text, signature)))
    if not verified:
        refuse("note.unverified", "no known key signed the note")
    return Note(text, tuple(verified))


def add_lines(data: bytes, lines: str) -> bytes:
    """The note with further signature lines; raises Flawed when the result is not a note."""
    whole = data + lines.encode()
    split_note(whole)
    return whole
