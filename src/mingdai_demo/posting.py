"""Made-up mail for the demo: senders with real keys, their records in a zone file, one letter each.

`python -m mingdai_demo letter lender|service|stranger|forged --to ALIAS` hands a letter to the
running mail door over SMTP.  The lender's, its mail service's and the stranger's are signed (DKIM,
Ed25519); the forged one claims to be the lender and is not.  There is no DNS here: the door reads
the zone file instead.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import smtplib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

import dkim
import nacl.signing

HOST = "127.0.0.1"
STRANGER = "chengdai.example"
SERVICES = {"yunting.example": "yunting-mail.example"}
"""A second domain that writes in a lender's name, which the lender did not register with us."""

MAILBOX = "example.com"
"""The domain of the made-up borrower's mailbox; the demo's own mailbox server takes its mail."""

SELECTOR = "demo"
ELSEWHERE = "192.0.2.10"
"""What every SPF record allows: an address nobody here sends from, so signatures decide."""

TEXTS = {
    "lender": ("还款提醒", "您的下一期还款日是二十五日。"),
    "service": ("电子合同已生成", "您的电子合同已生成，请登录后查看。"),
    "stranger": ("极速放款 秒到账", "您好，我们看到您最近在申请借款，低息秒批。"),
    "forged": ("账户异常，请立即处理", "请在今天内向新账户还款：http://huankuan.example/pay"),
}
"""Subject and text of each kind of letter."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: `kind` of `TEXTS`, the lender's domain, the alias it goes to."""

    kind: str
    lender: str
    to: str


def folder(data: str | Path) -> Path:
    """Where the made-up senders keep keys, zone, port and the mailbox."""
    return Path(data) / "post"


def make_senders(data: str | Path, domains: Iterable[str]) -> Path:
    """Keys for every domain that has none, and the zone file that publishes all; its path."""
    home = folder(data)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = _keys(home)
    for domain in (*domains, *SERVICES.values(), STRANGER, MAILBOX):
        keys.setdefault(domain, base64.b64encode(secrets.token_bytes(32)).decode())
    _write(home / "keys.json", json.dumps(keys))
    zone = home / "zone"
    _write(zone, "".join(_records(domain, seed) for domain, seed in sorted(keys.items())))
    return zone


def compose(letter: Letter, keys: Mapping[str, str], *, at: datetime) -> tuple[str, bytes]:
    """The return path and the bytes of one letter, signed where its sender is real."""
    subject, text = TEXTS[letter.kind]
    domain = _domain(letter)
    sender = f"{'sales' if letter.kind == 'stranger' else 'notice'}@{domain}"
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, letter.to, subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{secrets.token_hex(12)}@{domain}>"
    message.set_content(text)
    raw = message.as_bytes()
    return sender, raw if letter.kind == "forged" else _sign(raw, domain, keys[domain])


def post(letter: Letter, *, data: str | Path, at: datetime) -> str:
    """Hand the letter to the running door; what the door answered."""
    home = folder(data)
    sender, raw = compose(letter, _keys(home), at=at)
    port = int((home / "port").read_text(encoding="ascii"))
    try:
        with smtplib.SMTP(HOST, port, timeout=20) as session:
            session.sendmail(sender, [letter.to], raw)
    except smtplib.SMTPRecipientsRefused as refused:
        [(code, said)] = refused.recipients.values()
        return f"{code} {said.decode('ascii', 'replace')}"
    return "250 taken"


def remember_port(data: str | Path, port: str) -> None:
    """Say where the door listens, for `letter` in another terminal."""
    home = folder(data)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(home / "port", port)


def _domain(letter: Letter) -> str:
    if letter.kind == "service":
        return SERVICES.get(letter.lender, letter.lender)
    return STRANGER if letter.kind == "stranger" else letter.lender


def _keys(home: Path) -> dict[str, str]:
    path = home / "keys.json"
    return dict(json.loads(path.read_text(encoding="ascii"))) if path.exists() else {}


def _records(domain: str, seed: str) -> str:
    public = nacl.signing.SigningKey(base64.b64decode(seed)).verify_key.encode()
    key = base64.b64encode(public).decode()
    return (
        f'{SELECTOR}._domainkey.{domain}. IN TXT "v=DKIM1; k=ed25519; p={key}"\n'
        f'{domain}. IN TXT "v=spf1 ip4:{ELSEWHERE} -all"\n'
        f'_dmarc.{domain}. IN TXT "v=DMARC1; p=reject"\n'
    )


def _sign(raw: bytes, domain: str, seed: str) -> bytes:
    signature: bytes = dkim.sign(
        raw,
        SELECTOR.encode(),
        domain.encode(),
        seed.encode(),
        canonicalize=(b"relaxed", b"relaxed"),
        signature_algorithm=b"ed25519-sha256",
    )
    return signature + raw


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
