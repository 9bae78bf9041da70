import json

from mingdai.audit.listing.sarif import sarif_lines


def test_a_result_points_at_the_bytes(reports):
    document = json.loads("\n".join(sarif_lines(reports, "capture.jsonl")))
    run = document["runs"][0]
    (result,) = run["results"]

    assert document["version"] == "2.1.0"
    assert result["ruleId"] in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "byteOffset": 2,
        "byteLength": 11,
    }
    assert "r<2>" in str(run["invocations"])
