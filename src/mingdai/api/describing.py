"""Complete the OpenAPI document: the problem documents and headers that every call may answer."""

from __future__ import annotations

from typing import Any

from mingdai.api.problems import CONTENT_TYPE, TITLES
from mingdai.api.shapes import EventIn, Problem

ALWAYS = (400, 429, 500, 503)
OWN = (401, 404, 409, 413, 422)
HEADERS = {
    "Mingdai-Version": {
        "description": "the version of the API that answered",
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": "calls left in this window and seconds until the next",
        "schema": {"type": "string"},
    },
}

EVENT_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": EventIn.model_json_schema()}},
    }
}
"""The body of an event: described, but read raw, because its signature is over the raw bytes."""

POLICY_ANSWER: dict[str, Any] = {
    "responses": {
        200: {"description": "OK", "content": {"text/plain": {"schema": {"type": "string"}}}}
    }
}
"""The policy is a text file, not JSON."""


def complete(schema: dict[str, Any]) -> dict[str, Any]:
    """The document with problem answers, headers and the problem's shape, changed in place."""
    shapes = schema.setdefault("components", {}).setdefault("schemas", {})
    shapes["Problem"] = Problem.model_json_schema()
    for path in schema["paths"].values():
        for operation in path.values():
            _complete_operation(operation)
    return schema


def _complete_operation(operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    for status in (*ALWAYS, *(OWN if operation.get("security") else ())):
        answers.setdefault(str(status), _answer(status))
    for answer in answers.values():
        answer.setdefault("headers", HEADERS)


def _answer(status: int) -> dict[str, Any]:
    return {
        "description": TITLES[status],
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
