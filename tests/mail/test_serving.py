from __future__ import annotations

import smtplib
import socket
import ssl
from hashlib import sha256

import pytest
from django.utils import timezone

from mingdai.gate.aliasing import end_aliases
from mingdai.gate.letters import open_at_the_door
from mingdai.gate.recalling import erase_borrower
from mingdai.mail.limiting import Peers
from mingdai.mail.queueing import Intake
from mingdai.mail.serving import Door, DoorSettings
from mingdai.trace.letters import unpack
from mingdai.trace.models import Letter
from tests.conftest import NOON
from tests.mail.post import HERE, LENDER, deliver, write

RAW = LENDER.sign(write("notice@heyan.example", "x@alias.mingdai.example"))
BOUNCE = "bounce@heyan.example"


def client(port: int) -> smtplib.SMTP:
    made = smtplib.SMTP(HERE, port, timeout=20)
    made.ehlo("mx.test")
    return made


def test_what_was_accepted_is_stored_byte_for_byte_and_sealed(door, open_post):
    deliver(door, RAW, mail_from=BOUNCE, to=open_post.address)

    letter = Letter.objects.get()
    envelope, raw = unpack(open_at_the_door(letter.raw_id))
    assert raw == RAW
    assert bytes(letter.digest) == sha256(RAW).digest()
    assert (envelope["mail_from"], envelope["ip"], envelope["helo"]) == (BOUNCE, HERE, "mx.test")
    assert b"heyan" not in bytes(letter.raw.sealed)
    assert (letter.state, letter.grade) == ("queued", "")


def test_an_unknown_mailbox_is_refused_before_the_message(door, open_post):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        deliver(door, RAW, mail_from=BOUNCE, to="bakido-tenifa-sopamizo@alias.mingdai.example")

    [(code, _)] = refused.value.recipients.values()
    assert code == 550
    assert not Letter.objects.exists()


def test_an_ended_alias_still_receives(door, open_post):
    end_aliases(open_post.borrower.pk, application_id=open_post.alias.application_id, at=NOON)

    deliver(door, RAW, mail_from=BOUNCE, to=open_post.address.upper())

    assert Letter.objects.count() == 1


def test_of_an_erased_borrower_nothing_is_received(door, open_post):
    erase_borrower(open_post.borrower, at=NOON)

    with pytest.raises(smtplib.SMTPRecipientsRefused):
        deliver(door, RAW, mail_from=BOUNCE, to=open_post.address)


def test_a_message_sent_twice_is_one_letter(door, open_post):
    for _ in range(2):
        deliver(door, RAW, mail_from=BOUNCE, to=open_post.address)

    assert Letter.objects.count() == 1


def test_starttls_is_offered_and_works(door, open_post):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with client(door) as session:
        assert session.has_extn("starttls")
        session.starttls(context=context)
        session.ehlo("mx.test")
        session.sendmail(BOUNCE, [open_post.address], RAW)

    envelope, _ = unpack(open_at_the_door(Letter.objects.get().raw_id))
    assert envelope["tls"] == "yes"


def test_a_message_too_large_is_refused(door, open_post):
    with client(door) as session:
        assert session.esmtp_features["size"] == str(10 * 1024 * 1024)
        code, _ = session.docmd(f"MAIL FROM:<{BOUNCE}> SIZE=99999999")

    assert code == 552


def test_eight_bit_and_utf8_addresses_are_taken(door, open_post):
    raw = "From: 通知 <a@heyan.example>\r\nSubject: 还款\r\n\r\n您好\r\n".encode("gb18030")

    deliver(door, raw, mail_from=BOUNCE, to=open_post.address)

    assert unpack(open_at_the_door(Letter.objects.get().raw_id))[1] == raw


@pytest.mark.parametrize(
    "head",
    [b"X-Mingdai-Loop: here\r\n", b"Received: from a by b; x\r\n" * 31],
    ids=["our own mark", "too many hops"],
)
def test_a_message_going_in_circles_is_refused(door, open_post, head):
    with pytest.raises(smtplib.SMTPDataError) as refused:
        deliver(door, head + RAW, mail_from=BOUNCE, to=open_post.address)

    assert refused.value.smtp_code == 554


def test_a_peer_that_sends_too_fast_must_wait(open_post):
    peers = Peers(per_minute=2, connections=2, clock_s=lambda: 0.0)
    intake = Intake(clock=timezone.now)
    intake.start()
    limited = Door(DoorSettings(HERE, 0, "x", None), intake=intake, peers=peers)
    limited.open()
    try:
        with client(limited.port) as session:
            for number in range(2):
                raw = write("a@heyan.example", "x", text=str(number))
                session.sendmail(BOUNCE, [open_post.address], raw)
            code, _ = session.mail(BOUNCE)
            with client(limited.port), pytest.raises((smtplib.SMTPException, OSError)):
                client(limited.port).noop()
    finally:
        limited.close()
        intake.stop()

    assert code == 450
    assert Letter.objects.count() == 2


def test_too_many_recipients_are_refused_one_by_one(door, open_post, monkeypatch):
    monkeypatch.setattr("mingdai.mail.admitting.MOST_RECIPIENTS", 2)
    with client(door) as session:
        session.mail(BOUNCE)
        codes = [session.rcpt(open_post.address)[0] for _ in range(3)]

    assert codes == [250, 250, 452]


def test_what_cannot_be_stored_stays_with_the_sender(door, open_post, monkeypatch):
    def refuse(*args, **options):
        raise OSError

    monkeypatch.setattr("mingdai.mail.queueing.file_blobs", refuse)

    with pytest.raises(smtplib.SMTPDataError) as refused:
        deliver(door, RAW, mail_from=BOUNCE, to=open_post.address)

    assert refused.value.smtp_code == 451
    assert not Letter.objects.exists()


def test_a_half_sent_message_leaves_nothing(door, open_post):
    with socket.create_connection((HERE, door), timeout=10) as plain:
        for line in (
            b"EHLO mx.test\r\n",
            f"MAIL FROM:<{BOUNCE}>\r\nRCPT TO:<{open_post.address}>\r\nDATA\r\n".encode(),
            b"From: a@heyan.example\r\n\r\nhalf",
        ):
            plain.sendall(line)
            plain.recv(4096)

    assert not Letter.objects.exists()


def test_a_taken_port_says_so(door, open_post):
    other = Door(DoorSettings(HERE, door, "x", None), intake=None, peers=None)

    with pytest.raises(OSError, match="address already in use"):
        other.open()
