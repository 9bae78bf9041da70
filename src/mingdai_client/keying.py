"""A lender's own keys: one to open applications, one to sign what it received.

Both are made from 32-byte seeds, which is what a lender stores.  The opening key is X-Wing
(ML-KEM-768 with X25519): the seed is expanded by SHAKE256 to the ML-KEM seed (64 bytes) and the
X25519 key (32 bytes), and the public key is the ML-KEM encapsulation key (1,184 bytes) followed by
the X25519 public key (32 bytes).  Source: draft-connolly-cfrg-xwing-kem §5.2.
"""

from __future__ import annotations

from hashlib import sha256, shake_256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

SEED_BYTES = 32
SEALING_PUBLIC_BYTES = 1216
_MLKEM_PUBLIC_BYTES = 1184

OpeningKey = MLKEM768X25519PrivateKey
"""The private key that opens applications."""


def opening_key(seed: bytes) -> OpeningKey:
    """The private key of this 32-byte seed.  Raises ValueError for another length."""
    mlkem, x25519 = _expand(seed)
    return MLKEM768X25519PrivateKey(mlkem, x25519)


def sealing_public(seed: bytes) -> bytes:
    """The 1,216 bytes to register with the platform for the opening key of this seed."""
    mlkem, x25519 = _expand(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def read_sealing_public(data: bytes) -> MLKEM768X25519PublicKey:
    """The public key these 1,216 bytes spell.  Raises ValueError for other bytes."""
    if len(data) != SEALING_PUBLIC_BYTES:
        raise ValueError(f"a sealing key has {SEALING_PUBLIC_BYTES} bytes, not {len(data)}")
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(data[:_MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(data[_MLKEM_PUBLIC_BYTES:]),
    )


def sealing_key_id(public: bytes) -> str:
    """A short name of a public key: the first 16 hexadecimal digits of its SHA-256."""
    return sha256(public).hexdigest()[:16]


def signing_key(seed: bytes) -> Ed25519PrivateKey:
    """The Ed25519 key of this 32-byte seed.  Raises ValueError for another length."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def signing_public(seed: bytes) -> bytes:
    """The 32 bytes to register with the platform for the signing key of this seed."""
    return signing_key(seed).public_key().public_bytes_raw()


def _expand(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a key seed has {SEED_BYTES} bytes, not {len(seed)}")
    wide = shake_256(seed).digest(96)
    return (
        MLKEM768PrivateKey.from_seed_bytes(wide[:64]),
        X25519PrivateKey.from_private_bytes(wide[64:]),
    )
