import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from mingdai.gate.decoying import NEVER, Placement, is_decoy, list_decoys, no_decoy, register
from mingdai.gate.disclosing import disclose_or_record
from mingdai.gate.models import Decoy, Disclosure
from mingdai.ledger.models import LedgerEntry
from mingdai.words import ActorId, Reason, Route
from mingdai_proofs.entries import ENTRY_BYTES, EntryKind, decode_entry
from tests.conftest import NOON
from tests.gate.world import give_grant, handover_of, make_bureau, make_lender, make_person

ASKER = ActorId("staff:1")
CONTACT = frozenset({"name", "mobile", "email", "address"})
AGREED = {"decoys_agreed_on": date(2026, 1, 1), "decoys_clause": "第9条"}


@dataclass(frozen=True)
class Wanted:
    route: Route = Route.DIRECT
    fields: frozenset = CONTACT


def placement(borrower_id, recipient="heyan-ml"):
    number = str(uuid.uuid4())
    return Placement(str(borrower_id), "partner", recipient, number, "staff:1", NOON.isoformat())


REFUSED = [
    ("no clause", {"decoys_agreed_on": None, "decoys_clause": ""}, Wanted(), "decoy.not_agreed"),
    ("a day without a clause", {"decoys_clause": ""}, Wanted(), "decoy.not_agreed"),
    ("a clause without a contract", {"contract_ref": ""}, Wanted(), "decoy.not_agreed"),
    (
        "tomorrow",
        {"decoys_agreed_on": (NOON + timedelta(days=1)).date()},
        Wanted(),
        "decoy.not_yet",
    ),
    ("a credit bureau", {"kind": "credit_bureau"}, Wanted(), "decoy.not_a_lender"),
    ("through a bureau", {}, Wanted(Route.VIA_CREDIT_AGENCY), "decoy.credit_route"),
    *[
        (f"with {each}", {}, Wanted(fields=CONTACT | {each}), "decoy.credit_query")
        for each in sorted(NEVER)
    ],
]


@pytest.mark.django_db
@pytest.mark.parametrize(("why", "changes", "wanted", "code"), REFUSED, ids=[r[0] for r in REFUSED])
def test_no_decoy_where_the_contract_or_the_way_does_not_allow_it(why, changes, wanted, code):
    partner = make_lender(**{**AGREED, **changes})

    assert no_decoy(partner, wanted, at=NOON).code == code


@pytest.mark.django_db
def test_a_decoy_is_allowed_from_the_day_of_the_clause():
    partner = make_lender(**{**AGREED, "decoys_agreed_on": NOON.date()})

    assert no_decoy(partner, Wanted(), at=NOON) is None


def test_no_partner_allows_decoys_by_default(lender):
    assert no_decoy(lender, Wanted(), at=NOON).code == "decoy.not_agreed"


def test_the_list_opens_to_what_was_put_on_it(borrower):
    mine = placement(borrower.pk)
    register(mine)

    assert list(list_decoys(asked_by=ASKER)) == [mine]
    assert is_decoy(borrower.pk)
    assert not is_decoy(uuid.uuid4())


def test_the_tables_alone_do_not_tell_which_borrowers_are_decoys(borrower):
    other = make_person(mobile="19900000077")
    register(placement(borrower.pk))
    register(placement(other.pk, "a-lender-with-a-long-id"))

    rows = list(Decoy.objects.values("tag", "sealed"))
    raw = b"".join(bytes(each["tag"]) + bytes(each["sealed"]) for each in rows)
    assert len({len(bytes(each["sealed"])) for each in rows}) == 1
    assert [p for p in (borrower, other) if p.pk.bytes in raw or str(p.pk).encode() in raw] == []


def disclosed(borrower, partner, *, decoy):
    fields = frozenset({"name", "mobile", "email", "address"})
    given = give_grant(borrower, partner, fields=fields)
    registered = dict.fromkeys(fields, "联系")
    return disclose_or_record(
        replace(handover_of(given, registered=registered), decoy=decoy), at=NOON
    )


def test_the_gate_itself_refuses_a_decoy_that_is_not_agreed_and_records_that(lender):
    person = make_person(CONTACT | {"id_number"}, mobile="19900000078")

    outcome = disclosed(person, lender, decoy=True)

    assert isinstance(outcome, Reason)
    assert outcome.code == "decoy.not_agreed"
    assert Disclosure.objects.count() == 0
    assert LedgerEntry.objects.latest("pk").kind == EntryKind.REFUSED


@pytest.mark.django_db
def test_in_the_log_a_decoy_looks_like_any_other_disclosure():
    partner = make_lender(**AGREED)
    make_bureau()
    rows = [
        disclosed(
            make_person(CONTACT | {"id_number"}, mobile=f"1990000007{number}"),
            partner,
            decoy=bool(number),
        )
        for number in (0, 1)
    ]

    real, decoy = (decode_entry(bytes(each.entry.data)) for each in rows)
    assert [len(bytes(each.entry.data)) for each in rows] == [ENTRY_BYTES] * 2
    shown = ("kind", "at_s", "recipient", "purpose", "basis", "route", "fields")
    assert [getattr(real, each) for each in shown] == [getattr(decoy, each) for each in shown]
    assert len(real.commitments) == len(decoy.commitments)
