"""来信: keep a message with its SMTP envelope as one blob, and list a borrower's letters.

A list shows the domain and the grade; subject and text are opened when a letter is read.  A
constant number of queries, whatever the number of letters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from mingdai.accounts.models import Borrower
from mingdai.errors import Invalid
from mingdai.trace.models import Letter, Sighting


def pack(envelope: Mapping[str, str], raw: bytes) -> bytes:
    """One line of JSON, then the message as it arrived."""
    return json.dumps(dict(envelope), ensure_ascii=True).encode() + b"\n" + raw


def unpack(data: bytes) -> tuple[dict[str, str], bytes]:
    """Envelope and message; raises Invalid `letter.form` for anything `pack` did not make."""
    line, _, raw = data.partition(b"\n")
    try:
        envelope = json.loads(line)
    except ValueError as error:
        raise Invalid(code="letter.form", reason="not a packed letter") from error
    return {str(key): str(value) for key, value in envelope.items()}, raw


def letters_of(borrower: Borrower) -> QuerySet[Letter]:
    """The borrower's letters, newest first, with what a list shows of them."""
    rows = Letter.objects.filter(borrower=borrower).exclude(state=Letter.State.QUEUED)
    return rows.select_related("alias", "alias__partner", "sighting").order_by("-received_at", "pk")


def letter_of(borrower: Borrower, letter_id: UUID) -> Letter | None:
    """One letter of this borrower, None for anybody else's."""
    return letters_of(borrower).filter(pk=letter_id).first()


def sightings_of(borrower: Borrower) -> QuerySet[Sighting]:
    """The borrower's sightings, newest first."""
    rows = Sighting.objects.filter(borrower=borrower)
    return rows.select_related("alias", "partner", "entry").order_by("-first_seen_at", "pk")
