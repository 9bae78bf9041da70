"""Calls of the fixtures, and calls put together by hand."""

from __future__ import annotations

from pathlib import Path

from mingdai.audit.protocols.auditing import audit_calls
from mingdai.audit.protocols.calls import Call
from mingdai.audit.protocols.reading import read_calls

FIXTURES = Path(__file__).with_name("fixtures")
MD5 = "97294d85f45d789660e271aae9fa09a7"
MOBILE = "19900000123"


def defects_of(name):
    """The defects of one fixture by code, the first of each code."""
    rows = audit_calls(read_calls(FIXTURES / f"{name}.json"))
    return {row.code: row for row in reversed(rows)}


def call(number=1, *, to="", sender="", response=None, **request):
    return Call(number, request, response, to=to, sender=sender)


def codes(rows):
    return [row.code for row in rows]
