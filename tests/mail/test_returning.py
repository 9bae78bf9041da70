"""What comes back: answers go out from the alias, bounces pause the relay, circles end."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from mingdai.consent.relaying import setting_of
from mingdai.mail.addressing import bounce_address, message_id, reply_address
from mingdai.mail.judging import PATIENCE, Checks
from mingdai.mail.models import Outgoing, Returned
from mingdai.mail.resolving import Silent
from mingdai.mail.returning import settle_returned
from mingdai.mail.sending import send_due
from mingdai.trace.models import Letter
from tests.conftest import NOON
from tests.mail.post import ELSEWHERE, LENDER, STRANGER, ed25519_sender, envelope, resolver, write
from tests.mail.test_bouncing import report
from tests.mail.test_sending import LATER, OWN, relay_on
from tests.mail.world import MAILBOX, put

BORROWER = ed25519_sender("mailbox.example")
CHECKS = Checks(resolver(LENDER, STRANGER, BORROWER))


@pytest.fixture
def forwarded(post, sent):
    relay_on(post)
    post.judged(OWN, mail_from="notice@heyan.example")
    send_due(sent.smarthost, at=LATER)
    return Outgoing.objects.get()


def answer(forward, **headers: str) -> bytes:
    to = reply_address(forward.token)
    return BORROWER.sign(
        write(f"甲 <{MAILBOX}>", to, subject="Re: 还款提醒", text="收到了。", **headers)
    )


def come_back(raw: bytes, to: str, mail_from: str = MAILBOX, ip: str = ELSEWHERE) -> Returned:
    put(raw, to, envelope(mail_from, ip) if mail_from else envelope("", ip), at=LATER)
    settle_returned(CHECKS, at=LATER)
    return Returned.objects.latest("received_at")


def test_an_answer_goes_out_from_the_alias_to_the_letters_sender(forwarded, sent, post):
    row = come_back(answer(forwarded), reply_address(forwarded.token))
    send_due(sent.smarthost, at=LATER)

    assert row.outcome == "reply.queued"
    taken = sent.taken[-1]
    assert (taken.to, taken.message["From"]) == ("notice@heyan.example", post.address)
    assert MAILBOX.encode() not in taken.data.lower()
    assert b"mailbox.example" not in taken.data.lower()
    assert taken.mail_from.startswith("b-")
    assert taken.message["In-Reply-To"].endswith("@heyan.example>")
    assert Letter.objects.get().reply == "sent"


def test_an_answer_that_comes_twice_goes_out_once(forwarded, sent):
    raw = answer(forwarded)
    for _ in range(2):
        put(raw, reply_address(forwarded.token), envelope(MAILBOX), at=LATER)
        settle_returned(CHECKS, at=LATER)
    send_due(sent.smarthost, at=LATER)

    assert len(sent.taken) == 2


@pytest.mark.parametrize(
    "raw",
    [
        write(MAILBOX, "x", text="forged"),
        STRANGER.sign(write("a@chengdai.example", "x")),
        BORROWER.sign(write("other@mailbox.example", "x")),
    ],
    ids=["without proof", "somebody else", "another mailbox of the same house"],
)
def test_nobody_else_answers_for_the_borrower(forwarded, sent, raw):
    row = come_back(raw, reply_address(forwarded.token))
    send_due(sent.smarthost, at=LATER)

    assert row.outcome == "reply.not_yours"
    assert len(sent.taken) == 1
    assert Letter.objects.get().reply == "reply.not_yours"


def test_a_vacation_notice_goes_nowhere(forwarded, sent):
    row = come_back(
        answer(forwarded, Auto_Submitted="auto-replied"), reply_address(forwarded.token)
    )
    send_due(sent.smarthost, at=LATER)

    assert row.outcome == "reply.automatic"
    assert len(sent.taken) == 1


def test_a_file_with_the_real_address_stops_the_answer_and_the_borrower_is_told(forwarded, sent):
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = MAILBOX, "材料"
    message.set_content("见附件")
    message.add_attachment(MAILBOX.encode(), maintype="application", subtype="octet-stream")

    row = come_back(BORROWER.sign(message.as_bytes()), reply_address(forwarded.token))
    send_due(sent.smarthost, at=LATER)

    assert row.outcome == "reply.leak"
    assert len(sent.taken) == 1
    assert Letter.objects.get().reply == "reply.leak"


def test_a_thread_goes_on_with_ids_each_side_knows(forwarded, sent, post):
    come_back(answer(forwarded), reply_address(forwarded.token))
    send_due(sent.smarthost, at=LATER)
    reply = Outgoing.objects.get(kind="reply")
    own_id = "<" + answer(forwarded).decode().partition("Message-ID: <")[2].partition(">")[0] + ">"

    again = LENDER.sign(
        write("notice@heyan.example", "you", text="再答", In_Reply_To=message_id(reply.token))
    )
    post.judged(again, mail_from="notice@heyan.example", at=LATER)
    send_due(sent.smarthost, at=LATER)

    assert sent.taken[-1].message["In-Reply-To"] == own_id
    assert reply.token.encode() not in sent.taken[-1].data


def test_a_failure_report_pauses_the_relay_and_the_letter_is_read_here(forwarded, post):
    row = come_back(report("5.1.1", "failed"), bounce_address(forwarded.token), mail_from="")

    assert row.outcome == "bounce.failed"
    letter = Letter.objects.get()
    assert letter.state == "bounced"
    assert letter.raw.sealed is not None
    assert setting_of(post.borrower.pk).paused_at == LATER


@pytest.mark.parametrize(
    "raw", [report("4.4.1", "delayed"), report("2.0.0", "delivered"), b"Subject: x\r\n\r\nsorry"]
)
def test_a_delay_or_a_report_without_a_code_changes_nothing(forwarded, post, raw):
    come_back(raw, bounce_address(forwarded.token), mail_from="")

    assert Letter.objects.get().state == "relayed"
    assert setting_of(post.borrower.pk).paused_at is None


def test_a_bounced_answer_is_told_and_pauses_nothing(forwarded, sent, post):
    come_back(answer(forwarded), reply_address(forwarded.token))
    send_due(sent.smarthost, at=LATER)
    reply = Outgoing.objects.get(kind="reply")

    come_back(report("5.1.1", "failed"), bounce_address(reply.token), mail_from="")

    assert Letter.objects.get().reply == "bounce.failed"
    assert setting_of(post.borrower.pk).paused_at is None


class SilentResolver:
    def lookup(self, name: str, kind: str) -> list[str]:
        raise Silent


def test_while_the_dns_is_silent_an_answer_waits_and_then_is_not_proven(forwarded):
    put(answer(forwarded), reply_address(forwarded.token), envelope(MAILBOX), at=LATER)
    silent = Checks(SilentResolver())

    settle_returned(silent, at=LATER)
    assert Returned.objects.get().done_at is None
    settle_returned(silent, at=LATER + PATIENCE)

    assert Returned.objects.get().outcome == "reply.not_yours"


def test_what_was_settled_is_emptied_and_settled_once(forwarded):
    row = come_back(answer(forwarded), reply_address(forwarded.token))

    assert row.raw.sealed is None
    assert settle_returned(CHECKS, at=NOON + timedelta(days=1)) == 0
