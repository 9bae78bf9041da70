import math

from mingdai.trace.attributing import DECOY_SHARE, FAMILY_ERROR
from mingdai.trace.reporting.records import as_record
from mingdai.trace.reporting.redoing import VERIFY, redo
from mingdai.trace.reporting.wording import Words

EN = Words("en")


def test_the_command_names_no_file_and_every_hash_stands_there(records, raws):
    found = redo(records["named"], EN, sha256="ff" * 32)

    assert found.verify == VERIFY
    assert found.again == (
        "mingdai trace list LIST --borrowers BORROWERS --ledger LEDGER "
        "--found-at 2026-03-01T00:00:00+00:00 --json"
    )
    digests = [raws["named"]["run"][name]["sha256"] for name in ("list", "borrowers", "ledger")]
    assert [digest for _, digest in found.hashes] == [*digests, "ff" * 32]


def test_the_product_s_own_result_has_no_files_to_run_on(raws):
    raw = {**raws["named"], "run": {"at": "2026-03-02T00:00:00Z"}}

    assert redo(as_record(raw), EN, sha256="").again == ""


def test_the_formulas_hold_the_numbers(records):
    said = redo(records["named"], EN, sha256="").formulas

    assert said[0] == "rows: 68 = 60 (fit) + 5 (fit nobody) + 3 (no key)"
    share = DECOY_SHARE / 5
    bits = -math.log2(FAMILY_ERROR * share)
    assert f"P000: decoys have {share:.2g} of it, so {bits:.1f} bits are needed" in said
