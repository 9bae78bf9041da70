from datetime import UTC, datetime

from mingdai.ledger import keys
from mingdai.ledger.reading import health
from tests.ledger.world import NOON, grow, submit


def test_health_before_the_first_start_makes_nothing(ledger):
    found = health()

    assert (found.size, found.signed_size, found.pending, found.published_at) == (0, 0, 0, None)
    assert not (ledger / "log").exists()


def test_health_names_size_key_time_and_what_waits(story):
    grow(5)
    submit(2)

    found = health()

    assert (found.origin, found.vkey) == (keys.origin(), keys.vkey())
    assert (found.size, found.signed_size, found.pending) == (5, 5, 2)
    assert found.published_at is not None
    assert abs((datetime.now(UTC) - found.published_at).total_seconds()) < 60  # noqa: TID251
    assert found.closed == ""


def test_health_reads_the_last_cosignature_from_the_checkpoint(story, witness):
    grow(1)

    (found,) = health().witnesses

    assert found.name == witness.name
    assert found.cosigned_at == NOON
    assert (found.trouble, found.troubled_since) == ("", None)


def test_health_says_since_when_a_witness_is_silent(story, witness, settings):
    grow(1)
    witness.stop()
    grow(1)

    (found,) = health().witnesses

    assert found.trouble == "witness.unreachable"
    assert found.troubled_since == NOON
    assert found.cosigned_at == NOON
    settings.MINGDAI_WITNESSES = []


def test_health_says_why_the_ledger_is_closed(ledger):
    grow(1)
    (ledger / "log-state" / "closed").write_text("ledger.rolled_back: for this test\n")

    assert health().closed == "ledger.rolled_back: for this test"
