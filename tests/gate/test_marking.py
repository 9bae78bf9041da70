import hmac
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mingdai.gate.marking import (
    ALIAS_BITS,
    BLOCK_S,
    Marker,
    mark,
    places_of,
    read,
    read_time,
    send_time,
)
from mingdai.gate.marking_normals import normal
from mingdai.gate.marking_spellings import KINDS, SEND_BLOCK
from tests.gate.made_up import VALUES as SPELT
from tests.gate.made_up import anything

VALUES = st.dictionaries(st.sampled_from(["name", "mobile", "address"]), st.text(max_size=9))
RECORDS = st.fixed_dictionaries(SPELT)
RECIPIENTS = st.text(alphabet="abc-", min_size=1, max_size=8)
ADDRESS = "云岭省明川市东湖区幸福路12号(示例花园)3栋2单元401室"


def draw(message: bytes) -> bytes:
    return hmac.digest(b"k" * 32, message, "sha256")


def marker(recipient: str = "heyan-ml", kinds: frozenset[str] = frozenset(KINDS)) -> Marker:
    return Marker("record", recipient, kinds, draw)


@given(VALUES)
def test_without_an_email_the_copy_is_the_values_and_carries_no_bit(values):
    copy = mark(values, alias="x@alias.example")

    assert (copy.values, copy.bits, copy.places) == (values, 0.0, ())


@given(VALUES)
def test_only_the_email_changes_and_the_bits_are_those_of_the_alias(values):
    copy = mark({**values, "email": "real@mail.example"}, alias="x@alias.example")

    assert copy.values == {**values, "email": "x@alias.example"}
    assert copy.bits == ALIAS_BITS


def test_without_an_alias_the_email_goes_out_unmarked():
    copy = mark({"email": "real@mail.example"}, alias="")

    assert (copy.values["email"], copy.bits) == ("real@mail.example", 0.0)


@given(RECORDS, RECIPIENTS)
def test_every_copy_means_what_the_original_means(record, recipient):
    copy = mark(record, alias="", marker=marker(recipient))

    for code, value in record.items():
        assert normal(code, copy.values[code]) == normal(code, value)


@given(anything, RECIPIENTS)
def test_no_copy_changes_a_number_whatever_was_typed(drawn, recipient):
    code, value = drawn
    sent = mark({code: value}, alias="", marker=marker(recipient)).values[code]

    assert normal(code, sent) == normal(code, value)
    if code != "amount":
        assert digits(code, sent) == digits(code, value)
    elif re.fullmatch(r"[0-9]+\.[0-9]{2}", value):
        assert Decimal(sent.replace(",", "")) == Decimal(value)


def digits(code: str, text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text)
    return re.findall(r"[0-9]+", plain.replace(",", "") if code == "monthly_income" else plain)


@given(RECORDS, RECIPIENTS)
def test_every_marked_place_reads_back_the_recipients_bit(record, recipient):
    mine = marker(recipient)
    copy = mark(record, alias="", marker=mine)

    seen = {}
    for code, value in copy.values.items():
        seen |= {p: (b, mine.bit(p, normal(code, value))) for p, b in read(code, value).items()}
    assert [seen[place][0] for place in copy.places] == [seen[place][1] for place in copy.places]
    assert copy.bits == len(copy.places)


@given(RECORDS, RECIPIENTS)
def test_a_recipient_that_takes_no_kind_gets_the_values_as_given(record, recipient):
    copy = mark(record, alias="", marker=marker(recipient, frozenset()))

    assert (copy.values, copy.bits) == (record, 0.0)


@given(RECORDS, st.sampled_from(KINDS))
def test_a_kind_that_is_off_leaves_its_places_as_given(record, kind):
    copy = mark(record, alias="", marker=marker(kinds=frozenset(KINDS) - {kind}))

    assert not any(place.startswith(f"{kind}:") for place in copy.places)


def test_numbers_of_identity_are_never_written_another_way():
    values = {"mobile": "19900001234", "id_number": "999999199001010016", "bank_card": "62" * 8}

    assert mark(values, alias="", marker=marker()).values == values


def test_recipients_get_different_copies_and_one_recipient_always_the_same():
    copies = [
        mark({"address": ADDRESS}, alias="", marker=marker(f"p{each}")).values["address"]
        for each in range(40)
    ]
    again = mark({"address": ADDRESS}, alias="", marker=marker("p7")).values["address"]

    assert len(set(copies)) > 20
    assert copies[7] == again


def test_an_address_carries_many_places_and_a_name_of_three_characters_none():
    assert len(places_of("address", ADDRESS, KINDS)) == 10
    assert places_of("name", "李小华", KINDS) == []


@given(st.integers(0, 10**9), RECIPIENTS)
def test_a_sending_time_shows_its_bit_and_waits_at_most_two_blocks(second, recipient):
    at = datetime.fromtimestamp(1_700_000_000 + second, tz=UTC)
    mine = marker(recipient)

    when, places = send_time(at, mine)

    assert places == (f"{SEND_BLOCK}:0",)
    assert at < when <= at + timedelta(seconds=2 * BLOCK_S + 1)
    assert read_time(when) == mine.bit(places[0], "")
    assert read_time(when + timedelta(hours=8)) == read_time(when)


def test_without_the_kind_nothing_waits():
    at = datetime(2026, 3, 1, tzinfo=UTC)

    assert send_time(at, marker(kinds=frozenset())) == (at, ())
