"""Seal fields to one recipient's public key, with the ledger leaf bound into the sealing.

HPKE in base mode (RFC 9180) with X-Wing, HKDF-SHA-256 and AES-256-GCM: only the recipient opens
it, and only together with the manifest and the leaf that `info` names.  Base mode says nothing
of the sender, so the manifest is signed with the platform's own Ed25519 key.
Not promised: forward secrecy against a recipient who loses its private key.
"""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite
from django.conf import settings

from mingdai_proofs.envelopes import manifest_statement
from mingdai_proofs.notices import Notice

MLKEM_PUBLIC_BYTES = 1184
"""An X-Wing public key is ML-KEM-768's, then X25519's (draft-connolly-cfrg-xwing-kem §5.2)."""

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MAKING = threading.Lock()


def seal(plaintext: bytes, *, public_key: bytes, info: bytes) -> bytes:
    """The sealed bytes; `public_key` is the recipient's 1,216-byte X-Wing key."""
    return _SUITE.encrypt(plaintext, _recipient_key(public_key), info=info)


def sign_manifest(manifest: bytes) -> bytes:
    """The platform's Ed25519 signature over the manifest."""
    return _signing_key(_key_path()).sign(manifest_statement(manifest))


def sign_notice(notice: Notice) -> bytes:
    """The platform's Ed25519 signature over a notice, by the same key as its manifests."""
    return _signing_key(_key_path()).sign(notice.statement())


def manifest_public_key() -> bytes:
    """The 32 bytes that lenders check manifests and notices with; made at the first call."""
    return _signing_key(_key_path()).public_key().public_bytes_raw()


@lru_cache(maxsize=256)
def _recipient_key(public_key: bytes) -> MLKEM768X25519PublicKey:
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public_key[:MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(public_key[MLKEM_PUBLIC_BYTES:]),
    )


def _key_path() -> Path:
    return Path(settings.MINGDAI_KEYS) / "manifest.key"


@lru_cache(maxsize=4)
def _signing_key(path: Path) -> Ed25519PrivateKey:
    with _MAKING:
        try:
            seed = path.read_bytes()
        except FileNotFoundError:
            seed = _make(path)
    return Ed25519PrivateKey.from_private_bytes(seed)


def _make(path: Path) -> bytes:
    """A fresh seed in `path`, mode 0600; another process that was first wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_bytes()
