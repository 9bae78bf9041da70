from __future__ import annotations

import pytest

from mingdai.audit.outcomes import is_sealed, manifest_names, read_outcome
from tests.audit.audits import leave_evidence, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def evidence(data_folder):
    return leave_evidence(ordered())


def test_a_sealed_folder_tells_verdict_counts_and_hashes(evidence):
    outcome = read_outcome(evidence)

    assert is_sealed(evidence)
    assert outcome.verdict == "fail"
    assert outcome.summary == {
        "hops": 1,
        "recipients": 1,
        "before_consent": 1,
        "dark_patterns": ["preticked_consent"],
        "checks": {"high": 1},
        "stop": "bank_card",
    }
    assert len(outcome.manifest_sha256) == len(outcome.findings_sha256) == 64


def test_every_file_of_the_manifest_is_named(evidence):
    assert "screenshots/001.png" in manifest_names(evidence)
    assert "manifest.json" not in manifest_names(evidence)


def test_a_folder_that_is_still_written_has_no_outcome(tmp_path):
    assert not is_sealed(tmp_path)
    assert manifest_names(tmp_path) == []
    with pytest.raises(OSError, match=r"findings\.json"):
        read_outcome(tmp_path)


def test_findings_without_a_verdict_are_none(tmp_path):
    (tmp_path / "findings.json").write_text("{}", encoding="utf-8")

    with pytest.raises(ValueError, match="verdict"):
        read_outcome(tmp_path)
