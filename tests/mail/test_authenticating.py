from __future__ import annotations

from dataclasses import replace

import dkim
import pytest

from mingdai.mail.authenticating import Envelope, authenticate, find_policy, organisation
from mingdai.mail.resolving import Silent
from tests.mail.post import (
    ELSEWHERE,
    LENDER,
    MAILER,
    SEALER,
    STRANGER,
    ed25519_sender,
    envelope,
    resolver,
    write,
)

ALIAS = "bakido-tenifa-sopamizo@alias.mingdai.example"
FROM = "通知 <notice@heyan.example>"


def judged(raw: bytes, sent: Envelope, **options):
    return authenticate(raw, sent, resolver=options.pop("resolver", resolver()), **options)


@pytest.mark.parametrize("sender", [LENDER, STRANGER], ids=["rsa", "ed25519"])
def test_a_signature_in_alignment_authenticates_the_from_domain(sender):
    raw = sender.sign(write(f"a@{sender.domain}", ALIAS))

    verdict = judged(raw, envelope("bounce@elsewhere.example", ELSEWHERE))

    assert (verdict.dkim, verdict.signed_by) == ("pass", (sender.domain,))
    assert (verdict.dmarc, verdict.policy) == ("pass", "reject")
    assert verdict.authenticated == sender.domain


def test_spf_in_alignment_authenticates_without_a_signature():
    verdict = judged(write(FROM, ALIAS), envelope("bounce@heyan.example"))

    assert (verdict.spf, verdict.dkim, verdict.authenticated) == ("pass", "none", "heyan.example")


def test_a_forger_in_the_lenders_name_authenticates_nobody():
    verdict = judged(write(FROM, ALIAS), envelope("bounce@heyan.example", ELSEWHERE))

    assert (verdict.spf, verdict.dmarc, verdict.authenticated) == ("fail", "fail", "")
    assert verdict.from_domain == "heyan.example"


def test_a_strangers_good_papers_do_not_vouch_for_another_from():
    raw = STRANGER.sign(write(FROM, ALIAS))

    verdict = judged(raw, envelope("bounce@chengdai.example"))

    assert (verdict.spf, verdict.dkim) == ("pass", "pass")
    assert verdict.authenticated == ""


def test_a_changed_body_breaks_the_signature():
    raw = LENDER.sign(write(FROM, ALIAS)).replace(b"\r\n\r\n", b"\r\n\r\nmore", 1)

    assert judged(raw, envelope("", ELSEWHERE)).dkim == "fail"


def test_a_signature_over_a_part_of_the_body_counts_for_nothing():
    raw = LENDER.sign(write(FROM, ALIAS), length=True)

    verdict = judged(raw, envelope("", ELSEWHERE))

    assert (verdict.dkim, verdict.authenticated) == ("fail", "")


def test_a_subdomain_speaks_for_its_organisation_unless_it_asked_for_strictness():
    raw = LENDER.sign(write("a@pay.heyan.example", ALIAS))
    strict = replace(LENDER, dmarc="v=DMARC1; p=none; adkim=s; aspf=s")

    relaxed = judged(raw, envelope("", ELSEWHERE))
    assert (relaxed.authenticated, relaxed.policy) == ("pay.heyan.example", "reject")
    assert judged(raw, envelope("", ELSEWHERE), resolver=resolver(strict)).authenticated == ""


def test_two_registrants_below_one_public_suffix_are_strangers():
    one, two = ed25519_sender("one.com.cn"), ed25519_sender("two.com.cn")
    raw = one.sign(write("a@two.com.cn", ALIAS))

    assert judged(raw, envelope("", ELSEWHERE), resolver=resolver(one, two)).authenticated == ""
    assert (organisation("mail.one.com.cn"), organisation("com.cn")) == ("one.com.cn", "")


@pytest.mark.parametrize(
    "head",
    [
        b"From: a@heyan.example\r\nFrom: b@chengdai.example\r\n",
        b"From: a@heyan.example, b@chengdai.example\r\n",
        b"From: nobody\r\n",
        b"",
        b'From: "a@heyan.example" <>\r\n',
    ],
)
def test_a_doubled_or_missing_from_authenticates_nobody(head):
    raw = head + b"Subject: x\r\n\r\nbody\r\n"

    assert judged(raw, envelope("bounce@heyan.example")).authenticated == ""


def test_a_second_from_added_after_signing_authenticates_nobody():
    raw = b"From: b@chengdai.example\r\n" + LENDER.sign(write(FROM, ALIAS))

    assert judged(raw, envelope("bounce@heyan.example")).authenticated == ""


def test_a_domain_without_a_policy_is_authenticated_all_the_same():
    raw = MAILER.sign(write("a@youdi-mailer.example", ALIAS))

    verdict = judged(raw, envelope("", ELSEWHERE))

    assert (verdict.dmarc, verdict.authenticated) == ("none", "youdi-mailer.example")


def test_both_signatures_of_one_message_are_named():
    raw = MAILER.sign(LENDER.sign(write("a@youdi-mailer.example", ALIAS)))

    verdict = judged(raw, envelope("", ELSEWHERE))

    assert set(verdict.signed_by) == {"youdi-mailer.example", "heyan.example"}


def sealed(raw: bytes) -> bytes:
    headers = dkim.arc_sign(
        b"Authentication-Results: youdi-relay.example; dmarc=pass header.from=heyan.example\r\n"
        + raw,
        b"rsa",
        b"youdi-relay.example",
        SEALER.private,
        b"youdi-relay.example",
        include_headers=[b"from", b"to", b"subject"],
    )
    return b"".join(headers) + raw


def test_a_chain_counts_only_from_a_sealer_the_operator_named():
    raw = sealed(write(FROM, ALIAS))
    sent = envelope("", ELSEWHERE)

    alone = judged(raw, sent)
    named = judged(raw, sent, trusted=frozenset({"youdi-relay.example"}))

    assert (alone.arc, alone.arc_sealer, alone.authenticated) == ("pass", "youdi-relay.example", "")
    assert named.authenticated == "heyan.example"


def test_a_broken_chain_says_so():
    raw = sealed(write(FROM, ALIAS)).replace("您好".encode(), b"")
    raw = raw.replace(b"Subject:", b"Subject: x")

    assert judged(raw, envelope("", ELSEWHERE)).arc == "fail"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 40,
        b"DKIM-Signature: v=1\r\nFrom: a@heyan.example\r\n\r\n",
        b"DKIM-Signature: ;;;=\r\nFrom: a@heyan.example\r\n\r\n",
        b"ARC-Seal: i=x\r\nFrom: a@heyan.example\r\n\r\n",
        b"no colon here\r\nFrom: a@heyan.example\r\n\r\n",
    ],
)
def test_malformed_messages_authenticate_nobody_and_raise_nothing(raw):
    assert judged(raw, envelope("", ELSEWHERE)).authenticated == ""


class SilentResolver:
    def lookup(self, name: str, kind: str) -> list[str]:
        raise Silent


@pytest.mark.parametrize("mail_from", ["bounce@heyan.example", ""])
def test_a_silent_dns_is_no_verdict(mail_from):
    raw = LENDER.sign(write(FROM, ALIAS))

    with pytest.raises(Silent):
        authenticate(raw, envelope(mail_from), resolver=SilentResolver())


def test_of_two_policies_none_holds():
    one = '_dmarc.x.example. IN TXT "v=DMARC1; p=none"\n'
    twice = one + one.replace("none", "reject")

    assert find_policy("x.example", resolver(LENDER, more=twice)).asked == ""
