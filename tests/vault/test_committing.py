from __future__ import annotations

from dataclasses import fields, replace

import pytest

from mingdai.errors import Invalid, Refused
from mingdai.vault.committing import (
    commit_entry,
    commitments_for,
    detail_for,
    subject_tag_for,
    tags_match,
)
from mingdai.vault.keeping import ensure_subject_key
from mingdai.vault.models import SubjectKey
from mingdai.vault.wrapping import unlock
from mingdai_proofs.commitments import commit, detail_commitment
from mingdai_proofs.entries import Entry, EntryKind
from tests.conftest import NOON
from tests.vault.people import VALUES, make_borrower

ONE, TWO = bytes(16), bytes(15) + b"\x01"
SENT = {"mobile": VALUES["mobile"], "name": VALUES["name"]}
DETAIL = {"amount": "8000.00", "term": 12}


@pytest.fixture
def subject(borrower):
    ensure_subject_key(borrower, NOON)
    return borrower


def test_every_opening_opens_its_commitment_in_catalogue_order(subject):
    openings = commitments_for(subject.pk, ONE, SENT)

    assert [each.code for each in openings] == ["name", "mobile"]
    for each in openings:
        assert each.value == SENT[each.code]
        assert commit(each.key, each.code, each.value) == each.commitment
        assert (each.bare().code, each.bare().value, each.bare().key) == (
            each.code,
            each.value,
            each.key,
        )


def test_two_entries_of_one_borrower_share_nothing(subject):
    first, second = (
        commit_entry(subject.pk, each, values=SENT, detail=DETAIL) for each in (ONE, TWO)
    )

    assert first.subject_tag != second.subject_tag
    assert first.detail.commitment != second.detail.commitment
    pairs = zip(first.openings, second.openings, strict=True)
    assert all(one.key != two.key and one.commitment != two.commitment for one, two in pairs)


def test_one_unlocking_says_the_same_as_the_single_verbs(subject):
    made = commit_entry(subject.pk, ONE, values=SENT, detail=DETAIL)

    assert made.subject_tag == subject_tag_for(subject.pk, ONE)
    assert made.openings == commitments_for(subject.pk, ONE, SENT)
    assert made.detail == detail_for(subject.pk, ONE, DETAIL)
    assert detail_commitment(made.detail.key, DETAIL) == made.detail.commitment


def test_neither_values_nor_keys_are_in_what_is_printed(subject):
    made = commit_entry(subject.pk, ONE, values=SENT, detail=DETAIL)

    text = repr(made)

    assert VALUES["mobile"] not in text
    assert repr(made.openings[0].key) not in text
    assert repr(made.detail.key) not in text


def test_the_data_key_is_in_nothing_that_is_given_out(subject):
    key = unlock(subject.pk)
    made = commit_entry(subject.pk, ONE, values=SENT, detail=DETAIL)

    given = [made.subject_tag, made.detail.key, made.detail.commitment]
    given += [part for each in made.openings for part in (each.key, each.commitment)]
    assert key not in given
    assert {each.name for each in fields(made)} == {"subject_tag", "openings", "detail"}


def test_an_entry_is_the_borrower_s_by_its_tag_alone(subject):
    other = make_borrower("19900000002")
    ensure_subject_key(other, NOON)
    entry = Entry(
        kind=EntryKind.WITHDRAWN,
        at_s=0,
        entry_id=ONE,
        recipient="shili-xiaodai",
        purpose="credit_decision",
        basis="consent",
        route="direct",
        fields=(),
        subject_tag=subject_tag_for(subject.pk, ONE),
        commitments=(),
        detail=bytes(32),
        previous=bytes(32),
    )

    assert tags_match(subject.pk, entry)
    assert not tags_match(other.pk, entry)
    assert not tags_match(subject.pk, replace(entry, entry_id=TWO))


def test_a_value_without_a_field_is_refused(subject):
    with pytest.raises(Invalid, match=r"field\.unknown"):
        commitments_for(subject.pk, ONE, {"zodiac": "cat"})


def test_after_the_key_is_destroyed_no_tag_can_be_made(subject):
    SubjectKey.objects.update(wrapped=None)

    with pytest.raises(Refused, match=r"vault\.erased"):
        subject_tag_for(subject.pk, ONE)
