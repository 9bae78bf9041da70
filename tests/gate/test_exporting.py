import pytest

from mingdai.errors import Refused, Unavailable
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.exporting import openings_file, receipt_file
from mingdai.gate.models import Alias
from mingdai.gate.recalling import erase_borrower
from mingdai.vault.keeping import keep
from mingdai_proofs.openings import OpeningsFile, verify_openings
from mingdai_proofs.receipts import verify_receipt
from tests.conftest import NOON
from tests.gate.world import NECESSARY, SECOND, give_grant, handover_of, kinds, make_person, publish
from tests.vault.people import VALUES

LATER = NOON + SECOND


def openings(row, session: str = "s") -> OpeningsFile:
    return openings_file(row, session_key=session, at=LATER + SECOND)


def test_a_receipt_verifies_and_holds_no_value(given):
    row = disclose_to_partner(handover_of(given), at=LATER)
    publish()

    receipt = receipt_file(row.entry)

    assert verify_receipt(receipt) is None
    assert [c for c in NECESSARY if VALUES[c].encode() in receipt.encode()] == []


def test_before_a_checkpoint_there_is_no_receipt(given):
    row = disclose_to_partner(handover_of(given), at=LATER)

    with pytest.raises(Unavailable, match=r"receipt\.not_yet"):
        receipt_file(row.entry)


def test_the_openings_verify_and_making_them_is_an_own_view(given):
    row = disclose_to_partner(handover_of(given), at=LATER)
    publish()

    file = OpeningsFile.parse(openings(row).encode())

    assert verify_openings(file) is None
    assert {each.code: each.value for each in file.openings} == {c: VALUES[c] for c in NECESSARY}
    assert kinds() == ["GRANTED", "DISCLOSED", "OWN_VIEW"]


def test_the_openings_are_of_the_values_as_sent(lender):
    person = make_person(NECESSARY | {"email"}, mobile="19900000013")
    given = give_grant(person, lender, fields=NECESSARY | {"email"})
    row = disclose_to_partner(handover_of(given), at=LATER)
    publish()
    keep(person, "name", "示例李四", at=LATER + SECOND)

    shown = {each.code: each.value for each in openings(row).openings}

    assert shown["email"].startswith(Alias.objects.get().local_part)
    assert shown["name"] == VALUES["name"]
    assert verify_openings(openings(row)) is None


def test_after_erasure_nothing_opens_any_more(given, borrower):
    row = disclose_to_partner(handover_of(given), at=LATER)
    publish()
    erase_borrower(borrower, at=LATER)

    with pytest.raises(Refused, match=r"vault\.erased"):
        openings(row)
    assert verify_receipt(receipt_file(row.entry)) is None
