"""Read a message as it arrived, however it is written: its head, its text, its attachments' names.

Lenders in China write in UTF-8, GB18030 under the name gb2312, or in raw 8-bit headers; strangers
write anything.  Nothing here raises for a malformed message: what cannot be read is "".
Source: RFC 5322, RFC 2045-2047, RFC 6532; the decoding of wrong labels is ours.
"""

from __future__ import annotations

import binascii
import json
import re
from dataclasses import asdict, dataclass
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from email.utils import getaddresses
from html.parser import HTMLParser

TEXT_LIMIT = 200_000
"""Characters of a letter that are shown; the rest is said to be left out."""

HEAD_LIMIT = 998
"""Characters of one header that are kept (RFC 5322, 2.1.1)."""

_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_DOMAIN = re.compile(r"(?=.{1,120}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_-]+)+")
_ID = re.compile(r"<[^<>\s]{1,250}>")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the headers.  `domain` is of the one From address, "" where it is not one."""

    sender: str = ""
    name: str = ""
    domain: str = ""
    reply_to: str = ""
    subject: str = ""
    date: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    auto_submitted: bool = False

    def encode(self) -> bytes:
        """As it is filed."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def decode(cls, data: bytes) -> Head:
        """As it was filed."""
        fields = json.loads(data)
        return cls(**{**fields, "references": tuple(fields["references"])})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person reads: the text, whether some was left out, attachments as (name, bytes)."""

    text: str
    cut: bool
    attachments: tuple[tuple[str, int], ...]


def read_head(raw: bytes) -> Head:
    """The head of a message; a From that is missing, doubled or unreadable has no domain."""
    items = [(name.lower(), _bytes(value)) for name, value in _headers(raw).raw_items()]
    found: dict[str, list[bytes]] = {}
    for name, value in items:
        found.setdefault(name, []).append(value)
    name, sender = _one_address(found.get("from", []))
    _, reply_to = _one_address(found.get("reply-to", []))
    return Head(
        sender=sender,
        name=name,
        domain=domain_of(sender),
        reply_to=reply_to,
        subject=decode_words(_first(found, "subject")),
        date=decode_words(_first(found, "date")),
        message_id=next(iter(_ids(_first(found, "message-id"))), ""),
        references=tuple(_ids(_first(found, "references") + b" " + _first(found, "in-reply-to"))),
        auto_submitted=_first(found, "auto-submitted").strip().lower() not in {b"", b"no"},
    )


def read_text(raw: bytes) -> Reading:
    """The text of a message: its plain parts, else its HTML without mark-up and without links."""
    message = BytesParser(policy=compat32).parsebytes(raw)
    plain, html, attachments = [], [], []
    for part in message.walk():
        if part.is_multipart():
            continue
        kind, name = part.get_content_type(), _file_name(part)
        if name or kind not in {"text/plain", "text/html"}:
            attachments.append((name or kind, len(_payload(part))))
        elif kind == "text/plain":
            plain.append(part_text(part))
        else:
            html.append(strip_markup(part_text(part)))
    text = "\n\n".join(plain or html).strip()
    return Reading(text[:TEXT_LIMIT], len(text) > TEXT_LIMIT, tuple(attachments))


def part_text(part: Message) -> str:
    """The text of one text part, by its label, else by what it looks like."""
    data = _payload(part)
    try:
        label = part.get_content_charset() or ""
    except (LookupError, ValueError, MessageError):
        label = ""
    return guess(data, label)


def guess(data: bytes, label: str) -> str:
    """`data` as text: by its label, else UTF-8, else GB18030; never raises."""
    for charset in (_CHARSETS.get(label.lower(), label), "utf-8", "gb18030"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def decode_words(value: bytes) -> str:
    """A header's value in clear: encoded words, raw UTF-8 or GB18030, on one line."""
    text = " ".join(value.decode("ascii", "surrogateescape").split())
    try:
        parts = decode_header(text)
    except (MessageError, binascii.Error, ValueError):
        parts = [(text, None)]
    said = "".join(
        guess(_bytes(part) if isinstance(part, str) else part, charset or "utf-8")
        for part, charset in parts
    )
    return "".join(each for each in said if each.isprintable())[:HEAD_LIMIT]


def domain_of(address: str) -> str:
    """The domain of an address in lower-case ASCII, "" where there is none that DNS could hold."""
    _, at, domain = address.rpartition("@")
    if not at:
        return ""
    try:
        ascii_domain = domain.rstrip(".").encode("idna").decode("ascii").lower()
    except (UnicodeError, ValueError):
        return ""
    return ascii_domain if _DOMAIN.fullmatch(ascii_domain) else ""


def strip_markup(html: str) -> str:
    """The words of an HTML text."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.said).splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collects text and forgets tags, scripts and styles."""

    _BREAKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table"})
    _SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self._SILENT
        if tag in self._BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in self._SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def _headers(raw: bytes) -> Message:
    return BytesHeaderParser(policy=compat32).parsebytes(raw)


def _one_address(values: list[bytes]) -> tuple[str, str]:
    """Name and address where there is exactly one header with exactly one address."""
    if len(values) != 1:
        return "", ""
    text = " ".join(guess(values[0], "utf-8").split())
    found = getaddresses([text])
    if len(found) != 1 or "@" not in found[0][1]:
        return "", ""
    name, address = found[0]
    return decode_words(name.encode("utf-8", "surrogateescape")), address.strip()[:HEAD_LIMIT]


def _first(found: dict[str, list[bytes]], name: str) -> bytes:
    return found.get(name, [b""])[0]


def _ids(value: bytes) -> list[str]:
    return list(dict.fromkeys(_ID.findall(value.decode("ascii", "replace"))))[:50]


def _bytes(value: str) -> bytes:
    return str(value).encode("utf-8", "surrogateescape")


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, MessageError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename()
    except (LookupError, ValueError, MessageError, TypeError):
        name = "?"
    return decode_words(_bytes(name)) if name else ""
