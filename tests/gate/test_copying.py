from datetime import timedelta
from decimal import Decimal

import pytest

from mingdai.gate.copying import copy_for
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.marking import ALIAS_BITS, BLOCK_S
from mingdai.gate.marking_normals import normal
from mingdai.gate.marking_spellings import KINDS, SEND_BLOCK
from mingdai.gate.models import Envelope
from mingdai.partners.conforming import Trial, keep_trials
from mingdai_client.keying import opening_key
from mingdai_client.opening import SUITE
from mingdai_proofs.commitments import detail_commitment
from mingdai_proofs.encodings import decode_base64
from mingdai_proofs.entries import decode_entry
from mingdai_proofs.envelopes import Manifest, Payload, seal_info
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.openings import check_complete
from tests.conftest import NOON
from tests.gate.world import (
    NECESSARY,
    SEED,
    SYSTEM,
    give_grant,
    handover_of,
    make_lender,
    make_person,
)
from tests.vault.people import VALUES

FIELDS = NECESSARY | {"email", "address"}
ADDRESS = "云岭省明川市东湖区和平路12号3栋2单元401室"


@pytest.fixture
def person(db):
    return make_person(FIELDS, address=ADDRESS)


def take(partner, kinds=KINDS):
    keep_trials(partner, [Trial(each, True, "taken") for each in kinds], actor=SYSTEM, at=NOON)


def handed(person, partner):
    given = give_grant(person, partner, fields=FIELDS)
    row = disclose_to_partner(handover_of(given), at=NOON)
    envelope = Envelope.objects.get(pk=row.pk)
    info = seal_info(bytes(envelope.manifest), leaf_hash(bytes(row.entry.data)))
    payload = Payload.parse(SUITE.decrypt(bytes(envelope.sealed), opening_key(SEED), info=info))
    return row, payload, Manifest.parse(bytes(envelope.manifest))


def test_a_partner_never_tried_gets_the_values_as_given(person):
    row, payload, manifest = handed(person, make_lender())

    assert payload.fields["address"] == ADDRESS
    assert (row.places, row.mark_bits) == ([], ALIAS_BITS)
    assert (manifest.amount, row.next_attempt_at) == ("10000.00", NOON)


def test_the_entry_commits_to_the_copy_as_sent_and_the_row_counts_its_bits(person):
    partner = make_lender()
    take(partner)

    row, payload, _ = handed(person, partner)

    row.refresh_from_db()
    assert row.mark_bits == ALIAS_BITS + len(row.places)
    assert {each.partition(".")[0] for each in row.places} >= {"address", "amount", "send"}
    assert normal("address", payload.fields["address"]) == normal("address", ADDRESS)
    assert check_complete(decode_entry(bytes(row.entry.data)), payload.openings) is None


def test_lenders_of_one_borrower_get_different_copies(person):
    written = set()
    for number in range(6):
        partner = make_lender(f"lender-{number}")
        take(partner, [each for each in KINDS if each.startswith("address.")])
        written.add(handed(person, partner)[1].fields["address"])

    assert len(written) > 3


def test_the_manifest_says_the_same_amount_however_it_is_spelt(person):
    amounts = set()
    for number in range(12):
        partner = make_lender(f"lender-{number}")
        take(partner, ["amount.cents", "amount.comma"])
        amounts.add(handed(person, partner)[2].amount)

    assert len(amounts) > 1
    assert {Decimal(each.replace(",", "")) for each in amounts} == {Decimal(10000)}


def test_a_partner_that_lets_the_time_be_chosen_waits_two_blocks_at_most(person):
    partner = make_lender()
    take(partner, [SEND_BLOCK])

    row, _, _ = handed(person, partner)

    assert NOON < row.next_attempt_at <= NOON + timedelta(seconds=2 * BLOCK_S + 1)
    assert row.places == [f"{SEND_BLOCK}:0"]


def test_every_detail_holds_the_digest_of_its_secret_evidence(person):
    row, payload, _ = handed(person, make_lender())

    opened = payload.opening_of_detail
    key = decode_base64(opened["key"], "key")
    assert len(opened["detail"]["sealed"]) == 64
    assert detail_commitment(key, opened["detail"]) == decode_entry(bytes(row.entry.data)).detail


def test_the_copy_holds_every_value_and_no_amount(person):
    partner = make_lender()
    take(partner)
    given = give_grant(person, partner, fields=FIELDS)
    values = {code: {**VALUES, "address": ADDRESS}[code] for code in FIELDS}

    sending = copy_for(handover_of(given), partner, values, at=NOON)

    assert sending.copy.values.keys() == values.keys()
    assert sending.copy.values["mobile"] == values["mobile"]
