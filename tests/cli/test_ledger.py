import json

import pytest

from mingdai.cli.main import main
from mingdai.ledger import guarding, keys
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.sequencing import forget_writer
from mingdai_proofs.inclusion import InclusionProof
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.policies import Policy
from tests.ledger.world import grow, submit


@pytest.fixture
def ledger(data_folder, transactional_db, settings):
    settings.MINGDAI_WITNESSES = []
    yield data_folder
    forget_writer()


def test_vkey_and_policy_print_what_a_verifier_needs(ledger, capsys):
    assert main(["ledger", "vkey"]) == 0
    vkey = capsys.readouterr().out.strip()
    assert main(["ledger", "policy"]) == 0

    assert vkey == keys.vkey()
    assert Policy.parse(capsys.readouterr().out).logs[0].vkey == vkey


def test_prove_writes_a_tlog_proof_that_verifies(ledger, tmp_path):
    grow(300)
    target = tmp_path / "entry.tlog-proof"

    assert main(["ledger", "prove", "299", "-o", str(target)]) == 0

    leaf = leaf_hash(bytes(LedgerEntry.objects.get(index=299).data))
    assert InclusionProof.parse(target.read_text()).verify(leaf, keys.policy()) is None


def test_prove_prints_without_a_file_and_refuses_what_is_not_covered(ledger, capsys):
    grow(1)

    assert main(["ledger", "prove", "0"]) == 0
    assert capsys.readouterr().out.startswith("c2sp.org/tlog-proof@v1\n")
    assert main(["ledger", "prove", "1"]) == 2
    assert "ledger.not_covered" in capsys.readouterr().err


def test_status_says_size_and_what_waits(ledger, capsys):
    grow(4)
    submit(2)

    assert main(["ledger", "status"]) == 0
    lines = capsys.readouterr().out
    assert main(["ledger", "status", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert "4 published, 4 signed" in lines
    assert "2 entries not yet provable" in lines
    assert "no independent proof" in lines
    assert (found["size"], found["pending"], found["witnesses"]) == (4, 2, [])


def test_resume_opens_nothing_that_is_older_than_what_was_signed(ledger, capsys):
    grow(9)
    forget_writer()
    LedgerEntry.objects.filter(index=8).delete()
    guarding._SOUND.clear()

    assert main(["ledger", "resume"]) == 1
    assert "ledger.rolled_back" in capsys.readouterr().out
    assert main(["ledger", "status"]) == 1
    assert "closed: ledger.rolled_back" in capsys.readouterr().out

    assert main(["ledger", "resume", "--new-origin", "log.example/next"]) == 0
    assert "log.example/next+" in capsys.readouterr().out
    assert main(["ledger", "resume"]) == 0
    assert main(["ledger", "status"]) == 0


def test_resume_with_a_new_origin_is_refused_while_nothing_is_broken(ledger, capsys):
    grow(1)

    assert main(["ledger", "resume", "--new-origin"]) == 2
    assert "ledger.not_broken" in capsys.readouterr().err
