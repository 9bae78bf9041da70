"""Rows in and out by statements composed once, for what every disclosure does.

Django composes its SQL anew at each call, and that costs more than the database's answer.  Here a
model's statement is composed at its first use and kept.  Values pass through the fields' own
conversions, so a row is the same whichever way it went (docs/decisions/0062).
Not promised: anything `save` does beyond the insert; no model here has signals or defaults of the
database, and a read that is not on the hot path belongs to the ORM.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import Col

Converter = Callable[[Any, Any, Any], Any]
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class _Insert:
    """One model's statement; `makes_key` where the database gives the primary key."""

    statement: str
    fields: tuple[Field[Any, Any], ...]
    makes_key: bool


def insert(row: Model) -> None:
    """Write a new row, as `row.save(force_insert=True)` does."""
    how = _insert_of(type(row), connection.vendor)
    values = [each.get_db_prep_save(each.pre_save(row, True), connection) for each in how.fields]
    with connection.cursor() as cursor:
        cursor.execute(how.statement, values)
        if how.makes_key:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def fetch(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """What a hand-written SELECT answers; times and UUIDs among `values` are spelt as stored."""
    with connection.cursor() as cursor:
        cursor.execute(statement, cast("Any", [_as_stored(each) for each in values]))
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


@lru_cache(maxsize=64)
def columns(model: type[Model], alias: str) -> str:
    """The model's columns for a SELECT that calls its table `alias`, in the order of `restore`."""
    names = (_quoted(each) for each in model._meta.concrete_fields)
    return ", ".join(f"{alias}.{each}" for each in names)


def restore(model: type[M], values: Sequence[object]) -> M:
    """The row that these columns are, as the ORM would have read it."""
    names, converters = _restore_of(model, connection.vendor)
    found = list(values)
    for place, expression, convert in converters:
        found[place] = convert(found[place], expression, connection)
    return model.from_db(connection.alias, names, found)


@lru_cache(maxsize=64)
def _insert_of(model: type[Model], vendor: str) -> _Insert:
    """Composed for one kind of database, since names and placeholders are its own."""
    key = model._meta.pk
    makes_key = bool(key.db_returning)
    fields = tuple(f for f in model._meta.concrete_fields if not (makes_key and f is key))
    names, places = ", ".join(map(_quoted, fields)), ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - our tables' names
    if makes_key:
        statement += f" RETURNING {_quoted(key)}"
    return _Insert(statement, fields, makes_key)


@lru_cache(maxsize=64)
def _restore_of(
    model: type[Model], vendor: str
) -> tuple[list[str], list[tuple[int, Col, Converter]]]:
    """The fields' names, and for each place that needs one its conversion, the database's first."""
    fields = model._meta.concrete_fields
    converters = []
    for place, each in enumerate(fields):
        column = each.get_col(model._meta.db_table)
        found = [*connection.ops.get_db_converters(column), *each.get_db_converters(connection)]
        converters += [(place, column, convert) for convert in found]
    return [each.attname for each in fields], converters


def _quoted(field: Field[Any, Any]) -> str:
    return connection.ops.quote_name(str(field.column))


def _as_stored(value: object) -> object:
    match value:
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case UUID():
            return value if connection.features.has_native_uuid_field else value.hex
        case _:
            return value
