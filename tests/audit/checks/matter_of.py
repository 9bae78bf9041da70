"""Matters made of small visits, as the checks get them."""

from __future__ import annotations

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.preparing import prepare
from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.leaving import attempts_of, egress_of
from mingdai.audit.visits import Agreement, Link, PageView
from tests.audit.visit_of import MOBILE, visit


def matter(*exchanges, fields=None, declared=(), registry=None, **changes) -> Matter:
    """The matter of `visit(*exchanges, **changes)`, worked out as an audit works it out."""
    document = {"fields": fields or {"sjh": MOBILE}, "declared": list(declared)}
    identity = parse_identity(document)
    seen = visit(*exchanges, **changes)
    if not exchanges:  # nothing left; a detector takes long to build
        return prepare(seen, identity, (), (), registry)
    return prepare(seen, identity, egress_of(seen, identity), attempts_of(seen, identity), registry)


def page(text="", number=1, host="www.one.test", **more) -> PageView:
    """One page with its text."""
    url = f"http://{host}/"
    values = {"texts": (text,), **more}
    return PageView(number, float(number), url, host, "示例", "open", text, **values)


def agreement(text, title="《隐私政策》", page=1, host="www.one.test", **more) -> Agreement:
    """An agreement that opened as a page of its own."""
    values = {"link": Link(title, f"http://{host}/policy"), "how": "page", "status": 200}
    return Agreement(page, host, text=text, **{"dead": "", **values, **more})


def told(remarks) -> list[str]:
    """The Chinese sentences of remarks."""
    return [each.said.zh for each in remarks]
