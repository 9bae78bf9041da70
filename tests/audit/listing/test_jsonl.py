import json

from mingdai.audit.listing.jsonl import finding_lines, opaque_lines


def test_a_line_for_each_finding_and_one_for_a_budget_reached(reports):
    rows = [json.loads(line) for line in finding_lines(reports)]

    assert [(row["request_id"], row["field"]) for row in rows] == [("r<0>", "mobile"), ("r<2>", "")]
    assert rows[1]["note"] == "budget reached"
    assert {"chain", "pre_consent", "declared", "places"} <= rows[0].keys()


def test_opaque_blobs_are_a_list_of_their_own(reports):
    assert list(opaque_lines(reports)) == []
