"""Write the borrower's answer anew, so that it goes out from the alias and shows no other address.

Nothing is copied that is not needed: of the headers the subject, of the body its text and files.
Attached messages, signatures and reports carry addresses of their own and do not go along.  At the
end the finished message is searched for the real address, decoded part by part; where it is still
found, nothing is sent.  Not promised: what stands inside a compressed file or a picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import encoders
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.parser import BytesParser
from email.policy import compat32
from email.utils import format_datetime

from mingdai.errors import Refused
from mingdai.mail.addressing import message_id, reply_address
from mingdai.mail.admitting import LOOP_HEADER
from mingdai.mail.composing import flatten, text_part
from mingdai.trace.parsing import decode_words, part_text, read_head

LEFT_OUT = ("message/", "application/pgp", "application/pkcs7", "application/x-pkcs7")
"""Kinds of parts that carry addresses of their own."""

MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Answering:
    """An answer on its way: from the alias to the letter's sender; `own` must not be seen.

    `forward_token` is of the forward that is answered; `references` are Message-IDs that the
    letter's sender knows.
    """

    own: str = field(repr=False)
    alias: str
    to: str = field(repr=False)
    token: str
    forward_token: str
    references: tuple[str, ...]
    at: datetime


def compose_reply(raw: bytes, answering: Answering) -> bytes:
    """The whole message, ready to send.

    Raises Refused `reply.leak` where the real address is still in it, `reply.parts` for too many
    parts.
    """
    original = BytesParser(policy=compat32).parsebytes(raw)
    made = MIMEMultipart("mixed", policy=compat32)
    made["From"] = answering.alias
    made["To"] = answering.to
    subject = _scrub(" ".join(read_head(raw).subject.split()), answering)
    made["Subject"] = Header(subject, "utf-8").encode()
    made["Date"] = format_datetime(answering.at.astimezone(UTC))
    made["Message-ID"] = message_id(answering.token)
    if answering.references:
        made["In-Reply-To"] = answering.references[-1]
        made["References"] = " ".join(answering.references)
    made[LOOP_HEADER] = "1"
    for part in _content(original, answering):
        made.attach(part)
    data = flatten(made)
    if finds_address(data, answering.own):
        raise Refused(
            code="reply.leak",
            reason="the answer still holds the borrower's own address",
            remedy="take the file that holds it out and answer again",
        )
    return data


def finds_address(data: bytes, address: str) -> bool:
    """Whether a message holds an address anywhere: in headers, text, or files as they decode."""
    needles = _needles(address)
    if _holds(data, needles):
        return True
    message = BytesParser(policy=compat32).parsebytes(data)
    for part in message.walk():
        for _, value in part.raw_items():
            said = decode_words(str(value).encode("utf-8", "surrogateescape"))
            if _holds(said.encode(), needles):
                return True
        if not part.is_multipart():
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and _holds(body, needles):
                return True
    return False


def _content(original: Message, answering: Answering) -> list[Message]:
    """The text once (plain, else HTML), then files in their order."""
    parts = [part for part in original.walk() if not part.is_multipart()]
    if len(parts) > MOST_PARTS:
        raise Refused(code="reply.parts", reason="the answer has too many parts")
    kept = [part for part in parts if not _is_within_left_out(part, original)]
    plain = any(_is_text(part, "text/plain") for part in kept)
    made = []
    for part in kept:
        kind = part.get_content_type()
        if kind.startswith("text/") and not part.get_filename():
            if kind == "text/html" and plain:
                continue
            subtype = kind.partition("/")[2]
            made.append(text_part(_scrub(part_text(part), answering), subtype))
        else:
            made.append(_file(part, answering))
    return made


def _is_within_left_out(part: Message, original: Message) -> bool:
    """Whether a part is of a kind left out, or inside an attached message."""
    if part.get_content_type().startswith(LEFT_OUT):
        return True
    return any(
        part in list(outer.walk())
        for outer in original.walk()
        if outer is not original and outer.get_content_type().startswith(LEFT_OUT)
    )


def _is_text(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind and not part.get_filename()


def _file(part: Message, answering: Answering) -> Message:
    """A file with its bytes, its kind and its scrubbed name, and no other header."""
    main, _, sub = part.get_content_type().partition("/")
    made = MIMEBase(main, sub, policy=compat32)
    body = part.get_payload(decode=True)
    made.set_payload(body if isinstance(body, bytes) else b"")
    encoders.encode_base64(made)
    name = _scrub(decode_words((part.get_filename() or "").encode()), answering)
    if name:
        made.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return made


def _scrub(text: str, answering: Answering) -> str:
    """Text in which the own address is the alias, and our reply address the other side's."""
    text = re.sub(re.escape(answering.own), answering.alias, text, flags=re.IGNORECASE)
    ours = reply_address(answering.forward_token)
    return re.sub(re.escape(ours), answering.to, text, flags=re.IGNORECASE)


def _needles(address: str) -> tuple[bytes, ...]:
    low = address.lower()
    quoted = low.replace("@", "%40"), low.replace("@", "&#64;"), low.replace("@", "=40")
    wide = low.encode("utf-16-le"), low.encode("utf-16-be")
    return (low.encode(), *(each.encode() for each in quoted), *wide)


def _holds(data: bytes, needles: tuple[bytes, ...]) -> bool:
    low = data.lower()
    return any(needle in low for needle in needles)
