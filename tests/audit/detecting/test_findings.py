from mingdai.audit.detecting.findings import CONFIDENCE, Found


def test_a_place_without_a_name_has_none_in_its_line():
    assert Found("query", "", 2, 5).as_json() == {"where": "query", "span": [2, 5]}


def test_a_finding_names_its_field_and_never_its_value(seen):
    line = seen(b"m=19900012345")["mobile"].as_json()

    assert line["field"] == "mobile"
    assert "19900012345" not in str(line)
    assert line["confidence"] == CONFIDENCE["plain"]
