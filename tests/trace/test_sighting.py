from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from mingdai.gate.aliasing import Holder, bind_number, disclosure_of
from mingdai.gate.models import Disclosure
from mingdai.trace.answering import one_sighting
from mingdai.trace.expecting import expected_callers
from mingdai.trace.grading import Bearing, grade
from mingdai.trace.models import Grade, Letter, Sighting
from mingdai.trace.parsing import Head
from mingdai.trace.sighting import (
    EVIDENCE_DAYS,
    HEAD_DAYS,
    LETTER_DAYS,
    Finding,
    Seen,
    bearing_of,
    settle,
    sight,
)
from mingdai.vault.committing import detail_for
from mingdai.vault.expiring import expire
from mingdai.vault.keeping import mobile_index
from mingdai.words import RecipientKind
from mingdai_proofs.entries import decode_entry
from tests.conftest import NOON
from tests.mail.post import STRANGER, write
from tests.mail.world import make_post


@pytest.fixture
def post(db, data_folder):
    return make_post()


def found(domain: str, authenticated: str) -> Finding:
    return Finding(Head(domain=domain), authenticated, (), {"dmarc": "pass"})


def queued(post, text: str = "x") -> Letter:
    post.arrive(write("a@chengdai.example", "you", text=text), mail_from="a@chengdai.example")
    return Letter.objects.get(state="queued")


def test_raw_bytes_of_evidence_stay_longer_than_an_ordinary_letter(post):
    kept = {}
    for domain in ("heyan.example", "chengdai.example"):
        letter = settle(queued(post, domain).pk, found(domain, domain), at=NOON)
        letter.raw.refresh_from_db()
        kept[letter.grade] = letter.raw.expires_at - NOON
        assert letter.head.expires_at == NOON + timedelta(days=HEAD_DAYS)

    assert kept == {
        "expected": timedelta(days=LETTER_DAYS),
        "authenticated_other": timedelta(days=EVIDENCE_DAYS),
    }


def test_evidence_is_swept_at_its_end_and_the_sighting_stays(post):
    settle(queued(post).pk, found("chengdai.example", "chengdai.example"), at=NOON)

    assert expire(at=NOON + timedelta(days=EVIDENCE_DAYS)).blobs == 1
    assert Letter.objects.get().raw.sealed is None
    assert Sighting.objects.count() == 1


def test_the_entry_commits_to_grade_message_and_the_disclosure_that_gave_the_alias(post):
    letter = settle(queued(post).pk, found("chengdai.example", "chengdai.example"), at=NOON)

    entry = decode_entry(bytes(letter.sighting.entry.data))
    given = bytes(Disclosure.objects.get().entry.entry_id).hex()
    detail = {
        "grade": "authenticated_other",
        "channel": "email",
        "message": bytes(letter.digest).hex(),
        "sender_domain": "chengdai.example",
        "authenticated_as": "chengdai.example",
        "given_in": given,
    }
    assert detail_for(post.borrower.pk, entry.entry_id, detail).commitment == entry.detail


def test_an_unknown_letter_is_settled_by_nobody(post):
    assert settle(uuid.uuid4(), found("", ""), at=NOON) is None


def test_the_bearing_of_an_alias_changes_with_its_end(post):
    alias = post.alias
    alias.ended_at = NOON

    assert bearing_of(alias, at=NOON - timedelta(seconds=1)).bound
    assert not bearing_of(alias, at=NOON).bound
    assert bearing_of(alias, at=NOON).expected == {"heyan.example"}


def test_two_runs_that_settle_one_letter_write_one_sighting(transactional_db, data_folder):
    if connection.vendor == "sqlite":
        pytest.skip("a writing transaction is alone on SQLite")
    post = make_post()
    raw = STRANGER.sign(write("a@chengdai.example", "you"))
    post.arrive(raw, mail_from="a@chengdai.example")
    letter = Letter.objects.get()
    finding = found("chengdai.example", "chengdai.example")
    threads = [threading.Thread(target=_settle_alone, args=(letter.pk, finding)) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert Sighting.objects.get().count == 1


def _settle_alone(letter_id, finding) -> None:
    try:
        settle(letter_id, finding, at=NOON)
    finally:
        connection.close()


def test_a_call_at_a_virtual_number_is_a_sighting_like_a_letter(post):
    """AXB: the carrier bound the number to this borrower and lender; somebody else called it."""
    holder = Holder(RecipientKind.PARTNER, post.lender.pk, post.lender.pk)
    alias = bind_number(
        post.borrower.pk,
        holder,
        number="17000000001",
        carrier="carrier.example",
        application_id=post.alias.application_id,
        at=NOON,
    )
    post.lender.expected_senders.create(
        channel="phone", domain="4000000100", state="registered", proposed_at=NOON
    )
    bearing = Bearing(decoy=False, bound=True, expected=expected_callers(post.lender.pk))
    stranger = mobile_index("19900000077")

    calls = [
        Seen(Grade.OTHER, NOON + timedelta(minutes=each), bytes(32), caller=caller)
        for each, caller in enumerate((stranger, stranger, mobile_index("19900000078")))
    ]
    rows = [sight(alias, each, at=NOON) for each in calls]

    assert grade("4000000100", bearing) == Grade.EXPECTED
    assert grade("19900000077", bearing) == Grade.OTHER
    assert (rows[0].pk, rows[0].channel) == (rows[1].pk, "phone")
    assert sorted(Sighting.objects.values_list("count", flat=True)) == [1, 2]
    assert decode_entry(bytes(rows[0].entry.data)).fields == ("mobile",)
    assert disclosure_of(alias) == post.disclosure
    told = one_sighting(rows[0].pk, partner_id=post.lender.pk, at=NOON)
    assert (told.given_id, told.verdict) == (post.disclosure.pk, None)
