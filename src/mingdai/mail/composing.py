"""Write the letter that is passed on: verdict and lender on top, the original's content below.

Every header is ours: of the original only subject and content are taken, so nothing of the route
it came by goes along, and an answer goes to our reply address and never to a stranger's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import encoders
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.parser import BytesParser
from email.policy import compat32
from email.utils import format_datetime, formataddr
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import override

from mingdai.mail.addressing import message_id, reply_address
from mingdai.mail.admitting import LOOP_HEADER, head_of
from mingdai.trace.models import Grade
from mingdai.trace.parsing import Head

_CONTENT = {"content-type", "content-transfer-encoding"}


@dataclass(frozen=True, slots=True)
class Passing:
    """What a forward says: to whom, of which letter, what was found out.

    `references` are Message-IDs the borrower's own mail program knows.
    """

    to: str = field(repr=False)
    token: str
    head: Head = field(repr=False)
    grade: str
    authenticated: str
    lender: str
    alias: str
    locale: str
    references: tuple[str, ...]
    at: datetime


def compose_forward(raw: bytes, passing: Passing) -> bytes:
    """The whole message, ready to send."""
    head = passing.head
    made = MIMEMultipart("mixed", policy=compat32)
    shown = head.name or head.sender or head.domain
    with override(passing.locale):
        name = _("%(sender)s（经明贷转寄）") % {"sender": shown}
        banner = _banner(passing)
    made["From"] = formataddr((_plain(name), reply_address(passing.token)), "utf-8")
    made["To"] = passing.to
    made["Subject"] = Header(_plain(head.subject), "utf-8").encode()
    made["Date"] = format_datetime(passing.at.astimezone(UTC))
    made["Message-ID"] = message_id(passing.token)
    if passing.references:
        made["References"] = " ".join(passing.references)
        made["In-Reply-To"] = passing.references[-1]
    made["Auto-Submitted"] = "auto-generated"
    made[LOOP_HEADER] = "1"
    made.attach(text_part(banner))
    made.attach(_content_of(raw))
    return flatten(made)


def text_part(text: str, subtype: str = "plain") -> Message:
    """A text part in UTF-8, quoted-printable."""
    charset = Charset("utf-8")
    charset.body_encoding = QP
    part = MIMENonMultipart("text", subtype, charset="utf-8", policy=compat32)
    part.set_payload(text, charset=charset)
    return part


def flatten(message: Message) -> bytes:
    """The bytes, with the line ends SMTP wants."""
    out = BytesIO()
    policy = compat32.clone(linesep="\r\n")
    BytesGenerator(out, mangle_from_=False, policy=policy).flatten(message)
    return out.getvalue()


def _banner(passing: Passing) -> str:
    words = {
        "lender": passing.lender,
        "domain": passing.authenticated,
        "sender": passing.head.sender or passing.head.domain,
        "alias": passing.alias,
    }
    if passing.grade == Grade.EXPECTED:
        verdict = _("✓ 证实由%(lender)s登记的域名 %(domain)s 发出。")
    else:
        verdict = _("⚠ 证实由 %(domain)s 发出，不是%(lender)s登记的。这个地址只给过%(lender)s。")
    lines = (
        _("【明贷转寄】"),
        verdict % words,
        _("发件人：%(sender)s") % words,
        _("回复这封信，对方只看到您的专属地址 %(alias)s。") % words,
        "-" * 40,
    )
    return "\n".join(lines) + "\n"


def _content_of(raw: bytes) -> Message:
    """The original's content as one part, without its headers; what cannot be read as bytes."""
    try:
        original = BytesParser(policy=compat32).parsebytes(raw)
        for name in {each.lower() for each in original} - _CONTENT:
            del original[name]
        flatten(original)
    except Exception:  # content that nobody can write anew is passed on as bytes
        part = MIMEBase("application", "octet-stream", policy=compat32)
        part.set_payload(raw[len(head_of(raw)) :])
        encoders.encode_base64(part)
        part["Content-Disposition"] = 'attachment; filename="letter.bin"'
        return part
    return original


def _plain(text: str) -> str:
    return " ".join(text.split())
