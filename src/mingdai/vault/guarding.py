"""Guard the platform's own secrets: second factors of employees, webhook secrets of partners.

AES-256-GCM under a key of its own, bound to a label such as `totp:<staff id>`: a sealed secret
moved to another row does not open.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingdai.errors import Tampered
from mingdai.vault.binding import NONCE_BYTES
from mingdai.vault.wrapping import platform_key

_FORMAT = b"mingdai-secret/1\x00"


def seal_secret(secret: bytes, label: str) -> bytes:
    """`secret` sealed for `label`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(platform_key("guard")).encrypt(nonce, secret, _bound(label))


def unseal_secret(sealed: bytes, label: str) -> bytes:
    """The secret; raises Tampered `vault.sealed_secret` for another label or changed bytes."""
    data = bytes(sealed)
    cipher = AESGCM(platform_key("guard"))
    try:
        return cipher.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], _bound(label))
    except (InvalidTag, ValueError) as error:
        raise Tampered(
            code="vault.sealed_secret", reason="a sealed secret is not what was sealed"
        ) from error


def _bound(label: str) -> bytes:
    return _FORMAT + label.encode()
