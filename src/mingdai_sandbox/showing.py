"""The sandbox's read-only page: what each made-up lender received, masked, in both languages.

For the person trying the demo; it says on top that every company is made up.  No script, no
outside resource.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from mingdai_proofs.entries import FIELD_CODES
from mingdai_sandbox.answering import Answer
from mingdai_sandbox.deciding import MAGIC
from mingdai_sandbox.masking import mask
from mingdai_sandbox.queueing import Outbox
from mingdai_sandbox.receiving import Desk
from mingdai_sandbox.storing import Received

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_STYLE = """
body{font:16px/1.6 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1b1f24}
header p{background:#fff4d6;padding:.6rem;border-radius:.4rem}
table{border-collapse:collapse;width:100%;margin:.4rem 0 1.6rem}
th,td{border:1px solid #c9ced6;padding:.35rem .5rem;text-align:left;vertical-align:top}
div.wide{overflow-x:auto}
code{overflow-wrap:anywhere}
"""
_HEAD = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>示例资金方 · Sandbox lenders</title><style>{style}</style></head><body><header>
<h1>示例资金方 <span lang="en">Sandbox lenders</span></h1>
<p>本页所有机构与人员均为虚构，仅用于演示。<br>
<span lang="en">Every company and person here is made up, for demonstration only.</span></p>
</header><main>"""


def show(desks: Iterable[tuple[Desk, Outbox]], *, relayed: int) -> Answer:
    """The page; `relayed` is how many messages the bureau passed on."""
    parts = [_HEAD.format(style=_STYLE)]
    for desk, outbox in desks:
        parts.append(_lender(desk, outbox))
    parts.append(
        f"<h2>征信机构转送 <span lang='en'>Relayed by the bureau</span></h2><p>{relayed}</p>"
    )
    parts.append(_magic())
    parts.append("</main></body></html>")
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return Answer(200, "".join(parts).encode(), "text/html; charset=utf-8", headers)


def _lender(desk: Desk, outbox: Outbox) -> str:
    rows = [_row(each, desk, outbox) for each in desk.store.list_received()]
    body = "".join(rows) or "<tr><td colspan='4'>尚无申请 <span lang='en'>none yet</span></td></tr>"
    return (
        f"<h2>{escape(desk.lender.legal_name)} <code>{escape(desk.lender.id)}</code></h2>"
        "<div class='wide'><table><tr>"
        "<th>申请 <span lang='en'>Application</span></th>"
        "<th>金额 <span lang='en'>Amount</span></th>"
        "<th>收到的字段（已遮盖） <span lang='en'>Fields, masked</span></th>"
        "<th>回调 <span lang='en'>Events</span></th></tr>"
        f"{body}</table></div>"
    )


def _row(received: Received, desk: Desk, outbox: Outbox) -> str:
    values = desk.store.values_of(received.disclosure_id)
    if received.deleted_at:
        when = received.deleted_at.isoformat(timespec="seconds")
        fields = f"已按通知删除 <span lang='en'>deleted on notice</span> {when}"
    else:
        shown = [code for code in FIELD_CODES if code in values]
        fields = "<br>".join(f"{code} {escape(mask(code, values[code]))}" for code in shown)
    events = "<br>".join(
        f"{escape(kind)} {escape(answer or '…')}"
        for kind, answer, _ in outbox.list_events(received.disclosure_id)
    )
    return (
        f"<tr><td><code>{escape(received.application_id)}</code></td>"
        f"<td>{received.amount_fen / 100:,.2f}</td><td>{fields}</td><td>{events}</td></tr>"
    )


def _magic() -> str:
    rows = "".join(
        f"<tr><td>…{ending}</td><td>{escape(words)}</td></tr>"
        for ending, (_, words) in MAGIC.items()
    )
    return (
        "<h2>金额末两位决定结果 <span lang='en'>The last two yuan digits decide</span></h2>"
        f"<table><tr><th>金额 <span lang='en'>Amount</span></th><th>结果 "
        f"<span lang='en'>Outcome</span></th></tr>{rows}</table>"
    )
