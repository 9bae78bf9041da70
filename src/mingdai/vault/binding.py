"""What a sealed field is bound to, and its padding: shared by the two that seal and open.

Associated data is format version ‖ borrower id ‖ field code ‖ version, so a sealed field moved to
another row does not open.  Values are padded to full blocks: a length tells less.
"""

from __future__ import annotations

from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mingdai.errors import Tampered

NONCE_BYTES = 12


class DataKey:
    """A borrower's data key as a sealed handle: one read passes it on inside the vault.

    It shows nothing and has no public member; only the vault's own files look inside.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        """Hold the 32 bytes for as long as one read lasts."""
        self._secret = secret

    def __repr__(self) -> str:
        """Its kind only."""
        return "DataKey(…)"

    def __reduce__(self) -> str:
        """Refuse to be written anywhere."""
        raise TypeError("a data key is not written down")


def secret_of(key: DataKey) -> bytes:
    """The 32 bytes, for the vault's own files."""
    return key._secret


_FORMAT = b"mingdai-sealed-field/1"
_BLOCK = 64


def bind(borrower_id: UUID, code: str, version: int) -> bytes:
    """The associated data of one version of one field."""
    name = code.encode("ascii")
    return b"\x00".join((_FORMAT, borrower_id.bytes.hex().encode(), name, str(version).encode()))


def field_key(subject_key: bytes) -> bytes:
    """The AES-256 key of a borrower's fields; commitments use others."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_FORMAT).derive(subject_key)


def pad(value: str) -> bytes:
    """Length, value, zeros up to a full block."""
    data = value.encode("utf-8")
    filled = len(data).to_bytes(2, "big") + data
    return filled + bytes(-len(filled) % _BLOCK)


def unpad(padded: bytes) -> str:
    """The value in a padded plaintext; raises Tampered where it is not one of ours."""
    length = int.from_bytes(padded[:2], "big")
    if len(padded) % _BLOCK or length + 2 > len(padded) or any(padded[2 + length :]):
        raise Tampered(code="vault.padding", reason="a sealed field is not padded as we pad")
    return padded[2 : 2 + length].decode("utf-8")
