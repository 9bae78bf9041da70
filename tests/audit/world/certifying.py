"""A certificate authority made for one run, and a server's certificate for every `.test` name."""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def tls_for(hosts: list[str], folder: Path) -> ssl.SSLContext:
    """A server context whose certificate names the hosts, signed by an authority made here."""
    authority_key, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test world authority")])
    alternative = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
    signed = (
        _certificate(authority, authority, key=key)
        .add_extension(alternative, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    certificate, private = folder / "world.pem", folder / "world.key"
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    context.set_alpn_protocols(["http/1.1"])
    return context


def _certificate(
    subject: x509.Name, issuer: x509.Name, *, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)  # noqa: TID251 - a certificate must be valid now
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=7))
    )
