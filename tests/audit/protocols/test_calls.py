from mingdai.audit.protocols.calls import fields_of
from tests.audit.protocols.calls_of import call


def test_nested_fields_carry_their_path_and_side():
    rows = fields_of({"data": {"protocols": [{"name": "书"}]}, "none": None}, side="response")

    assert [(row.path, row.key, row.text, row.side) for row in rows] == [
        ("data.protocols[0].name", "name", "书", "response")
    ]


def test_a_call_without_a_response_answers_nothing():
    assert call(a=1).answered == []
