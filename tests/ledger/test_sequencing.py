import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as current
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingdai.ledger import keys
from mingdai.ledger.guarding import signed_head
from mingdai.ledger.leasing import LEASE, take_lease
from mingdai.ledger.models import LedgerEntry, SequencerLease
from mingdai.ledger.proving import covered_size
from mingdai.ledger.sequencing import forget_writer
from mingdai.ledger.storing import log_folder, only_writer, state_folder
from tests.ledger.world import (
    NOON,
    TEARS,
    check_log,
    checkpoint,
    grow,
    publish_all,
    roll_back,
    run_round,
    submit,
    tear_unsigned,
)


def test_a_round_answers_how_many_entries_became_provable(story):
    run_round()
    submit(1030)

    assert [run_round(), run_round(), run_round()] == [1024, 6, 0]


def test_an_idle_round_is_one_query_and_writes_nothing(story):
    grow(3)
    before = {each: each.stat().st_mtime_ns for each in story.rglob("*")}

    with CaptureQueriesContext(connection) as queries:
        assert run_round() == 0

    assert len(queries) == 1
    assert {each: each.stat().st_mtime_ns for each in story.rglob("*")} == before


def test_while_another_process_writes_a_round_does_nothing(story):
    grow(1)
    submit(1)

    with only_writer(state_folder()):
        assert run_round() == 0

    assert run_round() == 1


def test_while_another_holds_the_lease_nothing_is_placed(story):
    grow(1)
    submit(1)
    SequencerLease.objects.all().delete()
    with transaction.atomic():
        take_lease(holder="other", at=NOON)

    assert run_round() == 0
    assert LedgerEntry.objects.filter(index__isnull=True).count() == 1
    assert run_round(NOON + LEASE) == 1


def test_a_round_inside_a_transaction_is_an_error_since_it_could_publish_what_rolls_back(story):
    grow(1)
    submit(1)

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        run_round()

    assert covered_size() == 1


def test_entries_placed_by_a_round_that_was_lost_are_published_first(story):
    grow(2)
    rows = submit(3)
    for index, row in enumerate(rows, 2):
        LedgerEntry.objects.filter(pk=row.pk).update(index=index)
    forget_writer()

    assert run_round() == 3
    assert check_log().entries == 5


def test_a_writer_that_was_overtaken_goes_on_from_what_the_other_signed(story):
    grow(2)
    kept = dict(sequencing_writers())
    sequencing_writers().clear()
    grow(3)
    forget_writer()
    sequencing_writers().update(kept)

    submit(1)

    assert run_round() == 1
    assert check_log().entries == 6


def sequencing_writers():
    return run_round.__globals__["sequence_and_publish"].__globals__["_WRITERS"]


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.sampled_from([1, 2, 3, 100, 255, 256, 257])),
        st.tuples(st.just("roll back"), st.integers(1, 3)),
        st.tuples(st.just("round"), st.just(0)),
        st.tuples(st.just("restart"), st.just(0)),
        st.tuples(st.just("crash"), st.sampled_from(["bundle", "tile", "checkpoint"])),
        st.tuples(st.just("power cut"), st.sampled_from(sorted(TEARS))),
    ),
    min_size=1,
    max_size=12,
)


def crash(where):
    """Make the next file at `where` impossible to write, run a round, make it possible again."""
    size = LedgerEntry.objects.count()
    number, width = divmod(size, 256)
    part = f"{number:03}.p/{width}" if width else f"{number - 1:03}"
    paths = {
        "bundle": f"log/tile/entries/{part}.new",
        "tile": f"log/tile/0/{part}.new",
        "checkpoint": "log/checkpoint.new",
    }
    obstacle = Path(current.MINGDAI_DATA) / paths[where]
    obstacle.mkdir(parents=True, exist_ok=True)
    try:
        run_round()
    except IsADirectoryError:
        forget_writer()
    finally:
        obstacle.rmdir()


def cut_power(how):
    """Tear what the last round may have left unflushed, and start again."""
    forget_writer()
    tear_unsigned(log_folder(), signed_head().size, how)
    run_round()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=ACTIONS)
def test_any_order_of_appends_rounds_and_crashes_leaves_a_log_that_verifies(
    actions, ledger, settings
):
    settings.MINGDAI_DATA = Path(tempfile.mkdtemp(dir=ledger))
    settings.MINGDAI_KEYS = settings.MINGDAI_DATA / "keys"
    LedgerEntry.objects.all().delete()
    run_round()
    appended, seen = 0, checkpoint()
    for action, detail in actions:
        match action:
            case "append":
                submit(detail)
                appended += detail
            case "roll back":
                roll_back(detail)
            case "round":
                run_round()
            case "restart":
                forget_writer()
            case "crash":
                crash(detail)
            case "power cut":
                cut_power(detail)
        report = check_log(previous=seen)
        assert report.flaw is None
        seen = checkpoint()
    publish_all()

    assert check_log(previous=seen).entries == appended == LedgerEntry.objects.count()
    assert keys.origin()
    forget_writer()
    shutil.rmtree(settings.MINGDAI_DATA)
