import json
from pathlib import Path

import jsonschema_rs
import pytest

from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.detecting.inspecting import Detector
from mingdai.audit.detecting.requests import Request
from mingdai.audit.listing.jsonl import finding_lines, opaque_lines
from tests.audit.corpus.generating import generate

SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / "finding.json"


@pytest.fixture(scope="module")
def schema():
    return jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_a_line_for_each_finding_and_a_notice_for_a_budget_reached(reports):
    finding, notice = [json.loads(line) for line in finding_lines(reports)]

    assert (finding["request_id"], finding["field"]) == ("r<0>", "mobile")
    assert {"chain", "pre_consent", "declared", "places"} <= finding.keys()
    assert notice == {"request_id": "r<2>", "host": "t.test", "notice": "budget reached"}


def test_every_line_is_as_the_schema_says(reports, schema):
    corpus = generate(9003, 120)
    requests = [
        Request(str(row["request_id"]), str(row["url"]), body=str(row["body_b64"]).encode())
        for row in corpus.rows
    ]
    found = Detector(parse_identity(corpus.identity)).inspect_all(requests)
    lines = [json.loads(line) for line in finding_lines([*found, *reports])]

    assert len(lines) > 20
    assert [error for line in lines for error in schema.iter_errors(line)] == []


@pytest.mark.parametrize("change", [{"field": ""}, {"form": "other"}, {"places": []}, {"x": 1}])
def test_the_schema_refuses_what_is_no_finding(reports, schema, change):
    line = json.loads(next(finding_lines(reports)))

    assert schema.is_valid(line)
    assert not schema.is_valid({**line, **change})


def test_opaque_blobs_are_a_list_of_their_own(reports):
    assert list(opaque_lines(reports)) == []
