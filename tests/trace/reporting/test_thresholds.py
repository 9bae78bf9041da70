import math
from dataclasses import replace

import pytest

from mingdai.trace.attributing import DECOY_SHARE
from mingdai.trace.reporting.records import as_record
from mingdai.trace.reporting.thresholds import bits_needed, share_of


def test_evidence_needs_the_bits_of_its_own_share(records):
    record = records["named"]
    decoys = next(each for each in record.evidence if each.kind == "decoys")

    assert share_of(record, decoys) == pytest.approx(DECOY_SHARE / 5)
    assert bits_needed(record, decoys) == pytest.approx(-math.log2(1e-3 * DECOY_SHARE / 5))


def test_spellings_share_with_decoys(records):
    record = records["named"]
    decoys = next(each for each in record.evidence if each.kind == "decoys")

    assert share_of(record, replace(decoys, kind="variants")) == share_of(record, decoys)


def test_whom_the_report_names_passed_its_line(records):
    record = records["named"]
    passed = {
        each.partner
        for each in record.evidence
        if each.by_design and each.bits >= bits_needed(record, each)
    }

    assert passed == set(record.accuse)


def test_without_stated_shares_all_share_evenly(raws):
    raw = {name: value for name, value in raws["named"].items() if name != "inputs"}
    record = as_record(raw)

    assert share_of(record, record.evidence[0]) == pytest.approx(1 / (5 * 2))
