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
        "spellings": _("写法试验"),
        "decoys": _("诱饵条款"),
        "sender_confirmed": _("确认发件域名"),
        "sender_declined": _("否决发件域名"),
        "sender_retired": _("不再预期发件域名"),
    },
    "audit": {
        "queued": _("排队"),
        "running": _("进行中"),
        "done": _("已完成"),
        "failed": _("没有走成"),
        "cancelled": _("已取消"),
    },
    "list": {
        "received": _("正在读取列"),
        "read": _("已读取"),
        "failed": _("读不出来"),
        "deleted": _("已删除"),
    },
    "attribution": {
        "waiting": _("待第二人批准"),
        "queued": _("排队"),
        "running": _("进行中"),
        "done": _("已完成"),
        "failed": _("没有做成"),
        "cancelled": _("已取消"),
    },
    "step": {
        "": _("准备"),
        "starting": _("准备"),
        "recording": _("把这次比对写入账本"),
        "reading": _("在内存里打开名单"),
        "opening": _("在内存里打开比对所需的资料"),
        "matching": _("逐行比对"),
        "judging": _("计算证据"),
        "dropping": _("删去与我们无关的行"),
    },
    "conclusion": {
        "named": _("指向具体的拷贝"),
        "investigate": _("值得调查"),
        "none": _("没有证据出自我们"),
    },
    "column": {
        "": _("不比对"),
        "mobile": _("手机号"),
        "id_no": _("身份证号"),
        "mobile+id_no": _("手机号或身份证号（摘要）"),
        "name": _("姓名"),
        "city": _("城市"),
        "address": _("地址"),
        "amount": _("金额"),
        "time": _("时间"),
    },
    "design": {
        "aliases": _("专属邮箱"),
        "decoys": _("诱饵记录"),
        "draws": _("随机分配"),
        "variants": _("专属写法"),
    },
    "answer": {
        "": _("尚未答复"),
        "our_leak": _("是我们泄露的"),
        "our_processor": _("是我们委托的一方"),
        "not_ours": _("不是我们"),
        "investigating": _("正在调查"),
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
    "waiting": "tag-warn",
    "received": "tag-blue",
    "named": "tag-bad",
    "investigate": "tag-warn",
    "none": "tag-good",
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
