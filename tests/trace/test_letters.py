from __future__ import annotations

import uuid

import pytest

from mingdai.errors import Invalid
from mingdai.trace.letters import letter_of, letters_of, pack, sightings_of, unpack
from tests.mail.post import LENDER, STRANGER, write
from tests.mail.world import make_post
from tests.vault.people import make_borrower


@pytest.fixture
def post(db, data_folder):
    return make_post()


def test_a_packed_letter_comes_back():
    raw = bytes(range(256)) * 2

    assert unpack(pack({"ip": "127.0.0.1", "helo": "名"}, raw)) == (
        {"ip": "127.0.0.1", "helo": "名"},
        raw,
    )


def test_what_was_not_packed_is_refused():
    with pytest.raises(Invalid, match=r"letter\.form"):
        unpack(b"From: a")


def test_a_borrower_sees_the_own_letters_and_nobody_elses(post, django_assert_num_queries):
    for number in range(3):
        raw = LENDER.sign(write("a@heyan.example", "you", text=str(number)))
        letter = post.judged(raw, mail_from="a@heyan.example")
    post.arrive(b"From: x@y.example\r\n\r\nnot judged yet", mail_from="x@y.example")
    other = make_borrower("19900000077")

    with django_assert_num_queries(1):
        shown = [(each.alias.partner.pk, each.sighting) for each in letters_of(post.borrower)]

    assert shown == [("heyan-ml", None)] * 3
    assert letter_of(post.borrower, letter.pk) == letter
    assert letter_of(other, letter.pk) is None
    assert letter_of(post.borrower, uuid.uuid4()) is None


def test_sightings_are_listed_newest_first(post):
    raw = STRANGER.sign(write("a@chengdai.example", "you"))
    letter = post.judged(raw, mail_from="a@chengdai.example")

    assert list(sightings_of(post.borrower)) == [letter.sighting]
