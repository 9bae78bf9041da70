import base64
import json

import pytest

from mingdai.audit.protocols.reading import read_calls
from mingdai.errors import Invalid
from tests.audit.protocols.calls_of import MD5


def written(tmp_path, text, name="calls.json"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_markdown_blocks_are_calls_with_their_lines(tmp_path):
    text = '# API\n\n```json\n{"a": 1}\n```\n\n```json\n{"request": {"b": 2}, "to": "x"}\n```\n'

    one, two = read_calls(written(tmp_path, text, "api.md"))

    assert (one.request, one.line) == ({"a": 1}, 4)
    assert (two.request, two.to) == ({"b": 2}, "x")


def test_values_may_follow_one_another_or_stand_in_a_list(tmp_path):
    assert len(read_calls(written(tmp_path, '{"a": 1}\n{"b": 2}'))) == 2
    assert len(read_calls(written(tmp_path, '{"calls": [{"a": 1}, {"b": 2}, {"c": 3}]}'))) == 3


def test_a_har_gives_requests_with_their_answers(tmp_path):
    entry = {
        "startedDateTime": "2026-01-01T00:00:00Z",
        "request": {
            "method": "POST",
            "url": "http://lender.example.com/hit",
            "headers": [],
            "postData": {"text": json.dumps({"phoneMd5": MD5})},
        },
        "response": {"content": {"text": '{"data": {"bumpStatus": 1}}'}},
    }
    har = {"log": {"version": "1.2", "entries": [entry]}}

    (call,) = read_calls(written(tmp_path, json.dumps(har, indent=1), "c.har"))

    assert (call.to, call.request) == ("lender.example.com", {"phoneMd5": MD5})
    assert call.response == {"data": {"bumpStatus": 1}}


def test_json_lines_give_forms_as_fields(tmp_path):
    body = base64.b64encode(b"mobileMd5=" + MD5.encode() + b"&age=30").decode()
    row = {"request_id": "1", "ts": 1, "method": "POST", "url": "https://x.example.com/m",
           "headers": [], "body_b64": body, "kind": "http"}  # fmt: skip

    (call,) = read_calls(written(tmp_path, json.dumps(row) + "\n", "c.jsonl"))

    assert call.request == {"mobileMd5": MD5, "age": "30"}


@pytest.mark.parametrize(("text", "code"), [("", "protocol.empty"), ("{nope", "protocol.format")])
def test_what_is_no_call_is_refused(tmp_path, text, code):
    with pytest.raises(Invalid) as refused:
        read_calls(written(tmp_path, text))

    assert refused.value.code == code


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Invalid, match=r"protocol\.file"):
        read_calls(tmp_path / "none.json")
