"""Digests of our own numbers and IDs: an unsalted digest in a list is no mask.

Each number is hashed as it is, with 86 and with +86 before it; IDs with X and with x.  MD5, SHA-1
and SHA-256 are made by the database, SM3 (GB/T 32905) by OpenSSL.
Not promised: a salted digest, or one of a name and a number together, matches nobody.
"""

from __future__ import annotations

import hashlib

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend as Connection
from ibis.expr.types import StringValue, Table

from mingdai.errors import Unavailable
from mingdai.trace.keeping import keep

KINDS = {32: ("md5",), 40: ("sha1",), 64: ("sha256", "sm3")}
"""What a digest of so many hexadecimal signs can be, the likeliest first."""

_CLICKHOUSE = "clickhouse"
_SAMPLE = 5_000
_EXPLAINED = 0.02


@ibis.udf.scalar.builtin(name="sha1")  # type: ignore[untyped-decorator]  # Ibis ships no types
def _sha1(text: str) -> str:  # type: ignore[empty-body]
    """SHA-1 in hexadecimal, as DuckDB and Spark have it."""


@ibis.udf.scalar.builtin(name="sm3")  # type: ignore[untyped-decorator]  # as above
def _sm3(text: str) -> str:  # type: ignore[empty-body]
    """SM3 in hexadecimal, as `_teach_sm3` teaches it to DuckDB."""


@ibis.udf.scalar.builtin(name="hex")  # type: ignore[untyped-decorator]  # as above
def _hex(raw: bytes) -> str:  # type: ignore[empty-body]
    """Hexadecimal, as ClickHouse has it."""


def hexadecimal(text: StringValue, kind: str, engine: str = "duckdb") -> StringValue:
    """The digest of `text`; engines differ in what their functions give."""
    if engine == _CLICKHOUSE:
        return _hex(text.hashbytes(kind)).lower()
    own = {"sha1": _sha1, "sm3": _sm3}
    return own[kind](text) if kind in own else text.hexdigest(kind)


def spellings(keys: Table) -> Table:
    """`borrower_id` and each `text` of it that may have been hashed."""
    numbers = keys.filter(keys["digits"].notnull()).select("borrower_id", text=keys["digits"])
    ids = keys.filter(keys["id_no"].notnull()).select("borrower_id", text=keys["id_no"])
    longer = (numbers.mutate(text=ibis.literal(start) + numbers["text"]) for start in ("86", "+86"))
    lower = ids.filter(ids["text"].endswith("X"))
    return ibis.union(numbers, *longer, ids, lower.mutate(text=lower["text"].lower())).distinct()


def digests_of(keys: Table, kind: str, engine: str = "duckdb") -> Table:
    """`borrower_id` and `digest` of all people."""
    every = spellings(keys)
    return every.select("borrower_id", digest=hexadecimal(every["text"], kind, engine))


def digests_for(
    con: Connection, keys: Table, listed: Table, made: dict[str, Table]
) -> tuple[Table | None, tuple[str, ...]]:
    """The digests that a list's lengths ask for, and notes; `made` keeps them for the next list.

    SM3 is made only where SHA-256 explains next to nothing: both have 64 signs.
    """
    parts, notes = [], []
    for length, kinds in KINDS.items():
        some = _of_length(listed, length)
        if not int(some.count().execute()):
            continue
        for kind in kinds:
            try:
                made[kind] = made[kind] if kind in made else _make(con, keys, kind)
            except Unavailable as missing:
                notes.append(missing.reason)
                continue
            parts.append(made[kind])
            if _explains(some, made[kind]):
                break
    return (ibis.union(*parts) if len(parts) > 1 else parts[0] if parts else None), tuple(notes)


def _of_length(listed: Table, length: int) -> Table:
    text = ibis.coalesce(listed["digest"], listed["id_digest"])
    return listed.select(digest=text).filter(text.length() == length)


def _explains(some: Table, table: Table) -> bool:
    probe = some.limit(_SAMPLE)
    hits = int(probe.semi_join(table, "digest").count().execute())
    return hits > _EXPLAINED * int(probe.count().execute())


def _make(con: Connection, keys: Table, kind: str) -> Table:
    if kind == "sm3":
        _teach_sm3(con)
    return keep(con, f"digests_{kind}", digests_of(keys, kind))


def _teach_sm3(con: Connection) -> None:
    """Let the database call OpenSSL."""
    if "sm3" not in hashlib.algorithms_available:
        raise Unavailable(
            code="list.sm3",
            reason="this machine's OpenSSL has no SM3: digests of 64 signs are read as SHA-256",
        )
    con.con.create_function("sm3", _hashed, ["VARCHAR"], "VARCHAR", type="arrow")


def _hashed(texts: pa.ChunkedArray) -> pa.Array:
    digests = [hashlib.new("sm3", text.encode()).hexdigest() for text in texts.to_pylist()]
    return pa.array(digests, pa.string())
