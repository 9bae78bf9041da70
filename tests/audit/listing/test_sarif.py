import json

from mingdai.audit.listing.sarif import sarif_lines


def test_a_result_points_at_the_capture_and_gives_the_span_in_its_place(reports):
    document = json.loads("\n".join(sarif_lines(reports, "capture.jsonl")))
    run = document["runs"][0]
    (result,) = run["results"]

    assert document["version"] == "2.1.0"
    assert result["ruleId"] in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "capture.jsonl"}
    }
    assert result["properties"]["places"][0]["span"] == [2, 13]
    assert "r<2>" in str(run["invocations"])
