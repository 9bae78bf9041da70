import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingdai.accounts.models import Staff, Ticket
from mingdai.consent.models import Grant
from mingdai.consent.relaying import TEXT as RELAY_TEXT
from mingdai.consent.relaying import switch_off, switch_on
from mingdai.consent.withdrawing import withdraw
from mingdai.consent.wording import keep_wording
from mingdai.errors import Refused, Unavailable
from mingdai.gate.disclosing import (
    address_for_relay,
    disclose_to_partner,
    own_view,
    read_for_staff,
)
from mingdai.gate.models import Alias, Disclosure, Envelope
from mingdai.gate.sealing import manifest_public_key
from mingdai.ledger.guarding import close_ledger
from mingdai.ledger.models import LedgerEntry
from mingdai.partners.models import Partner, SealingKey
from mingdai.vault.keeping import keep
from mingdai.vault.models import SealedField
from mingdai.words import Purpose, Route
from mingdai_client.keying import opening_key
from mingdai_client.opening import SUITE
from mingdai_proofs.entries import decode_entry
from mingdai_proofs.envelopes import Manifest, Payload, seal_info, verify_manifest
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.openings import check_complete
from tests.conftest import NOON
from tests.gate.world import (
    NECESSARY,
    SECOND,
    SEED,
    give_grant,
    handover_of,
    kinds,
    make_bureau,
    make_lender,
    make_person,
)
from tests.vault.people import VALUES, id_number

LATER = NOON + SECOND


def unseal(row: Disclosure) -> Payload:
    envelope = Envelope.objects.get(pk=row.pk)
    info = seal_info(bytes(envelope.manifest), leaf_hash(bytes(row.entry.data)))
    return Payload.parse(SUITE.decrypt(bytes(envelope.sealed), opening_key(SEED), info=info))


def test_a_disclosure_is_one_entry_one_row_and_one_sealed_envelope(given):
    row = disclose_to_partner(handover_of(given), at=LATER)

    assert kinds() == ["GRANTED", "DISCLOSED"]
    stored = Disclosure.objects.get()
    assert (stored.pk, stored.state, stored.next_attempt_at) == (row.pk, "queued", LATER)
    assert (stored.partner_id, stored.grant_id) == ("heyan-ml", given.pk)
    assert set(stored.fields) == NECESSARY
    assert Envelope.objects.get().disclosure_id == row.pk


def test_the_recipient_opens_exactly_the_granted_fields_and_each_opens_its_commitment(given):
    row = disclose_to_partner(handover_of(given), at=LATER)

    payload = unseal(row)
    assert payload.fields == {code: VALUES[code] for code in payload.fields}
    assert set(payload.fields) == NECESSARY
    assert check_complete(decode_entry(bytes(row.entry.data)), payload.openings) is None


def test_with_another_leaf_the_envelope_does_not_open(given):
    row = disclose_to_partner(handover_of(given), at=LATER)
    row.entry.data = bytes(row.entry.data)[:-33] + b"\1" + bytes(32)

    with pytest.raises(InvalidTag):
        unseal(row)


def test_the_manifest_is_signed_and_says_what_was_agreed(given):
    row = disclose_to_partner(handover_of(given), at=LATER)

    envelope = Envelope.objects.get(pk=row.pk)
    manifest = Manifest.parse(bytes(envelope.manifest))
    assert (
        verify_manifest(
            bytes(envelope.manifest), bytes(envelope.manifest_signature), manifest_public_key()
        )
        is None
    )
    assert (manifest.recipient, manifest.grant_id) == ("heyan-ml", str(given.pk))
    assert set(manifest.fields) == NECESSARY


def test_the_envelope_says_no_value_in_clear(given):
    disclose_to_partner(handover_of(given), at=LATER)

    rows = [*Envelope.objects.values(), *Disclosure.objects.values(), *LedgerEntry.objects.values()]
    raw = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for row in rows
        for value in row.values()
    )
    assert [code for code in NECESSARY if VALUES[code].encode() in raw] == []


REFUSED_TURNS = [
    ("an invented grant", {"grant_id": uuid.uuid4()}, "consent.missing"),
    ("no grant", {"grant_id": None}, "consent.missing"),
    ("an over-asked field", {"fields": NECESSARY | {"address"}}, "consent.other_fields"),
    ("a field of no catalogue", {"fields": NECESSARY | {"contacts"}}, "fields.forbidden"),
    ("another borrower", {"borrower_id": "other"}, "consent.other_borrower"),
    ("another purpose", {"purpose": Purpose.ONWARD_TRANSFER}, "consent.other_purpose"),
    ("another recipient", {"partner_id": "other-ml"}, "consent.other_recipient"),
    ("a second hop", {"hops": 2}, "onward.no_grant"),
    ("another route", {"route": Route.LENDER_PAGE}, "consent.other_route"),
    ("a field not registered", {"registered": {"name": ""}}, "fields.not_registered"),
]


@pytest.mark.parametrize(
    ("turn", "changes", "code"), REFUSED_TURNS, ids=[t[0] for t in REFUSED_TURNS]
)
def test_a_wrong_turn_reads_nothing_and_is_recorded(given, turn, changes, code):
    make_lender("other-ml")
    if changes.get("borrower_id") == "other":
        changes = {
            "borrower_id": make_person(mobile="19900000002", id_number=id_number(order="003")).pk
        }

    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        disclose_to_partner(handover_of(given, **changes), at=LATER)

    assert kinds() == ["GRANTED", "REFUSED"]
    assert not Disclosure.objects.exists()
    assert not Envelope.objects.exists()


UNKNOWN = [
    ("a recipient", {"partner_id": "nobody"}),
    ("a recipient that no entry could name", {"partner_id": "示例" * 20}),
    ("a carrier", {"carrier_id": "nobody"}),
    ("neither, nor a borrower", {"partner_id": "nobody", "borrower_id": uuid.uuid4()}),
]


@pytest.mark.parametrize(("turn", "changes"), UNKNOWN, ids=[each[0] for each in UNKNOWN])
def test_whoever_is_unknown_gets_nothing_and_the_refusal_is_an_entry_that_names_nobody(
    given, caplog, turn, changes
):
    with pytest.raises(Refused, match=r"recipient\.unknown"):
        disclose_to_partner(handover_of(given, **changes), at=LATER)

    assert kinds() == ["GRANTED", "REFUSED"]
    entry = decode_entry(bytes(LedgerEntry.objects.latest("pk").data))
    assert (entry.recipient, set(entry.fields)) == ("", NECESSARY)
    assert not Disclosure.objects.exists()
    assert caplog.messages == ["refused recipient.unknown to nobody known"]


def test_a_disclosure_asks_three_times_and_writes_three_rows(given):
    disclose_to_partner(handover_of(give_grant(given.borrower, given.recipient)), at=LATER)

    with CaptureQueriesContext(connection) as asked:
        disclose_to_partner(handover_of(given), at=LATER)

    tables = [
        re.search(r"(?:FROM|INTO) \W?(\w+)", each["sql"])[1]
        for each in asked
        if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE)", each["sql"])
    ]
    assert tables == [
        "consent_grant",  # locked: a withdrawal waits, or is seen
        "partners_partner",  # who may receive, as of now, and the key to seal to
        "vault_sealedfield",  # the fields and the key that opens them
        "ledger_ledgerentry",
        "gate_disclosure",
        "gate_envelope",
    ]


def test_a_withdrawn_grant_discloses_nothing(given):
    withdraw(given, at=LATER)

    with pytest.raises(Refused, match=r"consent\.withdrawn"):
        disclose_to_partner(handover_of(given), at=LATER + SECOND)

    assert kinds() == ["GRANTED", "WITHDRAWN", "REFUSED"]
    assert not Envelope.objects.exists()


def test_a_withdrawal_a_moment_after_the_time_in_hand_still_counts(given):
    withdraw(given, at=LATER)

    with pytest.raises(Refused, match=r"consent\.withdrawn"):
        disclose_to_partner(handover_of(given), at=NOON)

    assert not Envelope.objects.exists()


def test_an_expired_grant_discloses_nothing(given):
    with pytest.raises(Refused, match=r"consent\.expired"):
        disclose_to_partner(handover_of(given), at=given.expires_at)

    assert not Envelope.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "suspended"}, "recipient.suspended"),
        ({"licence_until": date(2026, 11, 22)}, "recipient.unlicensed"),
        ({"licence": "none"}, "recipient.unlicensed"),
        ({"licence": "bank"}, "route.direct_to_bank"),
        ({"licence": "consumer_finance"}, "route.direct_to_bank"),
    ],
)
def test_a_lender_that_may_not_receive_gets_nothing(given, change, code):
    Partner.objects.filter(pk="heyan-ml").update(**change)

    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        disclose_to_partner(handover_of(given), at=LATER)

    assert kinds() == ["GRANTED", "REFUSED"]


def test_a_sensitive_field_not_agreed_to_on_its_own_is_refused(given):
    Grant.objects.filter(pk=given.pk).update(sensitive_agreed=["id_number"])

    with pytest.raises(Refused, match=r"consent\.sensitive_missing"):
        disclose_to_partner(handover_of(given), at=LATER)


@pytest.mark.parametrize(("birth", "refused"), [("20081123", False), ("20081124", True)])
def test_under_eighteen_on_the_day_in_china_nothing_is_handed_over(lender, birth, refused):
    young = make_person(mobile="19900000003", id_number=id_number(birth))
    given = give_grant(young, lender)

    if refused:
        with pytest.raises(Refused, match=r"borrower\.under_18"):
            disclose_to_partner(handover_of(given), at=LATER)
    else:
        disclose_to_partner(handover_of(given), at=LATER)

    assert Envelope.objects.exists() is not refused


def test_a_closed_ledger_lets_nothing_out_and_nothing_be_written(given):
    close_ledger(Refused(code="ledger.rolled_back", reason="an older backup"))

    with pytest.raises(Unavailable, match=r"ledger\.closed"):
        disclose_to_partner(handover_of(given), at=LATER)

    assert kinds() == ["GRANTED"]
    assert not Disclosure.objects.exists()
    assert not Envelope.objects.exists()


def test_without_a_sealing_key_nothing_is_read(given):
    SealingKey.objects.all().delete()

    with pytest.raises(Refused, match=r"recipient\.no_sealing_key"):
        disclose_to_partner(handover_of(given), at=LATER)

    assert kinds() == ["GRANTED", "REFUSED"]


def test_a_field_that_was_never_kept_is_refused_and_recorded(lender):
    person = make_person(NECESSARY - {"bank_card"}, mobile="19900000004")
    given = give_grant(person, lender)

    with pytest.raises(Refused, match=r"vault\.missing_field"):
        disclose_to_partner(handover_of(given), at=LATER)

    assert kinds() == ["GRANTED", "REFUSED"]


def test_the_bureau_carries_but_is_no_recipient(borrower, lender):
    given = give_grant(borrower, lender, carrier=make_bureau())

    row = disclose_to_partner(handover_of(given), at=LATER)

    assert (row.partner_id, row.carrier_id, row.route) == (
        "heyan-ml",
        "puyuan-cb",
        "via_credit_agency",
    )
    assert decode_entry(bytes(row.entry.data)).recipient == "heyan-ml"


def test_the_email_goes_out_as_this_recipients_alias_and_the_entry_commits_to_that(lender):
    person = make_person(NECESSARY | {"email"}, mobile="19900000005")
    given = give_grant(person, lender, fields=NECESSARY | {"email"})

    row = disclose_to_partner(handover_of(given), at=LATER)

    alias = Alias.objects.get()
    payload = unseal(row)
    assert payload.fields["email"] == f"{alias.local_part}@{alias.domain}"
    assert check_complete(decode_entry(bytes(row.entry.data)), payload.openings) is None
    assert row.mark_bits == 60.0


def test_without_an_email_the_copy_carries_no_bit(given):
    assert disclose_to_partner(handover_of(given), at=LATER).mark_bits == 0.0


def test_an_own_view_is_one_entry_for_each_login_and_field_set(borrower):
    def view(session: str, *codes: str) -> dict[str, str]:
        return own_view(borrower.pk, codes=codes, session_key=session, at=LATER)

    assert view("s1", "name") == {"name": VALUES["name"]}
    assert view("s1", "name") == {"name": VALUES["name"]}
    assert view("s1", "name", "mobile") == {c: VALUES[c] for c in ("name", "mobile")}
    assert view("s2", "name") == {"name": VALUES["name"]}

    assert kinds() == ["OWN_VIEW"] * 3
    assert {each.recipient_kind for each in Disclosure.objects.all()} == {"borrower"}


def test_an_own_view_can_ask_for_the_values_of_an_earlier_moment(borrower):
    keep(borrower, "name", "示例李四", at=LATER + SECOND)

    def view(as_of: datetime) -> dict[str, str]:
        at = LATER + 2 * SECOND
        return own_view(borrower.pk, codes=["name"], session_key="s", at=at, as_of=as_of)

    assert view(LATER)["name"] == VALUES["name"]
    assert view(LATER + SECOND)["name"] == "示例李四"


def test_an_own_view_repeated_after_the_field_is_gone_is_refused_and_recorded(borrower):
    def view() -> dict[str, str]:
        return own_view(borrower.pk, codes=["name"], session_key="s", at=LATER)

    view()
    SealedField.objects.filter(borrower=borrower, code="name").update(sealed=None)

    with pytest.raises(Refused, match=r"vault\.missing_field"):
        view()
    assert kinds() == ["OWN_VIEW", "REFUSED"]


@pytest.fixture
def reader(db) -> Staff:
    return Staff.objects.create(login="reader", role="compliance", created_at=NOON)


def make_ticket(borrower, reader, **changes) -> Ticket:
    columns = {
        "subject_kind": "case",
        "subject_id": uuid.uuid4(),
        "borrower": borrower,
        "assignee": reader,
        "purpose": "case_handling",
        "fields": ["mobile"],
        "reason": "示例投诉",
        "opened_by": "system",
        "opened_at": NOON,
        "closes_at": NOON + timedelta(days=1),
    }
    return Ticket.objects.create(**{**columns, **changes})


def test_an_employee_reads_one_field_on_an_assigned_ticket_and_it_is_recorded(borrower, reader):
    ticket = make_ticket(borrower, reader)

    value = read_for_staff(ticket, staff_id=reader.pk, code="mobile", at=LATER)

    assert value == VALUES["mobile"]
    assert kinds() == ["STAFF_READ"]
    row = Disclosure.objects.get()
    assert (row.recipient_kind, row.ticket_id) == ("staff", ticket.pk)
    assert decode_entry(bytes(row.entry.data)).recipient == "staff"


@pytest.mark.parametrize(
    ("changes", "code", "refusal"),
    [
        ({}, "name", "ticket.other_fields"),
        ({"assignee": None}, "mobile", "ticket.other_assignee"),
        ({"closed_at": NOON}, "mobile", "ticket.closed"),
        ({"closes_at": LATER}, "mobile", "ticket.closed"),
    ],
)
def test_an_employee_without_a_fitting_ticket_reads_nothing(
    borrower, reader, changes, code, refusal
):
    ticket = make_ticket(borrower, reader, **changes)

    with pytest.raises(Refused, match=refusal.replace(".", r"\.")):
        read_for_staff(ticket, staff_id=reader.pk, code=code, at=LATER)

    assert kinds() == ["REFUSED"]
    assert not Disclosure.objects.exists()


def test_without_a_ticket_an_employee_reads_nothing(borrower, reader):
    with pytest.raises(Refused, match=r"ticket\.missing"):
        read_for_staff(None, staff_id=reader.pk, code="mobile", at=LATER)

    assert kinds() == ["REFUSED"]


def switched_on(borrower):
    wording = keep_wording(RELAY_TEXT["zh-hans"], kind="relay", locale="zh-hans", at=NOON)
    return switch_on(borrower, wording=wording, at=NOON)


def test_each_letter_passed_on_reads_the_address_once_and_is_one_entry(lender):
    borrower = make_person(NECESSARY | {"email"})
    setting = switched_on(borrower)

    read = [address_for_relay(setting, letter_key=key, at=LATER) for key in ("a", "a", "b")]

    assert set(read) == {VALUES["email"]}
    assert kinds() == ["GRANTED", "DISCLOSED", "DISCLOSED"]
    row = Disclosure.objects.first()
    assert (row.recipient_kind, row.purpose, row.fields) == ("borrower", "relay", ["email"])
    assert decode_entry(bytes(row.entry.data)).recipient == "borrower"


def test_a_relay_that_was_switched_off_reads_no_address(lender):
    borrower = make_person(NECESSARY | {"email"})
    setting = switched_on(borrower)
    address_for_relay(setting, letter_key="a", at=NOON)
    switch_off(borrower, at=LATER)

    for key in ("a", "b"):
        with pytest.raises(Refused, match=r"consent\.withdrawn"):
            address_for_relay(setting, letter_key=key, at=LATER)

    assert kinds()[-2:] == ["REFUSED", "REFUSED"]


@pytest.mark.django_db(transaction=True)
def test_two_equal_own_views_at_once_are_one_entry_and_neither_fails(borrower):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time; the in-memory database refuses a second")
    together = Barrier(4)

    def read(session: str) -> dict[str, str]:
        try:
            together.wait(10)
            return own_view(borrower.pk, codes=["name"], session_key=session, at=LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for session in ("s1", "s2", "s3", "s4", "s5"):
            seen = list(pool.map(read, [session] * 4))

            assert seen == [{"name": VALUES["name"]}] * 4

    assert kinds().count("OWN_VIEW") == 5
