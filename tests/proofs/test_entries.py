from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.entries import (
    BASIS_CODES,
    FIELD_CODES,
    PURPOSE_CODES,
    ROUTE_CODES,
    Entry,
    EntryKind,
    check_layout,
    decode_entry,
    encode_entry,
    entry_commitment,
)
from mingdai_proofs.flaws import Flawed
from tests.proofs.worlds import make_entries, make_entry

FILLER = bytes(range(64)) * 5
hashes = st.binary(min_size=32, max_size=32)


@st.composite
def entries(draw):
    fields = tuple(code for code in FIELD_CODES if draw(st.booleans()))
    return Entry(
        kind=draw(st.sampled_from(EntryKind)),
        at_s=draw(st.integers(0, 2**33)) * 60,
        entry_id=draw(st.binary(min_size=16, max_size=16)),
        recipient=draw(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=24)),
        purpose=draw(st.sampled_from(("", *PURPOSE_CODES))),
        basis=draw(st.sampled_from(("", *BASIS_CODES))),
        route=draw(st.sampled_from(("", *ROUTE_CODES))),
        fields=fields,
        subject_tag=draw(hashes),
        commitments=tuple(draw(hashes) for _ in fields),
        detail=draw(hashes),
        previous=draw(hashes),
    )


@given(entries())
def test_every_entry_has_512_bytes_and_is_read_back(entry):
    data = encode_entry(entry, FILLER)

    assert len(data) == 512
    assert decode_entry(data) == entry


def test_the_layout_is_the_documented_one():
    entry = make_entry(1, fields=("mobile",), commitments=(b"c" * 32,))

    data = encode_entry(entry, FILLER)

    assert data[:8] == b"mingdai\x01"
    assert tuple(data[8:12]) == (3, 1, 1, 2)
    assert data[12:14] == b"\x00\x02"
    assert data[14:16] == bytes(2)
    assert int.from_bytes(data[16:24], "big") == entry.at_s
    assert data[24:40] == entry.entry_id
    assert data[40:64] == b"yunting-cf".ljust(24, b"\x00")
    assert data[64:160] == entry.subject_tag + entry.detail + entry.previous
    assert data[160:192] == FILLER[:32]
    assert data[192:224] == b"c" * 32
    assert data[224:480] == FILLER[64:]
    assert data[480:] == bytes(32)


GOOD = make_entries(1)[0]


@pytest.mark.parametrize(
    ("at", "new", "code"),
    [
        (0, b"x", "entry.version"),
        (7, b"\x02", "entry.version"),
        (8, b"\x00", "entry.malformed"),
        (8, b"\x16", "entry.malformed"),
        (9, b"\x07", "entry.malformed"),
        (10, b"\x04", "entry.malformed"),
        (11, b"\x05", "entry.malformed"),
        (12, b"\x04", "entry.malformed"),
        (14, b"\x01", "entry.malformed"),
        (15, b"\x01", "entry.malformed"),
        (16, b"\x01", "entry.malformed"),
        (23, b"\x01", "entry.malformed"),
        (40, b"\x00", "entry.malformed"),
        (41, b" ", "entry.malformed"),
        (41, b"\x80", "entry.malformed"),
        (63, b"x", "entry.malformed"),
        (480, b"\x01", "entry.malformed"),
        (511, b"\x01", "entry.malformed"),
        (512, b"\x00", "entry.length"),
    ],
)
def test_an_entry_in_any_other_form_is_refused(at, new, code):
    data = GOOD[:at] + new + GOOD[at + 1 :]

    assert check_layout(GOOD) is None
    assert check_layout(data).code == code
    with pytest.raises(Flawed, match=code.replace(".", r"\.")):
        decode_entry(data)


@given(st.binary(max_size=600))
def test_arbitrary_bytes_raise_nothing_else(data):
    assert check_layout(data) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"at_s": 61},
        {"at_s": -60},
        {"at_s": 1 << 41},
        {"recipient": "x" * 25},
        {"recipient": "a b"},
        {"recipient": "a\x00"},
        {"recipient": "名"},
        {"entry_id": bytes(15)},
        {"subject_tag": bytes(31)},
        {"detail": bytes(33)},
        {"fields": ("mobile", "name")},
        {"fields": ("name", "name")},
        {"fields": ("name", "contacts")},
        {"fields": ("name",)},
        {"commitments": (bytes(32), bytes(31))},
        {"purpose": "marketing"},
        {"basis": "legitimate_interest"},
        {"route": "pigeon"},
    ],
)
def test_a_value_that_does_not_fit_is_not_written(changes):
    with pytest.raises(ValueError):  # noqa: PT011 - several, each with its own words
        encode_entry(replace(make_entry(1), **changes), FILLER)


def test_unused_slots_need_enough_random_bytes():
    with pytest.raises(ValueError, match="320"):
        encode_entry(make_entry(1), bytes(319))


def test_a_commitment_is_found_by_its_field():
    entry = make_entry(1)

    assert entry_commitment(entry, "mobile") == entry.commitments[1]
    with pytest.raises(Flawed, match=r"opening\.field"):
        entry_commitment(entry, "email")
