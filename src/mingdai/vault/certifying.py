"""The mail door's own TLS certificate, where the operator gave none.

Self-signed and made at the first start: it protects a letter on its way from being read along the
line, as opportunistic TLS does.  Not promised: that a sender can tell it from another's; for that
name a certificate with `MINGDAI_MAIL_CERT` and `MINGDAI_MAIL_KEY`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mingdai.vault.storing import write_once

VALID = timedelta(days=3650)


def certificate(folder: Path, *, name: str, at: datetime) -> Path:
    """The file with key and certificate for the host `name`; kept once made, mode 0600."""
    path = folder / "mail.pem"
    if not path.exists():
        write_once(path, _make(name, at))
    return path


def _make(name: str, at: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + VALID)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + made.public_bytes(Encoding.PEM)
