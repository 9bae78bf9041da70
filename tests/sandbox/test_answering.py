import json

from mingdai_sandbox.answering import refuse, say


def test_a_refusal_is_a_problem_document_with_its_code():
    answer = refuse(422, "receipt.missing", detail="the envelope has no receipt")

    document = json.loads(answer.body)
    assert answer.content_type == "application/problem+json"
    assert (document["status"], document["code"]) == (422, "receipt.missing")


def test_what_is_said_is_json():
    answer = say(202, {"received": True}, hold_s=3)

    assert (answer.status, json.loads(answer.body), answer.hold_s) == (202, {"received": True}, 3)
