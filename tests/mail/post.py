"""Made-up senders with real keys and records, and the messages they write."""

from __future__ import annotations

import base64
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

import dkim
import nacl.signing
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from mingdai.mail.authenticating import Envelope
from mingdai.mail.resolving import ZoneResolver

HERE = "127.0.0.1"
ELSEWHERE = "203.0.113.9"
DATE = "Mon, 23 Nov 2026 12:00:00 +0800"


@dataclass(frozen=True)
class Sender:
    """A domain that signs; `ip` is what its SPF record allows, "" for no SPF record."""

    domain: str
    selector: bytes
    private: bytes
    public: str
    algorithm: bytes
    ip: str = HERE
    dmarc: str = "v=DMARC1; p=reject"

    @property
    def zone(self) -> str:
        name = self.domain
        lines = [f'{self.selector.decode()}._domainkey.{name}. IN TXT "{_split(self.public)}"']
        if self.ip:
            lines.append(f'{name}. IN TXT "v=spf1 ip4:{self.ip} -all"')
        if self.dmarc:
            lines.append(f'_dmarc.{name}. IN TXT "{self.dmarc}"')
        return "\n".join(lines) + "\n"

    def sign(self, raw: bytes, **options: object) -> bytes:
        signature = dkim.sign(
            raw,
            self.selector,
            self.domain.encode(),
            self.private,
            canonicalize=(b"relaxed", b"relaxed"),
            signature_algorithm=self.algorithm,
            **options,
        )
        return signature + raw


def _split(text: str) -> str:
    return '" "'.join(text[i : i + 200] for i in range(0, len(text), 200))


_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_RSA_PRIVATE = _RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
_RSA_PUBLIC = base64.b64encode(
    _RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
).decode()


def rsa_sender(domain: str, **changes: str) -> Sender:
    public = f"v=DKIM1; k=rsa; p={_RSA_PUBLIC}"
    return Sender(domain, b"rsa", _RSA_PRIVATE, public, b"rsa-sha256", **changes)


def ed25519_sender(domain: str, **changes: str) -> Sender:
    key = nacl.signing.SigningKey.generate()
    public = base64.b64encode(key.verify_key.encode()).decode()
    return Sender(
        domain,
        b"ed",
        base64.b64encode(key.encode()),
        f"v=DKIM1; k=ed25519; p={public}",
        b"ed25519-sha256",
        **changes,
    )


LENDER = rsa_sender("heyan.example")
STRANGER = ed25519_sender("chengdai.example")
MAILER = ed25519_sender("youdi-mailer.example", dmarc="")


def resolver(*senders: Sender, more: str = "") -> ZoneResolver:
    return ZoneResolver("".join(each.zone for each in senders or ALL) + more)


SEALER = rsa_sender("youdi-relay.example")
ALL = (LENDER, STRANGER, MAILER, SEALER)


def write(sender: str, to: str, *, subject: str = "还款提醒", text: str = "您好。", **headers: str):
    """An ordinary message as bytes."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = DATE
    domain = sender.rpartition("@")[2].rstrip(">")
    message["Message-ID"] = f"<{abs(hash((sender, to, subject, text)))}@{domain}>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def envelope(mail_from: str, ip: str = HERE) -> Envelope:
    return Envelope(ip, "mx." + mail_from.rpartition("@")[2], mail_from)


def deliver(port: int, raw: bytes, *, mail_from: str, to: str) -> None:
    """Hand a message to the door over SMTP; raises what smtplib raises."""
    with smtplib.SMTP(HERE, port, timeout=30) as client:
        client.ehlo("mx.test")
        client.sendmail(mail_from, [to], raw)
