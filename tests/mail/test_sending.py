from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.consent.relaying import TEXT, setting_of, switch_off, switch_on
from mingdai.consent.wording import keep_wording
from mingdai.gate.models import Disclosure
from mingdai.gate.queueing import LEASE
from mingdai.mail.addressing import bounce_address, message_id, reply_address
from mingdai.mail.models import Outgoing
from mingdai.mail.sending import BOUNCE_WINDOW, GIVE_UP, Smarthost, send_due
from mingdai.trace.models import Letter
from mingdai.vault.expiring import expire
from tests.conftest import NOON
from tests.gate.world import kinds
from tests.mail.post import ELSEWHERE, LENDER, STRANGER, write
from tests.mail.world import MAILBOX

OWN = LENDER.sign(
    write("禾岩 <notice@heyan.example>", "you", subject="还款提醒", text="二十五日。")
)
FOREIGN = STRANGER.sign(write("sales@chengdai.example", "you", subject="极速放款"))
LATER = NOON + timedelta(minutes=1)


def relay_on(post) -> None:
    wording = keep_wording(TEXT["zh-hans"], kind="relay", locale="zh-hans", at=NOON)
    switch_on(post.borrower, wording=wording, at=NOON)


@pytest.fixture
def on(post):
    relay_on(post)
    return post


def arrive(post, raw: bytes = OWN, mail_from: str = "notice@heyan.example", **options) -> Letter:
    return post.judged(raw, mail_from=mail_from, **options)


def test_an_expected_letter_goes_on_with_verdict_sender_and_lender_on_top(on, sent):
    arrive(on)

    assert send_due(sent.smarthost, at=LATER) == 1

    [taken] = sent.taken
    row = Outgoing.objects.get()
    assert (taken.to, taken.mail_from) == (MAILBOX, bounce_address(row.token))
    message = taken.message
    assert reply_address(row.token) in message["From"]
    assert message["Message-ID"] == message_id(row.token)
    assert message["Subject"] == "还款提醒"
    first, second = message.iter_parts()
    top = first.get_content()
    for said in ("禾岩示例小额贷款有限公司", "heyan.example", "notice@heyan.example", on.address):
        assert said in top
    assert "二十五日" in second.get_content()


def test_a_forward_is_one_disclosure_to_the_borrower(on, sent):
    arrive(on)
    send_due(sent.smarthost, at=LATER)

    assert kinds()[-1] == "DISCLOSED"
    row = Disclosure.objects.latest("disclosed_at")
    assert (row.recipient_kind, row.purpose, row.fields) == ("borrower", "relay", ["email"])


def test_nothing_of_the_original_route_goes_along(on, sent):
    route = b"Received: from secret.heyan.example\r\nList-Unsubscribe: <http://x.example>\r\n"
    route += b"Return-Path: <bounce@heyan.example>\r\nReply-To: trap@evil.example\r\n"
    arrive(on, route + OWN)
    send_due(sent.smarthost, at=LATER)

    [taken] = sent.taken
    for gone in (b"secret.heyan", b"List-Unsubscribe", b"Return-Path", b"trap@evil", b"DKIM-Sig"):
        assert gone not in taken.data


def test_a_strangers_letter_goes_on_with_a_warning(on, sent):
    arrive(on, FOREIGN, "sales@chengdai.example")
    send_due(sent.smarthost, at=LATER)

    [taken] = sent.taken
    assert "⚠ 证实由 chengdai.example 发出" in next(taken.message.iter_parts()).get_content()


def test_a_forged_letter_is_read_in_the_product_only(on, sent):
    letter = arrive(on, write("notice@heyan.example", "you"), "a@heyan.example", ip=ELSEWHERE)

    assert send_due(sent.smarthost, at=LATER) == 0
    assert letter.state == "held"


def test_without_the_borrowers_own_setting_nothing_goes_on(post, sent):
    letter = arrive(post)

    assert send_due(sent.smarthost, at=LATER) == 0
    assert letter.state == "held"


def test_switched_off_in_between_nothing_goes_on_and_nothing_is_read(on, sent):
    arrive(on)
    switch_off(on.borrower, at=NOON)
    before = kinds()

    send_due(sent.smarthost, at=LATER)

    assert sent.taken == []
    assert Letter.objects.get().state == "held"
    assert Outgoing.objects.get().last_problem == "relay.off"
    assert kinds() == before


def test_after_delivery_only_header_and_hash_stay(on, sent):
    arrive(on)
    send_due(sent.smarthost, at=LATER)

    letter = Letter.objects.get()
    assert (letter.state, letter.relayed_at) == ("relayed", LATER)
    expire(at=LATER + BOUNCE_WINDOW)
    letter.refresh_from_db()
    assert letter.raw.sealed is None
    assert letter.head.sealed is not None
    assert bytes(letter.digest)


def test_of_a_strangers_letter_the_bytes_stay_as_evidence(on, sent):
    arrive(on, FOREIGN, "sales@chengdai.example")
    send_due(sent.smarthost, at=LATER)

    expire(at=LATER + BOUNCE_WINDOW)

    assert Letter.objects.get().raw.sealed is not None


def test_a_server_that_is_busy_is_tried_again_with_one_entry_for_the_letter(on, sent):
    arrive(on)
    sent.answer = "451 later"
    send_due(sent.smarthost, at=LATER)
    assert Outgoing.objects.get().state == "queued"
    sent.answer = "250 OK"
    send_due(sent.smarthost, at=LATER + timedelta(minutes=5))

    assert Outgoing.objects.get().state == "sent"
    assert Disclosure.objects.filter(purpose="relay").count() == 1


def test_a_mailbox_that_refuses_for_good_pauses_the_relay(on, sent):
    arrive(on)
    sent.rcpt = "550 5.1.1 unknown"

    send_due(sent.smarthost, at=LATER)

    assert Letter.objects.get().state == "bounced"
    assert setting_of(on.borrower.pk).paused_at == LATER
    arrive(on, LENDER.sign(write("a@heyan.example", "you", text="next")), at=LATER)
    assert Outgoing.objects.count() == 1


def test_what_nobody_takes_for_two_days_is_read_in_the_product(on):
    nobody = Smarthost("127.0.0.1", 1, "x", timeout_s=1)
    arrive(on)
    Outgoing.objects.all().delete()
    letter = Letter.objects.get()
    Outgoing.objects.create(
        kind="forward",
        token="t" * 24,
        borrower=on.borrower,
        letter=letter,
        digest=letter.digest,
        queued_at=NOON,
        next_attempt_at=NOON,
        expires_at=NOON + GIVE_UP,
    )

    send_due(nobody, at=NOON)
    assert Outgoing.objects.get().state == "queued"
    send_due(nobody, at=NOON + GIVE_UP)

    assert Outgoing.objects.get().state == "dead"
    assert Letter.objects.get().state == "held"


def test_a_killed_sender_leaves_the_letter_due_after_its_lease(on, sent, monkeypatch):
    arrive(on)

    def die(*args, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("mingdai.mail.sending._hand_over", die)
        with pytest.raises(KeyboardInterrupt):
            send_due(sent.smarthost, at=LATER)

    assert send_due(sent.smarthost, at=LATER + LEASE - timedelta(seconds=1)) == 0
    assert send_due(sent.smarthost, at=LATER + LEASE) == 1
    assert len(sent.taken) == 1
    assert Disclosure.objects.filter(purpose="relay").count() == 1


def test_no_row_holds_the_borrowers_address(on, sent):
    arrive(on)
    send_due(sent.smarthost, at=LATER)

    for row in (*Outgoing.objects.values(), *Letter.objects.values()):
        assert MAILBOX not in repr(row)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", None), ("mx.example:2525", ("mx.example", 2525)), ("mx.example", ("mx.example", 25))],
)
def test_a_smarthost_is_a_host_and_a_port(text, expected):
    found = Smarthost.parse(text, name="x")

    assert (found and (found.host, found.port)) == expected
