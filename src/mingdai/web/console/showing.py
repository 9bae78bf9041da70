"""How the console names what it shows; a template library, beside the borrower pages' own."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingdai.web.console.admitting import Power
from mingdai.web.console.telling import is_told, tell

register = template.Library()

WORDS: dict[str, dict[str, Promise | str]] = {
    "role": {
        "operator": _("运营"),
        "compliance": _("合规"),
        "auditor": _("审计"),
    },
    "reader": {
        "partner": _("合作机构"),
        "staff": _("员工"),
        "borrower": _("借款人本人"),
        "regulator": _("监管部门"),
    },
    "basis": {
        "consent": _("借款人单独同意"),
        "right_of_access": _("借款人查阅权"),
        "statutory_duty": _("法定职责"),
    },
    "partner": {
        "draft": _("待准入"),
        "active": _("合作中"),
        "suspended": _("已暂停"),
    },
    "partner_kind": {
        "lender": _("资金方"),
        "guarantor": _("增信机构"),
        "credit_bureau": _("征信机构"),
        "channel": _("渠道"),
        "service_provider": _("服务商"),
    },
    "act": {
        "activated": _("已准入"),
        "suspended": _("已暂停"),
        "key_added": _("登记密钥"),
        "key_retired": _("停用密封公钥"),
        "key_revoked": _("作废接口密钥"),
        "sender_confirmed": _("确认发件域名"),
        "sender_declined": _("否决发件域名"),
    },
    "audit": {
        "queued": _("排队"),
        "running": _("进行中"),
        "done": _("已完成"),
        "failed": _("没有走成"),
        "cancelled": _("已取消"),
    },
    "verdict": {
        "pass": _("通过"),
        "fail": _("不通过"),
        "incomplete": _("无法下结论"),
    },
    "severity": {
        "high": _("严重"),
        "medium": _("一般"),
        "low": _("轻微"),
        "info": _("提示"),
    },
    "delivery": {
        "read": _("已查看"),
        "queued": _("待送达"),
        "sent": _("已送达，未签收"),
        "countersigned": _("已签收"),
        "dead": _("死信"),
        "cancelled": _("已取消"),
    },
}
"""What the closed lists' codes are called to an employee."""

TONES = {
    "countersigned": "tag-good",
    "read": "tag-blue",
    "active": "tag-good",
    "dead": "tag-bad",
    "suspended": "tag-bad",
    "queued": "tag-warn",
    "sent": "tag-warn",
    "draft": "tag-warn",
    "running": "tag-blue",
    "done": "tag-good",
    "failed": "tag-bad",
    "pass": "tag-good",
    "fail": "tag-bad",
    "incomplete": "tag-warn",
    "high": "tag-bad",
    "medium": "tag-warn",
}


@register.simple_tag
def word(kind: str, code: str) -> str:
    """The console's word for `code` in the closed list `kind`; an unknown code is itself."""
    return str(WORDS[kind].get(str(code), code))


@register.filter
def tone(code: str) -> str:
    """The class that colours a state."""
    return TONES.get(str(code), "")


@register.filter
def tell_staff(code: str) -> str:
    """The sentence of a stable code, for an employee."""
    return tell(code)


@register.filter
def tell_problem(code: str) -> str:
    """The sentence of a delivery's problem, "" where only the code is known."""
    return tell(code) if is_told(code) else ""


@register.filter
def hexed(value: bytes | memoryview | None) -> str:
    """An entry's id as hex, "" for none."""
    return "" if value is None else bytes(value).hex()


@register.filter
def may(powers: frozenset[Power], power: str) -> bool:
    """Whether a role's powers hold `power`."""
    return Power(power) in powers
