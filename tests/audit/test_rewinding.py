from dataclasses import replace

from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.leaving import egress_of
from mingdai.audit.rewinding import difference_from_wire, unproven_rows
from tests.audit.visit_of import MOBILE, exchange, visit

IDENTITY = parse_identity({"fields": {"sjh": MOBILE}})


def test_a_row_is_proven_by_the_request_it_names():
    seen = visit(exchange(1, 31.0, f"http://b.test/?m={MOBILE}"))
    rows = [row.as_json() for row in egress_of(seen, IDENTITY)]

    assert rows
    assert list(unproven_rows(rows, seen, IDENTITY)) == []
    for wrong in ({"chain": ["base64"]}, {"requests": ["r9"]}, {"field": "name"}):
        assert list(unproven_rows([{**rows[0], **wrong}], seen, IDENTITY)) == [
            "findings.json#egress[0]"
        ]


def test_a_request_without_the_value_proves_nothing():
    seen = visit(exchange(1, 31.0, f"http://b.test/?m={MOBILE}"))
    rows = [row.as_json() for row in egress_of(seen, IDENTITY)]

    other = visit(exchange(1, 31.0, "http://b.test/?m=1"))

    assert list(unproven_rows(rows, other, IDENTITY)) == ["findings.json#egress[0]"]


def test_without_a_net_log_the_visit_must_say_so(tmp_path):
    seen = visit(exchange(1, 31.0, "http://b.test/"))

    assert list(difference_from_wire(seen, tmp_path / "none")) == [
        "visit.json: a request to b.test that the net log does not have"
    ]
    told = replace(seen, unseen=("the net log is missing: …",))
    assert list(difference_from_wire(told, tmp_path / "none")) == []
