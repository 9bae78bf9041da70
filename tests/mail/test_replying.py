"""The borrower's real address leaves in no part of an answer."""

from __future__ import annotations

import base64
import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.errors import Refused
from mingdai.mail.addressing import message_id, reply_address
from mingdai.mail.replying import Answering, compose_reply, finds_address
from tests.conftest import NOON
from tests.mail.world import MAILBOX

ALIAS = "bakido-tenifa-sopamizo@alias.mingdai.example"
LENDER = "service@heyan.example"
TO_LENDER = Answering(
    own=MAILBOX,
    alias=ALIAS,
    to=LENDER,
    token="a" * 24,
    forward_token="f" * 24,
    references=("<1@heyan.example>",),
    at=NOON,
)

LEAKS = {
    "From": f"From: 王 <{MAILBOX}>\r\n\r\n好的",
    "Reply-To": f"From: {MAILBOX}\r\nReply-To: {MAILBOX}\r\n\r\n好的",
    "Sender": f"From: {MAILBOX}\r\nSender: {MAILBOX}\r\n\r\n好的",
    "Message-ID": "From: x\r\nMessage-ID: <abc@mailbox.example>\r\n\r\n好的",
    "In-Reply-To": "From: x\r\nIn-Reply-To: <abc@mailbox.example>\r\n\r\n好的",
    "Received": f"Received: from pc (home [192.0.2.1]) by mx for {MAILBOX}\r\nFrom: x\r\n\r\n好的",
    "Resent-From": f"Resent-From: {MAILBOX}\r\nResent-Sender: {MAILBOX}\r\nFrom: x\r\n\r\n好的",
    "Return-Path": f"Return-Path: <{MAILBOX}>\r\nFrom: x\r\n\r\n好的",
    "List": f"List-Unsubscribe: <mailto:{MAILBOX}>\r\nFrom: x\r\n\r\n好的",
    "Disposition": f"Disposition-Notification-To: {MAILBOX}\r\nFrom: x\r\n\r\n好的",
    "X headers": f"X-Originating-IP: 192.0.2.1\r\nX-QQ-From: {MAILBOX}\r\nFrom: x\r\n\r\n好的",
    "Cc and Bcc": f"From: x\r\nCc: {MAILBOX}\r\nBcc: {MAILBOX}\r\n\r\n好的",
    "Autocrypt": f"Autocrypt: addr={MAILBOX}; keydata=AAAA\r\nFrom: x\r\n\r\n好的",
    "DKIM": "DKIM-Signature: v=1; d=mailbox.example; i=@mailbox.example\r\nFrom: x\r\n\r\n好的",
    "subject": f"From: x\r\nSubject: re {MAILBOX}\r\n\r\n好的",
    "quoted text": f"From: x\r\n\r\n好的\r\n在 {MAILBOX.upper()} 写道：\r\n> 您好",
    "our reply address": f"From: x\r\n\r\n<{reply_address('f' * 24)}> 写道：",
}


def own_traces(data: bytes) -> list[bytes]:
    return re.findall(rb"(?i)jia|mailbox\.example|192\.0\.2\.1|[fF]{24}", data)


@pytest.mark.parametrize("raw", LEAKS.values(), ids=list(LEAKS))
def test_no_header_and_no_quotation_shows_the_real_address(raw):
    data = compose_reply(raw.encode(), TO_LENDER)

    message = BytesParser(policy=default).parsebytes(data)
    body = next(message.iter_parts()).get_content()
    assert own_traces(data) == []
    assert own_traces(body.encode()) == []
    assert (message["From"], message["To"]) == (ALIAS, LENDER)
    assert message["Message-ID"] == message_id("a" * 24)
    assert message["In-Reply-To"] == "<1@heyan.example>"


def attached(kind: str, data: bytes, name: str = "a.bin") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = MAILBOX, "材料"
    message.set_content("见附件")
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def test_a_clean_file_goes_along_with_its_bytes_and_name():
    data = compose_reply(attached("application/pdf", b"%PDF-1.4 x", "收入证明.pdf"), TO_LENDER)

    [file] = list(BytesParser(policy=default).parsebytes(data).iter_attachments())[-1:]
    assert file.get_filename() == "收入证明.pdf"
    assert file.get_payload(decode=True) == b"%PDF-1.4 x"


@pytest.mark.parametrize(
    "data",
    [
        f"author {MAILBOX}".encode(),
        MAILBOX.upper().encode(),
        MAILBOX.encode("utf-16-le"),
        MAILBOX.replace("@", "%40").encode(),
    ],
    ids=["plain", "capitals", "wide", "in a link"],
)
def test_a_file_that_holds_the_real_address_stops_the_answer(data):
    with pytest.raises(Refused, match=r"reply\.leak"):
        compose_reply(attached("application/octet-stream", data), TO_LENDER)


def test_an_attached_message_signature_or_report_does_not_go_along():
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["To"] = "other@x.example", MAILBOX
    inner.set_content("inner words")
    message = EmailMessage(policy=SMTP)
    message["From"] = MAILBOX
    message.set_content("见附件")
    message.add_attachment(inner)
    message.add_attachment(b"0\x82", maintype="application", subtype="pkcs7-signature")
    message.add_attachment(b"x", maintype="application", subtype="pgp-keys")

    data = compose_reply(message.as_bytes(), TO_LENDER)

    assert not finds_address(data, MAILBOX)
    kinds = [
        part.get_content_type() for part in BytesParser(policy=default).parsebytes(data).walk()
    ]
    assert kinds == ["multipart/mixed", "text/plain"]


def test_the_name_of_a_file_is_cleaned():
    data = compose_reply(attached("application/pdf", b"x", f"{MAILBOX}.pdf"), TO_LENDER)

    assert not finds_address(data, MAILBOX)


def test_html_goes_only_where_there_is_no_plain_text():
    html = (
        f"From: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<a href='mailto:{MAILBOX}'>x</a>"
    )

    data = compose_reply(html.encode(), TO_LENDER)

    part = next(BytesParser(policy=default).parsebytes(data).iter_parts())
    assert part.get_content_type() == "text/html"
    assert ALIAS in part.get_content()


def test_an_endless_message_is_refused():
    parts = b"--x\r\nContent-Type: text/plain\r\n\r\na\r\n" * 300
    raw = b"From: x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + parts + b"--x--\r\n"

    with pytest.raises(Refused, match=r"reply\.parts"):
        compose_reply(raw, TO_LENDER)


@given(st.binary(max_size=120), st.binary(max_size=60), st.integers(0, 2))
def test_no_answer_shows_the_real_address_whatever_is_in_it(body, kind, way):
    ways = (MAILBOX.encode(), base64.b64encode(MAILBOX.encode()), MAILBOX.upper().encode())
    raw = b"From: x\r\nContent-Type: " + kind + b"\r\n\r\n" + body + ways[way] + body
    try:
        data = compose_reply(raw, TO_LENDER)
    except Refused:
        data = b""

    assert not finds_address(data, MAILBOX)
