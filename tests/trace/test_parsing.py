from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.trace.parsing import (
    TEXT_LIMIT,
    Head,
    decode_words,
    domain_of,
    read_head,
    read_text,
    strip_markup,
)

GB = "还款提醒".encode("gb18030")
ENCODED = b"=?gb2312?B?" + base64.b64encode("还款提醒㐀".encode("gb18030")) + b"?="


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"=?utf-8?B?6L+Y5qy+?= now", "还款 now"),
        (ENCODED, "还款提醒㐀"),
        (GB, "还款提醒"),
        ("还款".encode(), "还款"),
        (b"=?nonsense?Q?a=62?=", "ab"),
        (b"=?utf-8?B?broken", "=?utf-8?B?broken"),
        (b"a\r\n b\x00\x07", "a b"),
        (b"", ""),
    ],
)
def test_a_subject_is_read_however_it_is_written(value, expected):
    assert decode_words(value) == expected


@pytest.mark.parametrize(
    ("line", "address", "domain"),
    [
        (b"From: notice@heyan.example", "notice@heyan.example", "heyan.example"),
        (b'From: "a@other.example" <b@Heyan.Example>', "b@Heyan.Example", "heyan.example"),
        (b"From: " + GB + b" <a@heyan.example>", "a@heyan.example", "heyan.example"),
        ("From: a@例子.example".encode(), "a@例子.example", "xn--fsqu00a.example"),
        (b"From: a@heyan.example, b@heyan.example", "", ""),
        (b"From: a@heyan.example\r\nFrom: a@heyan.example", "", ""),
        (b"From: undisclosed:;", "", ""),
        (b"From: a@-", "a@-", ""),
        (b"Subject: nobody", "", ""),
    ],
)
def test_a_sender_is_one_address_or_none(line, address, domain):
    head = read_head(line + b"\r\n\r\nx")

    assert (head.sender, head.domain) == (address, domain)


def test_a_head_comes_back_as_it_was_filed():
    raw = (
        b"From: =?utf-8?B?6YCa55+l?= <a@heyan.example>\r\nReply-To: b@heyan.example\r\n"
        b"Subject: " + ENCODED + b"\r\nDate: Mon, 23 Nov 2026 12:00:00 +0800\r\n"
        b"Message-ID: <1@heyan.example>\r\nReferences: <0@heyan.example> <00@heyan.example>\r\n"
        b"In-Reply-To: <0@heyan.example>\r\nAuto-Submitted: auto-generated\r\n\r\n"
    )

    head = read_head(raw)

    assert Head.decode(head.encode()) == head
    assert (head.name, head.reply_to) == ("通知", "b@heyan.example")
    assert (head.message_id, head.auto_submitted) == ("<1@heyan.example>", True)
    assert head.references == ("<0@heyan.example>", "<00@heyan.example>")


def test_text_is_read_from_plain_parts_and_attachments_are_named():
    raw = (
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + GB + b"\r\n--x\r\n"
        b"Content-Type: text/html\r\n\r\n<b>no</b>\r\n--x\r\n"
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="a.pdf"\r\n\r\nAAAA\r\n--x--\r\n'
    )

    reading = read_text(raw)

    assert (reading.text, reading.attachments) == ("还款提醒", (("a.pdf", 3),))


def test_html_is_read_without_scripts_and_links():
    html = (
        "<style>p{}</style><script>alert(1)</script><p>一 <a href='http://x.example'>二</a>"
        "<br>三&amp;四<img src=http://x.example>"
    )

    assert strip_markup(html) == "一 二\n三&四"


def test_a_very_long_text_is_cut_and_says_so():
    reading = read_text(b"\r\n" + b"a" * (TEXT_LIMIT + 1))

    assert (len(reading.text), reading.cut) == (TEXT_LIMIT, True)


@pytest.mark.parametrize(
    ("address", "domain"),
    [("a@b.example.", "b.example"), ("a", ""), ("a@" + "x" * 130 + ".example", ""), ("@@", "")],
)
def test_a_domain_is_one_that_dns_could_hold(address, domain):
    assert domain_of(address) == domain


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(raw):
    read_head(raw)
    read_text(raw)


@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=120))
def test_no_header_breaks_the_reading(name, kind, body):
    raw = b"From: " + name + b"\r\nSubject: " + name + b"\r\nContent-Type: " + kind
    raw += b"\r\nContent-Disposition: attachment; filename*=" + name + b"\r\n\r\n" + body

    Head.decode(read_head(raw).encode())
    read_text(raw)
