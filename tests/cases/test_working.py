from __future__ import annotations

import duckdb
import pytest

from mingdai.cases import working
from mingdai.cases.models import Attribution
from mingdai.cases.queueing import claim
from mingdai.cases.working import carry_out, code_of
from mingdai.errors import Refused
from tests.cases.world import LATER, asked, hand_over, lenders, mobile, opened, people, received


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused(code="ticket.closed", reason="x"), "ticket.closed"),
        (duckdb.OutOfMemoryException("x"), "case.out_of_memory"),
        (MemoryError(), "case.out_of_memory"),
        (ValueError("19900000001"), "otherwise"),
    ],
)
def test_what_went_wrong_is_said_by_its_kind_alone(error, code, caplog):
    assert code_of(error, "otherwise") == code
    assert "19900000001" not in caplog.text


@pytest.mark.django_db
def test_a_job_that_breaks_fails_without_quoting_a_cell(caplog):
    one, _ = lenders()
    hand_over(people(2), one)
    wanted = asked(received(opened(), mobile(0)))
    row = claim(holder="here:1", at=LATER)
    Attribution.objects.update(mapping={"mobile": [7]})
    row.refresh_from_db()

    carry_out(row, at=LATER)

    wanted.refresh_from_db()
    assert (wanted.state, wanted.failure) == (Attribution.State.FAILED, "attribution.crashed")
    assert mobile(0) not in caplog.text
    assert wanted.ticket.closed_at is not None
    assert working.logger.name == "mingdai.tracer"
