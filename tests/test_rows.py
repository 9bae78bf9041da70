"""Rows that went by hand are the rows the ORM writes and reads, on either database."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection

from mingdai.consent.models import Grant
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Disclosure, Envelope
from mingdai.ledger.models import LedgerEntry
from mingdai.partners.models import Partner, SealingKey
from mingdai.rows import columns, fetch, insert, restore
from tests.conftest import NOON
from tests.gate.world import give_grant, handover_of, make_bureau, make_lender, make_person


@pytest.fixture
def world(db, data_folder) -> Disclosure:
    lender = make_lender(licence_until=date(2027, 12, 31))
    given = give_grant(make_person(), lender, carrier=make_bureau())
    return disclose_to_partner(handover_of(given), at=NOON)


def plain(row) -> dict[str, object]:
    """Every column's value; bytes as bytes, whichever type a driver chose for them."""
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in values.items()
    }


@pytest.mark.parametrize("model", [Grant, Partner, SealingKey, Disclosure, Envelope, LedgerEntry])
def test_a_row_restored_is_the_row_the_orm_reads(world, model):
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"SELECT {columns(model, 'r')} FROM {table} r"  # noqa: S608 - our tables' names
    found = [restore(model, each) for each in fetch(statement, [])]

    assert {each.pk: plain(each) for each in found} == {
        each.pk: plain(each) for each in model.objects.all()
    }
    assert all(each._state.db == "default" and not each._state.adding for each in found)


def test_times_and_ids_are_spelt_as_stored(world):
    found = fetch(
        "SELECT id FROM gate_disclosure WHERE id = %s AND disclosed_at <= %s AND route = %s",
        [world.pk, NOON, "via_credit_agency"],
    )

    assert len(found) == 1


def test_a_row_inserted_is_the_row_save_would_have_written(world):
    entry = LedgerEntry(entry_id=bytes(16), kind=3, data=bytes(512), created_at=NOON)
    insert(entry)
    row = Disclosure.objects.get(pk=world.pk)
    row.pk, row.entry = uuid.uuid4(), entry
    insert(row)

    assert LedgerEntry.objects.get(pk=entry.pk).entry_id == bytes(16)
    assert plain(Disclosure.objects.get(pk=row.pk)) == plain(row)
    entry.index = 7
    entry.save()
    assert list(LedgerEntry.objects.filter(pk=entry.pk).values_list("index", flat=True)) == [7]


def test_no_model_asks_for_more_than_an_insert():
    """`insert` skips what `save` does besides: defaults of the database, parents, many-to-many."""
    for model in (LedgerEntry, Disclosure, Envelope):
        assert not model._meta.parents
        assert not model._meta.many_to_many
        assert not any(each.has_db_default() for each in model._meta.concrete_fields)
