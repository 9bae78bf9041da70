import json
import shutil
from dataclasses import replace

import pytest

from mingdai.audit.concluding import conclude
from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.evidence import MANIFEST, seal_folder, write_findings, write_visit
from mingdai.audit.reporting.writing import write_report
from mingdai.audit.verifying import manifest_sha256, verify_evidence
from mingdai.audit.visiting import parse_visit
from mingdai.audit.visits import Stop


@pytest.fixture
def folder(hidden, tmp_path):
    """A copy of the evidence of one real walk."""
    return shutil.copytree(hidden.folder, tmp_path / "audit")


def flaws(folder, **more):
    return {
        each.code: each.where for each in verify_evidence(folder, **more).checks if not each.holds
    }


def load(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def forge(folder, change):
    """Doctor `findings.json` and write the hashes anew, as whoever holds the folder can."""
    findings = load(folder, "findings.json")
    change(findings)
    write_findings(folder, findings)
    seal_folder(folder)


def forge_visit(folder, change):
    """Doctor the visit, and everything that follows from it."""
    visit = change(parse_visit(load(folder, "visit.json")))
    for each in ("pages", "agreements"):
        shutil.rmtree(folder / each)
        (folder / each).mkdir()
    write_visit(folder, visit)
    write_findings(folder, conclude(visit, parse_identity(load(folder, "identity.json"))))
    write_report(folder)
    seal_folder(folder)


def test_the_evidence_of_a_real_walk_verifies(folder):
    done = verify_evidence(folder)

    assert done.holds, flaws(folder)
    assert len(done.checks) > 5
    assert done.manifest_sha256 == manifest_sha256(folder)


def test_one_flipped_byte_in_any_file_is_refused_and_the_file_named(folder):
    names = [each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()]
    filled = [name for name in names if (folder / name).stat().st_size]
    for name in filled:
        whole = (folder / name).read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1}:
            data = bytearray(whole)
            data[at] ^= 0x20
            (folder / name).write_bytes(bytes(data))
            found = flaws(folder)
            assert name in next(iter(found.values()), ()), (name, at)
        (folder / name).write_bytes(whole)

    assert len(filled) > 10
    assert flaws(folder) == {}


def test_a_missing_and_an_added_file_are_named(folder):
    (folder / "walk.log").unlink()
    (folder / "downloads" / MANIFEST).write_text("{}")

    assert flaws(folder) == {"evidence.changed": (f"downloads/{MANIFEST}", "walk.log")}


@pytest.mark.parametrize(
    ("key", "value"),
    [("violation", False), ("verdict", "pass"), ("egress", []), ("hops", []), ("unseen", ["x"])],
)
def test_doctored_findings_under_a_forged_manifest_are_caught(folder, key, value):
    forge(folder, lambda findings: findings.update({key: value}))

    assert "evidence.changed" not in flaws(folder)
    assert f"findings.json#{key}" in flaws(folder)["evidence.findings"]


def test_an_egress_row_that_its_request_does_not_bear_out_is_named(folder):
    forge(folder, lambda findings: findings["egress"][0].update({"recipient_host": "other.test"}))

    assert flaws(folder)["evidence.replay"] == ("findings.json#egress[0]",)


def test_a_request_struck_from_the_whole_visit_is_missed_by_the_net_log(folder):
    forge_visit(folder, lambda visit: replace(visit, exchanges=visit.exchanges[:-1]))

    assert set(flaws(folder)) == {"evidence.wire"}


def test_a_request_dated_to_after_the_consent_is_caught_by_the_net_log(folder):
    def later(visit):
        rows = [replace(each, at=each.at + 100) for each in visit.exchanges]
        return replace(visit, exchanges=tuple(rows))

    forge_visit(folder, later)

    assert set(flaws(folder)) == {"evidence.wire"}


def test_a_page_text_that_the_visit_does_not_give_is_named(folder):
    (folder / "pages" / "001.txt").write_text("another text")
    seal_folder(folder)

    assert flaws(folder) == {"evidence.derived": ("pages/001.txt",)}


def test_only_the_manifest_expected_is_taken(folder):
    right = manifest_sha256(folder)
    forge_visit(folder, lambda visit: replace(visit, stop=Stop("end", "over")))

    assert flaws(folder) == {}
    assert flaws(folder, expect=right) == {"evidence.expected": (MANIFEST,)}
    assert flaws(folder, expect=manifest_sha256(folder).upper()) == {}


def test_a_file_that_hashes_rightly_and_cannot_be_read_is_a_flaw(folder):
    (folder / "visit.json").write_text("{}")
    seal_folder(folder)

    assert "evidence.derived" in flaws(folder)


def test_an_empty_folder_does_not_verify(tmp_path):
    assert not verify_evidence(tmp_path).holds


def test_a_doctored_page_of_the_report_is_caught(folder):
    text = (folder / "report.html").read_text(encoding="utf-8")
    (folder / "report.html").write_text(text.replace("不通过", "通过"), encoding="utf-8")
    seal_folder(folder)

    assert flaws(folder) == {"evidence.report": ("report.html",)}
