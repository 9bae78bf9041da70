"""What the flow asks for beyond the necessary set of online lending (docs/law.md, 1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import NDR_22, NECESSARY, PIPL_6, PIPL_16
from mingdai.audit.visits import Asked

RULE = Rule(
    "fields_beyond_necessary",
    Said(
        "只收手机号、姓名、证件和银行卡号；其他字段说明必要性并可不填。",
        "Ask for mobile, name, identity document and bank card; make the rest optional, with why.",
    ),
    (PIPL_6, PIPL_16, NDR_22, NECESSARY),
    severity="low",
)

NECESSARY_ROLES = {
    "name",
    "mobile",
    "id_number",
    "bank_card",
    "code",
    "captcha",
    "password",
    "amount",
    "term",
    "purpose",
    "invite",
    "",
}
"""Roles of the walker that the necessary set, the loan itself or the log-in cover."""

_OF_OTHERS = {"contact_name", "contact_mobile", "contact_relation"}
_ZH = {
    "email": "邮箱",
    "address": "住址",
    "city": "城市",
    "income": "收入",
    "house": "房产",
    "car": "车产",
    "job": "职业",
    "education": "学历",
    "marriage": "婚姻",
    "gender": "性别",
    "age": "年龄",
    "birth": "生日",
    "company": "单位",
    "social": "社保",
    "fund": "公积金",
    "insurance": "保险",
    "credit_card": "信用卡",
    "credit_score": "信用分",
    "overdue": "逾期",
    "wechat": "微信",
    "qq": "QQ",
    "contact_name": "联系人姓名",
    "contact_mobile": "联系人电话",
    "contact_relation": "联系人关系",
}


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each page that asks for more."""
    beyond = [each for each in matter.visit.asked if each.role not in NECESSARY_ROLES]
    for page in dict.fromkeys(each.page for each in beyond):
        rows = [each for each in beyond if each.page == page]
        roles = list(dict.fromkeys(each.role for each in rows))
        yield Remark(
            RULE,
            Said(
                f"页面还要求：{'、'.join(_ZH.get(role, role) for role in roles)}。",
                f"The page also asks for: {', '.join(roles)}.",
            ),
            (matter.page_ref(page), *matter.pictures(page)),
            severity=_severity(rows),
        )


def _severity(rows: list[Asked]) -> str:
    must = [each for each in rows if each.required]
    others = [each for each in rows if each.role in _OF_OTHERS]
    return "medium" if others or len(must) >= 3 else "low"
