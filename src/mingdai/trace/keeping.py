"""Keep the answer of an Ibis expression as a temporary table of the working database.

Many lists ask the same questions of tables of the same names, so a question is put into SQL once.
"""

from __future__ import annotations

from functools import lru_cache

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend as Connection
from ibis.expr.operations import Node
from ibis.expr.types import Table

_ARRIVING = "arriving_rows"


def keep(con: Connection, name: str, answer: Table) -> Table:
    """Write `answer` once under `name`, in place of what had that name; it must not read itself."""
    query = _sql(answer.op())
    con.raw_sql(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {query}')
    return con.table(name)


def look(con: Connection, name: str, answer: Table) -> Table:
    """Give `answer` a name without computing it."""
    query = _sql(answer.op())
    con.raw_sql(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {query}')
    return con.table(name)


def keep_rows(con: Connection, name: str, rows: pa.Table) -> Table:
    """Write an Arrow table once under `name`."""
    con.con.register(_ARRIVING, rows)
    kept = keep(con, name, con.table(_ARRIVING))
    con.con.unregister(_ARRIVING)
    return kept


@lru_cache(maxsize=256)
def _sql(question: Node) -> str:
    """The question in DuckDB's SQL; it names tables, never what they hold."""
    return str(ibis.to_sql(question.to_expr(), dialect="duckdb", pretty=False))
