import pytest

from tests.proofs.mutations import run


@pytest.mark.slow
def test_no_mutant_of_ledger_or_receipt_is_accepted():
    tally = run(10_400)

    assert tally.accepted == []
    assert tally.tried.total() >= 10_000
    assert tally.codes.total() == tally.tried.total()
    nouns = {each.split()[0] for each in tally.tried}
    assert nouns == {"receipt", "tile", "entries", "checkpoint", "fork", "rollback", "stranger"}
