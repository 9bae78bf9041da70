import uuid

import pytest
from django.db import transaction

from mingdai.consent.recording import Act, compose, record
from mingdai.errors import Refused
from mingdai.vault.committing import tags_match
from mingdai_proofs.commitments import detail_commitment
from mingdai_proofs.entries import EntryKind, decode_entry
from mingdai_proofs.openings import check_complete
from tests.conftest import NOON
from tests.vault.people import VALUES


def act_of(borrower_id, **changes) -> Act:
    columns = {
        "kind": EntryKind.DISCLOSED,
        "borrower_id": borrower_id,
        "recipient": "heyan-ml",
        "purpose": "credit_decision",
        "basis": "consent",
        "route": "direct",
        "fields": ("name", "mobile"),
        "detail": {"grant": "g"},
    }
    return Act(**{**columns, **changes})


def test_an_entry_commits_to_the_values_and_the_detail(borrower):
    values = {code: VALUES[code] for code in ("name", "mobile")}

    composed = compose(act_of(borrower.pk), values=values, at=NOON)

    entry = decode_entry(composed.data)
    assert check_complete(entry, [each.bare() for each in composed.openings]) is None
    assert detail_commitment(composed.detail_key, composed.detail) == entry.detail
    assert tags_match(borrower.pk, entry)
    assert entry.at_s % 60 == 0


def test_without_values_the_fields_are_named_and_nothing_is_committed_to(borrower):
    composed = compose(act_of(borrower.pk), values={}, at=NOON)

    entry = decode_entry(composed.data)
    assert (entry.fields, composed.openings) == (("name", "mobile"), ())
    assert len(set(entry.commitments)) == 2


def test_of_nobody_an_entry_can_be_written_but_no_value_committed_to(db):
    nobody = act_of(uuid.uuid4())

    with transaction.atomic():
        assert record(nobody, at=NOON).kind == EntryKind.DISCLOSED
    with pytest.raises(Refused, match=r"vault\.no_subject"):
        compose(nobody, values={"name": "示例", "mobile": "x"}, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_recorded():
    with pytest.raises(Refused, match=r"ledger\.no_transaction"):
        record(act_of(uuid.uuid4()), at=NOON)
