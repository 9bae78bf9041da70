from __future__ import annotations

import pytest

from mingdai.mail.bouncing import Fate, read_bounce


def report(status: str, action: str) -> bytes:
    lines = (
        f"Final-Recipient: rfc822; x@mailbox.example\r\nAction: {action}\r\nStatus: {status}\r\n"
    )
    return (
        b"From: mailer-daemon@mailbox.example\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"
        b"--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        + lines.encode()
        + b"\r\n--x--\r\n"
    )


@pytest.mark.parametrize(
    ("status", "action", "fate"),
    [
        ("5.1.1", "failed", Fate.FAILED),
        ("5.2.2 (mailbox full)", "failed", Fate.FAILED),
        ("4.4.1", "delayed", Fate.DELAYED),
        ("4.4.7", "failed", Fate.DELAYED),
        ("2.0.0", "delivered", Fate.DELIVERED),
        ("nonsense", "failed", Fate.UNCLEAR),
    ],
)
def test_a_report_says_what_became_of_the_message(status, action, fate):
    assert read_bounce(report(status, action)) is fate


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: Undelivered\r\n\r\n550 5.1.1 no such user\r\n",
        b"Content-Type: message/delivery-status\r\n\r\n",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n",
    ],
)
def test_what_is_no_report_says_nothing(raw):
    assert read_bounce(raw) is Fate.UNCLEAR
