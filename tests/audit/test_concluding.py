from dataclasses import replace

from mingdai.audit.concluding import conclude
from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.visits import Hop
from tests.audit.visit_of import MOBILE, exchange, visit

IDENTITY = parse_identity({"fields": {"sjh": MOBILE}})
AFTER = exchange(1, 31.0, f"http://t.two.test/?m={MOBILE}")


def test_a_flow_that_sends_only_after_consent_passes():
    findings = conclude(visit(AFTER), IDENTITY)

    assert (findings["violation"], findings["verdict"]) == (False, "pass")


def test_one_early_recipient_is_a_violation():
    assert conclude(visit(replace(AFTER, at=12.0)), IDENTITY)["verdict"] == "fail"


def test_an_incomplete_capture_never_passes():
    assert conclude(visit(AFTER, unseen=("udp",)), IDENTITY)["verdict"] == "incomplete"


def test_a_dark_pattern_alone_is_a_violation():
    assert conclude(visit(AFTER), IDENTITY, ["preticked_consent"])["violation"]


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
