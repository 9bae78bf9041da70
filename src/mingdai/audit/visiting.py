"""Write a visit as JSON and read it back: nothing is lost either way."""

from __future__ import annotations

import base64
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from mingdai.audit.visits import Visit
from mingdai.errors import Invalid

_T = TypeVar("_T")


def visit_as_json(visit: Visit) -> dict[str, Any]:
    """The object of `visit.json`; bytes become base64 text."""
    document: dict[str, Any] = {"format": "mingdai-visit/1"}
    document.update(_plain(visit))
    return document


def parse_visit(document: Mapping[str, Any]) -> Visit:
    """The visit of an object `visit_as_json` made; raises Invalid where it is none."""
    if document.get("format") != "mingdai-visit/1":
        raise Invalid(code="visit.format", reason="the file is no mingdai-visit/1")
    try:
        return _built(Visit, document)
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(
            code="visit.format", reason=f"the visit cannot be read: {type(error).__name__}"
        ) from error


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a visit
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


def _built(kind: type[_T], document: Mapping[str, Any]) -> _T:
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind) if each.name in document]  # type: ignore[arg-type]
    return kind(**{name: _value(hints[name], document[name]) for name in names})


def _value(hint: Any, value: Any) -> Any:  # noqa: ANN401 - any value of a visit
    origin = get_origin(hint)
    if origin is tuple:
        inner = get_args(hint)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_value(inner[0], each) for each in value)
        return tuple(_value(one, each) for one, each in zip(inner, value, strict=True))
    if origin in (Union, types.UnionType):
        return value
    if hint is bytes:
        return base64.b64decode(value)
    return _built(hint, value) if isinstance(hint, type) and is_dataclass(hint) else value
