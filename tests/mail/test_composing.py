from __future__ import annotations

import base64
from email.parser import BytesParser
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.mail.composing import Passing, compose_forward
from mingdai.trace.parsing import Head, read_head, read_text
from tests.conftest import NOON
from tests.mail.world import MAILBOX

TOKEN = "t" * 24


def passing(raw: bytes, **changes: object) -> Passing:
    words: dict[str, object] = {
        "to": MAILBOX,
        "token": TOKEN,
        "head": read_head(raw),
        "grade": "expected",
        "authenticated": "heyan.example",
        "lender": "禾岩示例小额贷款有限公司",
        "alias": "bakido-tenifa-sopamizo@alias.mingdai.example",
        "locale": "zh-hans",
        "references": (),
        "at": NOON,
    }
    return Passing(**{**words, **changes})


def composed(raw: bytes, **changes: object):
    return BytesParser(policy=default).parsebytes(compose_forward(raw, passing(raw, **changes)))


HEADS = "From: 禾岩 <a@heyan.example>\r\nSubject: 还款\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        (HEADS + "Content-Type: text/plain; charset=utf-8\r\n\r\n二十五日\r\n").encode(),
        (HEADS + "Content-Type: text/plain; charset=gb2312\r\n\r\n二十五日\r\n").encode("gb18030"),
        HEADS.encode()
        + b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes("<p>二十五日</p>".encode()),
        HEADS.encode()
        + b'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\n'
        + "Content-Type: text/plain; charset=utf-8\r\n\r\n二十五日\r\n--x--\r\n".encode(),
    ],
    ids=["utf-8", "gb18030", "html", "multipart"],
)
def test_content_arrives_as_it_was_written(raw):
    data = compose_forward(raw, passing(raw))

    assert "二十五日" in read_text(data).text or b"base64" in data
    parts = list(BytesParser(policy=default).parsebytes(data).walk())
    texts = [part for part in parts if part.get_content_maintype() == "text"]
    assert any(
        "二十五日".encode("gb18030") in part.get_payload(decode=True)
        or "二十五日".encode() in part.get_payload(decode=True)
        for part in texts
    )


def test_a_line_break_in_a_name_or_subject_adds_no_header():
    head = Head(sender="a@heyan.example", name="x\r\nBcc: b@x.example", subject="y\r\nBcc: z")
    raw = b"From: a@heyan.example\r\n\r\nx"

    message = composed(raw, head=head)

    assert message["Bcc"] is None
    assert "Bcc: z" in message["Subject"]


def test_the_banner_speaks_the_borrowers_language():
    raw = b"From: a@heyan.example\r\n\r\nx"

    top = next(composed(raw, locale="en").iter_parts()).get_content()

    assert "Proven to come from heyan.example, a domain" in top


def test_threads_go_on_for_the_borrowers_mail_program():
    raw = b"From: a@heyan.example\r\nReferences: <1@heyan.example>\r\n\r\nx"

    message = composed(raw, references=("<own@mailbox.example>",))

    assert message["In-Reply-To"] == message["References"] == "<own@mailbox.example>"
    assert b"1@heyan.example" not in compose_forward(raw, passing(raw))


@given(st.binary(max_size=200), st.binary(max_size=80))
def test_no_letter_stops_the_relay(body, kind):
    raw = b"From: a@heyan.example\r\nContent-Type: " + kind + b"\r\n\r\n" + body

    message = composed(raw)

    assert message["To"] == MAILBOX
    assert len(list(message.iter_parts())) == 2
