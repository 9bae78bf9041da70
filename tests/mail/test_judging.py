from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.gate.aliasing import address, end_aliases
from mingdai.gate.models import Disclosure
from mingdai.gate.queueing import LEASE
from mingdai.ledger.models import LedgerEntry
from mingdai.mail.judging import PATIENCE, Checks, judge_due
from mingdai.mail.resolving import Silent
from mingdai.trace.models import Letter, Sighting
from mingdai_proofs.entries import EntryKind, decode_entry
from tests.conftest import NOON
from tests.mail.post import ELSEWHERE, LENDER, MAILER, STRANGER, envelope, resolver, write
from tests.mail.world import make_decoy, put

OWN = LENDER.sign(write("notice@heyan.example", "you"))
FOREIGN = STRANGER.sign(write("sales@chengdai.example", "you", subject="极速放款"))
FORGED = write("notice@heyan.example", "you", subject="请点击链接还款")
CHECKS = Checks(resolver())


def sightings() -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(kind=EntryKind.SIGHTING))


def test_the_right_lender_is_expected_and_no_sighting(post):
    letter = post.judged(OWN, mail_from="bounce@heyan.example")

    assert (letter.grade, letter.sender_domain, letter.state) == (
        "expected",
        "heyan.example",
        "held",
    )
    assert letter.sighting is None
    assert sightings() == []


def test_a_stranger_with_papers_is_a_sighting(post):
    letter = post.judged(FOREIGN, mail_from="bounce@chengdai.example")

    assert letter.grade == "authenticated_other"
    seen = letter.sighting
    assert (seen.partner_id, seen.authenticated_as) == ("heyan-ml", "chengdai.example")
    assert (seen.count, seen.channel, seen.told_at) == (1, "email", None)


def test_a_forger_is_a_sighting_of_its_own_grade(post):
    letter = post.judged(FORGED, mail_from="bounce@heyan.example", ip=ELSEWHERE)

    assert (letter.grade, letter.sighting.authenticated_as) == ("unauthenticated", "")
    assert letter.verdict["dmarc"] == "fail"


def test_after_the_end_even_the_lender_is_a_sighting(post):
    end_aliases(post.borrower.pk, application_id=post.alias.application_id, at=NOON)

    letter = post.judged(OWN, mail_from="bounce@heyan.example", at=NOON + timedelta(seconds=1))

    assert (letter.grade, letter.sighting.authenticated_as) == ("unbound", "heyan.example")


def test_an_alias_that_never_left_is_unbound(post):
    Disclosure.objects.update(attempts=0, sent_at=None)

    assert post.judged(FOREIGN, mail_from="bounce@chengdai.example").grade == "unbound"


def test_a_decoy_that_is_written_to_is_a_sighting(post):
    decoy = make_decoy(post.lender)
    put(FOREIGN, address(decoy), envelope("bounce@chengdai.example"))

    [letter] = judge_due(CHECKS, at=NOON)

    assert (letter.grade, letter.sighting.partner_id) == ("decoy", "heyan-ml")


def test_a_sighting_has_one_entry_that_names_nobody(post):
    post.judged(FOREIGN, mail_from="bounce@chengdai.example")

    [row] = sightings()
    entry = decode_entry(bytes(row.data))
    assert (entry.recipient, entry.purpose, entry.fields) == ("", "", ("email",))
    assert Sighting.objects.get().entry == row


def test_letters_of_one_day_and_sender_are_one_sighting(post):
    for number in range(3):
        raw = STRANGER.sign(write("sales@chengdai.example", "you", text=str(number)))
        post.judged(raw, mail_from="bounce@chengdai.example")
    tomorrow = NOON + timedelta(days=1)
    post.judged(FOREIGN, mail_from="bounce@chengdai.example", at=tomorrow)

    assert [each.count for each in Sighting.objects.order_by("first_seen_at")] == [3, 1]
    assert len(sightings()) == 2


def test_a_letter_is_settled_once(post):
    letter = post.judged(FOREIGN, mail_from="bounce@chengdai.example")
    Letter.objects.filter(pk=letter.pk).update(next_attempt_at=NOON)

    assert judge_due(CHECKS, at=NOON) == []
    assert len(sightings()) == 1


def test_a_killed_run_leaves_the_letter_due_after_its_lease(post, monkeypatch):
    post.arrive(OWN, mail_from="bounce@heyan.example")

    def die(*args, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("mingdai.mail.judging.authenticate", die)
        with pytest.raises(KeyboardInterrupt):
            judge_due(CHECKS, at=NOON)

    assert judge_due(CHECKS, at=NOON + LEASE - timedelta(seconds=1)) == []
    assert [each.grade for each in judge_due(CHECKS, at=NOON + LEASE)] == ["expected"]


class SilentResolver:
    def lookup(self, name: str, kind: str) -> list[str]:
        raise Silent


def test_while_the_dns_is_silent_a_letter_waits_and_then_is_judged_without_proof(post):
    post.arrive(OWN, mail_from="bounce@heyan.example")
    silent = Checks(SilentResolver())

    assert judge_due(silent, at=NOON) == []
    assert Letter.objects.get().state == "queued"
    assert judge_due(CHECKS, at=NOON) == []
    late = judge_due(silent, at=NOON + PATIENCE)

    assert [each.grade for each in late] == ["unauthenticated"]


def test_a_new_sender_that_the_lender_signed_for_is_proposed(post):
    raw = MAILER.sign(LENDER.sign(write("a@youdi-mailer.example", "you")))

    letter = post.judged(raw, mail_from="bounce@youdi-mailer.example")

    assert letter.grade == "authenticated_other"
    proposed = post.lender.expected_senders.get(state="proposed")
    assert (proposed.domain, proposed.related_to) == ("youdi-mailer.example", "heyan.example")


def test_a_stranger_is_never_proposed(post):
    post.judged(FOREIGN, mail_from="bounce@chengdai.example")

    assert not post.lender.expected_senders.filter(state="proposed").exists()
