import json
from dataclasses import replace
from pathlib import Path

import jsonschema_rs

from mingdai.audit import checks
from mingdai.audit.checks import CHECKS
from mingdai.audit.checks.registry import parse_registry
from mingdai.audit.concluding import conclude
from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.protocols.defects import KINDS
from mingdai.audit.visits import Box, Hop
from tests.audit.visit_of import MOBILE, exchange, visit

DECLARED = {"fields": {"sjh": MOBILE}, "declared": ["two.test"]}
IDENTITY = parse_identity(DECLARED)
SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "findings.json"
AFTER = exchange(1, 31.0, f"http://t.two.test/?m={MOBILE}")


def test_a_flow_that_sends_only_after_consent_passes():
    findings = conclude(visit(AFTER), IDENTITY)

    assert (findings["violation"], findings["verdict"]) == (False, "pass")


def test_one_early_recipient_is_a_violation():
    assert conclude(visit(replace(AFTER, at=12.0)), IDENTITY)["verdict"] == "fail"


def test_an_incomplete_capture_never_passes():
    assert conclude(visit(AFTER, unseen=("udp",)), IDENTITY)["verdict"] == "incomplete"


def test_a_walk_cut_short_never_passes():
    cut = visit(AFTER)
    cut = replace(cut, stop=replace(cut.stop, code="time"))

    assert conclude(cut, IDENTITY)["verdict"] == "incomplete"


def test_a_dark_pattern_alone_is_a_violation():
    box = Box(1, 1, 2.0, "我已阅读并同意", (), preticked=True)
    findings = conclude(visit(boxes=(box,)), IDENTITY)

    assert findings["dark_patterns"] == ["preticked_consent"]
    assert (findings["violation"], findings["verdict"]) == (True, "fail")


def test_a_recipient_nobody_names_is_a_violation():
    nobody = parse_identity({"fields": {"sjh": MOBILE}})
    findings = conclude(visit(AFTER), nobody)

    assert findings["dark_patterns"] == ["recipient_not_named"]
    assert findings["violation"]


def test_findings_fit_their_schema_and_come_out_alike_twice():
    registry = parse_registry({"companies": [{"name": "示例银行", "hosts": ["b.test"]}]})
    early = visit(replace(AFTER, at=12.0), AFTER)
    findings = conclude(early, IDENTITY, registry)

    jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(findings)
    assert findings == conclude(early, IDENTITY, parse_registry(findings["registry"]))


def test_every_check_and_every_defect_has_its_row_in_the_guide():
    text = (SCHEMA.parents[1] / "checks.md").read_text("utf-8")

    assert [c.__name__ for c in CHECKS if f"`{c.__name__.rpartition('.')[2]}`" not in text] == []
    assert [c.RULE.check for c in CHECKS if f"`{c.RULE.check}`" not in text] == []
    assert [code for code in KINDS if f"`{code}`" not in text] == []


def test_every_check_file_is_in_the_list():
    folder = Path(checks.__file__).parent
    files = {p.stem for p in folder.glob("*.py") if "\ndef check(" in p.read_text("utf-8")}

    assert files == {each.__name__.rpartition(".")[2] for each in CHECKS}


def test_data_moving_alone_is_a_hop_marked_so():
    hop = Hop("www.one.test", "b.test", "redirect", "http", 33.0, 1, "http://b.test/")

    rows = conclude(visit(AFTER, hops=(hop,)), IDENTITY)["hops"]

    assert [(row["to_host"], row["kind"]) for row in rows] == [
        ("b.test", "visitor"),
        ("t.two.test", "data"),
    ]


def test_what_only_the_check_saw_is_listed():
    hidden = replace(AFTER, seen_by=("wire",))

    assert [row["host"] for row in conclude(visit(hidden), IDENTITY)["unattributed"]] == [
        "t.two.test"
    ]
