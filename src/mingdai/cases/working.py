"""Do the next thing that waits: look at a list's columns, or carry out an approved attribution."""

from __future__ import annotations

import logging
from datetime import datetime

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
    except MingdaiError as error:
        rows.update(state=FoundList.State.FAILED, failure=error.code[:60])
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
    except MingdaiError as error:
        logger.warning("attribution %s: %s", row.pk, error.code)
        queueing.fail(row, error.code, at=timezone.now())
