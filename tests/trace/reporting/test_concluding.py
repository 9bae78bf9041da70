import re

from mingdai.trace.reporting.concluding import expected_in, headline, seen_in, sentences
from mingdai.trace.reporting.records import Reason, as_record
from mingdai.trace.reporting.wording import Words

ZH, EN = Words("zh"), Words("en")


def test_a_named_recipient_is_said_to_have_been_given_the_copy(records):
    said = " ".join(sentences(records["named"], EN))

    assert headline(records["named"], EN) == "The list holds the copy that was given to P000"
    assert "2 decoy record(s)" in said
    assert re.search(r"less often than one in", said)
    assert "does not say who passed it on" in said


def test_overlap_is_told_as_worth_looking_into(records):
    assert headline(records["investigate"], ZH) == "值得调查，但不能指认任何一方"
    assert "P000" in next(iter(sentences(records["investigate"], ZH)))


def test_a_list_that_fits_nobody_says_so(records):
    first, never = sentences(records["none"], EN)

    assert first == "Not one of its rows fits anybody we know."
    assert "whose copy" in never


def test_no_report_says_that_a_recipient_leaked(records):
    for record in records.values():
        for words in (ZH, EN):
            said = " ".join([headline(record, words), *sentences(record, words)])
            assert not re.search(r"P\d+ (has )?leaked|P\d+泄露|guilty", said)


def test_an_unknown_kind_of_evidence_is_still_told(raws):
    raw = {**raws["named"], "evidence": [{**raws["named"]["evidence"][0], "kind": "new"}]}

    assert "evidence by design on P000" in next(iter(sentences(as_record(raw), EN)))


def test_what_was_seen_and_expected_whatever_it_is_called():
    reason = Reason("aliases", "P1", 1e-9, 30.0, True, {"hits": 2, "expected": 0.5})

    assert (seen_in(reason), expected_in(reason)) == (2.0, 0.5)
