import secrets
import uuid
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mingdai.gate.aliasing import (
    CONSONANTS,
    QUARANTINE,
    SYLLABLE_BITS,
    SYLLABLES,
    VOWELS,
    Holder,
    address,
    bind_number,
    disclosure_of,
    end_aliases,
    find_alias,
    find_number,
    mint,
    pronounceable,
    reserve,
)
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.marking import ALIAS_BITS
from mingdai.gate.models import Alias, Disclosure
from mingdai.gate.recalling import erase_borrower
from mingdai.words import RecipientKind
from tests.conftest import NOON
from tests.gate.world import NECESSARY, give_grant, handover_of, make_person

NUMBER = "17000000001"
CARRIER = "shili-carrier"


def reserved(borrower, lender, application_id) -> Alias:
    return reserve(
        borrower.pk,
        partner_id=lender.pk,
        application_id=application_id,
        at=NOON,
        rng=secrets.token_bytes,
    )


def test_one_application_at_one_lender_has_one_alias(borrower, lender):
    application_id = uuid.uuid4()

    first, again = (reserved(borrower, lender, application_id) for _ in range(2))

    assert address(first) == address(again)
    assert address(first).endswith("@alias.mingdai.example")


def test_another_application_has_another_alias(borrower, lender):
    one, two = (reserved(borrower, lender, uuid.uuid4()) for _ in range(2))

    assert one.local_part != two.local_part


def test_an_ended_alias_stays_on_record_and_in_quarantine(borrower, lender):
    alias = reserved(borrower, lender, uuid.uuid4())

    ended = end_aliases(borrower.pk, application_id=alias.application_id, at=NOON)

    assert ended == 1
    stored = Alias.objects.get()
    assert (stored.ended_at, stored.quarantined_until) == (NOON, NOON + QUARANTINE)
    assert find_alias(address(alias)) == alias


@given(st.binary(min_size=8, max_size=8))
def test_an_alias_reads_aloud_and_loses_no_bit(drawn):
    sounds = pronounceable(lambda _count: drawn).replace("-", "")

    pairs = [sounds[i : i + 2] for i in range(0, len(sounds), 2)]
    assert len(pairs) == SYLLABLES
    assert all(pair[0] in CONSONANTS and pair[1] in VOWELS for pair in pairs)
    number = 0
    for pair in reversed(pairs):
        number = number * 64 + CONSONANTS.index(pair[0]) * 4 + VOWELS.index(pair[1])
    assert number == int.from_bytes(drawn, "big") % (1 << SYLLABLES * SYLLABLE_BITS)


def test_an_alias_is_worth_the_bits_a_copy_claims():
    assert SYLLABLES * SYLLABLE_BITS >= ALIAS_BITS >= 60


def test_an_address_is_found_in_any_case_and_no_other_is(borrower, lender):
    alias = reserved(borrower, lender, uuid.uuid4())

    assert find_alias(f" {address(alias).upper()} ") == alias
    assert find_alias(alias.local_part) is None
    assert find_alias(f"{alias.local_part}@elsewhere.example") is None
    assert find_alias("") is None


def test_of_an_erased_borrower_no_alias_is_found(borrower, lender):
    alias = reserved(borrower, lender, uuid.uuid4())

    erase_borrower(borrower, at=NOON)

    assert find_alias(address(alias)) is None


def test_an_alias_names_the_disclosure_that_gave_it_out(lender):
    borrower = make_person(NECESSARY | {"email"})
    given_ = give_grant(borrower, lender, fields=NECESSARY | {"email"})
    row = disclose_to_partner(handover_of(given_), at=NOON)
    alias = Alias.objects.get()

    assert disclosure_of(alias) is None
    Disclosure.objects.filter(pk=row.pk).update(attempts=1)
    assert disclosure_of(alias) == row


def test_an_alias_the_borrower_left_out_was_given_to_nobody(lender):
    """It is minted for the consent sheet; the borrower may leave the e-mail out."""
    borrower = make_person(NECESSARY | {"email"})
    given_ = give_grant(borrower, lender, fields=NECESSARY)
    row = disclose_to_partner(handover_of(given_), at=NOON)
    Disclosure.objects.filter(pk=row.pk).update(attempts=1)
    alias = reserved(borrower, lender, row.application_id)

    assert disclosure_of(alias) is None


def test_a_copy_an_employee_read_on_a_ticket_is_found(lender):
    given_ = give_grant(make_person(NECESSARY | {"email"}), lender, fields=NECESSARY | {"email"})
    row = disclose_to_partner(handover_of(given_), at=NOON)
    reader = f"staff:{uuid.uuid4()}"
    Disclosure.objects.filter(pk=row.pk).update(
        recipient_kind="staff", recipient_id=reader, application_id=None, state="read"
    )
    holder = Holder(RecipientKind.STAFF, reader, None)

    alias = mint(
        row.borrower_id, holder, application_id=uuid.uuid4(), at=NOON, rng=secrets.token_bytes
    )

    assert disclosure_of(alias) == row


def test_an_employee_can_be_an_aliass_only_holder(borrower, lender):
    holder = Holder(RecipientKind.STAFF, f"staff:{uuid.uuid4()}", None)

    alias = mint(borrower.pk, holder, application_id=uuid.uuid4(), at=NOON, rng=secrets.token_bytes)

    assert (alias.recipient_id, alias.partner_id) == (holder.id, None)


def test_a_number_is_bound_to_one_and_quarantined_after(borrower, lender):
    holder = Holder(RecipientKind.PARTNER, lender.pk, lender.pk)

    def bind(at):
        return bind_number(
            borrower.pk,
            holder,
            number=NUMBER,
            carrier=CARRIER,
            application_id=uuid.uuid4(),
            at=at,
        )

    first = bind(NOON)
    assert bind(NOON) is None
    ended = NOON + timedelta(days=1)
    end_aliases(borrower.pk, application_id=first.application_id, at=ended)
    assert bind(ended + QUARANTINE - timedelta(seconds=1)) is None
    again = bind(ended + QUARANTINE)

    assert address(again) == NUMBER
    assert find_number(NUMBER, at=NOON) == first
    assert find_number(NUMBER, at=ended + QUARANTINE) == again
    assert find_number(NUMBER, at=NOON - timedelta(days=1)) is None
