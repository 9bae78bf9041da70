import http.client
import os
import subprocess
import sys

import pytest

from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.cli import main
from mingdai_proofs.commitments import commitment_key
from mingdai_proofs.merkle import EMPTY_ROOT
from mingdai_proofs.notes import Verifier, open_note, sign
from mingdai_proofs.openings import Opening, OpeningsFile
from tests.proofs.worlds import LOG, ORIGIN, OTHER_LOG, POLICY, SUBJECT_KEY, make_entry, written

WORLD, ENTRIES = written(300)
RECEIPT = WORLD.receipt(17, ENTRIES[17])
KEY = commitment_key(SUBJECT_KEY, make_entry(17).entry_id, "name")


@pytest.fixture
def folder(tmp_path):
    WORLD.save(tmp_path / "log")
    (tmp_path / "receipt").write_bytes(RECEIPT.encode())
    (tmp_path / "policy").write_text(POLICY.text)
    openings = OpeningsFile(RECEIPT, (Opening("name", "示例甲", KEY),))
    (tmp_path / "openings").write_bytes(openings.encode())
    (tmp_path / "old").write_bytes(written(200)[0].files["checkpoint"])
    return tmp_path


def run(capsys, *argv):
    code = main([str(each) for each in argv])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_receipt_is_verified_with_a_policy_one_trusts(folder, capsys):
    code, out, err = run(
        capsys, "verify", "receipt", folder / "receipt", "--policy", folder / "policy"
    )

    assert (code, err) == (0, "")
    assert out == "verified (disclosed at 2026-11-18T11:07Z, recipient yunting-cf)\n"


def test_trusting_a_receipts_own_policy_is_warned_of(folder, capsys):
    code, _, err = run(capsys, "verify", "receipt", folder / "receipt")

    assert code == 0
    assert "trusting the receipt's own policy" in err


def test_a_changed_receipt_is_flawed_with_its_reason(folder, capsys):
    (folder / "receipt").write_bytes(RECEIPT.encode().replace(b"index 17", b"index 18"))

    code, out, _ = run(capsys, "verify", "receipt", folder / "receipt")

    assert code == 1
    assert out.startswith("FLAWED inclusion.mismatch: ")


def test_openings_are_verified_without_being_shown(folder, capsys):
    code, out, _ = run(capsys, "verify", "openings", folder / "openings")

    assert (code, out) == (0, "verified (1 of 2 fields opened)\n")


def test_openings_of_other_values_are_flawed(folder, capsys):
    wrong = OpeningsFile(RECEIPT, (Opening("name", "示例乙", KEY),))
    (folder / "openings").write_bytes(wrong.encode())

    code, out, _ = run(capsys, "verify", "openings", folder / "openings")

    assert (code, out.split(":")[0]) == (1, "FLAWED opening.mismatch")


def test_a_ledger_is_verified_by_key_by_policy_and_against_its_past(folder, capsys):
    log = folder / "log"
    by_key = run(capsys, "verify", "ledger", log, "--vkey", LOG.verifier.vkey)
    by_policy = run(
        capsys, "verify", "ledger", log, "--policy", folder / "policy", "--since", folder / "old"
    )

    assert by_key == by_policy == (0, f"verified ({ORIGIN}: 300 entries, 3 tiles)\n", "")


@pytest.mark.parametrize("vkey", [OTHER_LOG.verifier.vkey, "nonsense"])
def test_a_ledger_is_flawed_under_another_key(folder, capsys, vkey):
    code, out, _ = run(capsys, "verify", "ledger", folder / "log", "--vkey", vkey)

    assert code == 1
    assert out.startswith("FLAWED ")


@pytest.mark.parametrize(
    "argv", [[], ["verify"], ["verify", "ledger", "x"], ["verify", "ledger", "x", "--vkey"], ["x"]]
)
def test_wrong_usage_exits_with_2(argv):
    with pytest.raises(SystemExit) as caught:
        main(argv)

    assert caught.value.code == 2


def test_a_file_that_is_not_there_is_wrong_usage(folder, capsys):
    code, _, err = run(capsys, "verify", "receipt", folder / "none")

    assert (code, "cannot read" in err) == (2, True)


def test_a_policy_that_is_not_text_is_flawed(folder, capsys):
    (folder / "policy").write_bytes(b"\xff\n")

    code, out, _ = run(
        capsys, "verify", "receipt", folder / "receipt", "--policy", folder / "policy"
    )

    assert (code, out.split(":")[0]) == (1, "FLAWED policy.malformed")


def test_the_witness_runs_as_a_process_and_cosigns(tmp_path, capsys):
    run(capsys, "witness-keys", "--data", tmp_path, "--name", "w.example")
    _, out, _ = run(capsys, "witness-keys", "--data", tmp_path, "--name", "w.example")
    keys = [Verifier.parse(line) for line in out.splitlines()]
    words = ["witness", "--data", tmp_path, "--name", "w.example", "--port", "0"]
    command = [sys.executable, "-m", "mingdai_proofs", *words, "--log", LOG.verifier.vkey]
    note = sign(Checkpoint(ORIGIN, 0, EMPTY_ROOT).text, [LOG])

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        try:
            address = process.stdout.readline().split("http://")[1].strip("/\n")
            line = http.client.HTTPConnection(address, timeout=10)
            line.request("POST", "/add-checkpoint", b"old 0\n\n" + note)
            answer = line.getresponse()
            lines = answer.read()
            line.close()
        finally:
            process.terminate()

    assert answer.status == 200
    assert len(open_note(note + lines, keys).verified) == 2
