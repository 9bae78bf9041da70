"""Do the next thing that waits: look at a list's columns, or carry out an approved attribution.

Whatever goes wrong inside is said by its kind alone: an engine's own message may quote a cell.
"""

from __future__ import annotations

import logging
from datetime import datetime

import duckdb
from django.utils import timezone

from mingdai.cases import queueing
from mingdai.cases.attributing import begin, judge
from mingdai.cases.finishing import finish
from mingdai.cases.models import Attribution, FoundList
from mingdai.cases.understanding import look_at
from mingdai.errors import MingdaiError

logger = logging.getLogger("mingdai.tracer")


def look_at_list(row: FoundList) -> None:
    """Keep what its columns look like, or why it cannot be read."""
    rows = FoundList.objects.filter(pk=row.pk, state=FoundList.State.RECEIVED)
    try:
        understood = look_at(row)
    except Exception as error:
        rows.update(state=FoundList.State.FAILED, failure=code_of(error, "list.unreadable"))
        return
    rows.update(state=FoundList.State.READ, understood=understood)


def carry_out(row: Attribution, *, at: datetime) -> None:
    """The whole job of a claimed attribution; a refusal ends it with its code."""
    try:
        queueing.say(row, "recording")
        read = begin(row, at=at)
        judge(
            row,
            read,
            lambda step: queueing.say(row, step),
            lambda judged: finish(row, read, judged, at=timezone.now()),
        )
    except Exception as error:
        queueing.fail(row, code_of(error, "attribution.crashed"), at=timezone.now())


def code_of(error: Exception, otherwise: str) -> str:
    """The stable code of what went wrong, logged by its kind and never in its own words."""
    code = otherwise
    if isinstance(error, MingdaiError):
        code = error.code
    elif isinstance(error, duckdb.OutOfMemoryException | MemoryError):
        code = "case.out_of_memory"
    logger.error("%s (%s)", code, type(error).__name__)
    return code[:60]
