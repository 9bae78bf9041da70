"""What could not be seen: then the verdict is never "pass".

Pages that end where a walk must end (bank card, face, end of the flow) are no gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import TEST_METHOD
from mingdai.audit.companies import bare_host, same_company

RULE = Rule(
    "capture_gaps",
    Said("补上看不到的部分后重新审计。", "Close the gap and audit again."),
    (TEST_METHOD,),
    severity="info",
)
CUT_SHORT = {
    "time": "时间用完",
    "hops": "跳转数用完",
    "unreachable": "地址无响应",
    "refused": "下一个地址未获许可",
    "captcha": "被验证码拦住",
    "otp": "没有短信验证码",
    "loop": "同一页面反复出现",
}
"""Stops that leave a part of the flow unseen, with their Chinese names."""


def gaps(matter: Matter) -> list[tuple[Said, tuple[Evidence, ...]]]:
    """Every gap; none means that the walk saw what a walk can see."""
    visit = matter.visit
    rows: list[tuple[Said, tuple[Evidence, ...]]] = []
    rows += [(Said(f"看不到：{each}", f"Not seen: {each}"), ()) for each in visit.unseen]
    if visit.stop.code in CUT_SHORT:
        zh = CUT_SHORT[visit.stop.code]
        rows.append(
            (Said(f"走查提前结束：{zh}。", f"The walk was cut short: {visit.stop.said}."), ())
        )
    elif not visit.typed:
        rows.append((Said("没有填入任何植入的资料。", "No planted value was ever typed."), ()))
    elif visit.stop.code == "dead_end" and not _went_on(matter):
        rows.append((Said("没有走过第一张表单。", "The first form was never passed."), ()))
    rows += list(_unread(matter))
    return rows


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each gap."""
    for said, evidence in gaps(matter):
        yield Remark(RULE, said, evidence)


def _went_on(matter: Matter) -> bool:
    first = matter.visit.typed[0]
    return any(
        press.at >= first.at and press.outcome in {"moved", "changed"}
        for press in matter.visit.presses
    )


def _unread(matter: Matter) -> Iterator[tuple[Said, tuple[Evidence, ...]]]:
    """What left for another company after something was typed, and cannot be read."""
    began = min((each.at for each in matter.visit.typed), default=float("inf"))
    for each in matter.visit.exchanges:
        why = matter.opaque.get(each.request_id)
        if not why or not each.sent or each.at < began:
            continue
        host = bare_host(each.url)
        page_host = each.page_host or bare_host(matter.visit.start_url)
        if same_company(host, page_host) or matter.findings.get(each.request_id):
            continue
        where = (Evidence("exchange", each.request_id, why),)
        yield (
            Said(f"发往 {host} 的内容读不懂（{why}）。", f"What went to {host} is opaque: {why}."),
            where,
        )
