"""告知文本: compose what the borrower is told before consenting, and keep it by its hash.

The text is made from facts alone, so the same facts give the same text and the same hash.  It
names kinds of information, never a value, not even a masked one: the text is kept for years.
Elements: PIPL Art. 17, 23, 30 and 网络数据安全管理条例 Art. 21.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mingdai.consent.models import Wording
from mingdai.words import FIELD_BY_CODE, FIELDS, NEVER_ASKED, Purpose, Route, Sensitivity

Locale = Literal["zh-hans", "en"]

VERSION = "consent-sheet/1"
"""Changes with any change of the sentences below."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of the sheet; `reason` is why the product needs it, "" for the necessary set.

    A field outside the necessary set is said to be the borrower's to leave out.
    """

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Everything the sheet says.  `carrier` is "" where nobody carries; `amount` is yuan."""

    recipient: str
    contact: str
    complaint_phone: str
    product: str
    amount: str
    term: int
    term_unit: str
    purpose: Purpose
    route: Route
    carrier: str
    retention_days: int
    grant_days: int
    fields: tuple[FieldLine, ...]


def compose(facts: SheetFacts, locale: Locale) -> str:
    """The exact text of the consent sheet in one language."""
    return _COMPOSERS[locale](facts)


def keep_wording(text: str, *, kind: str, locale: Locale, at: datetime) -> Wording:
    """The stored wording with this text; it is stored once and never edited."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    row, _ = Wording.objects.get_or_create(
        id=digest, defaults={"kind": kind, "locale": locale, "text": text, "created_at": at}
    )
    return row


def not_sent(codes: frozenset[str]) -> tuple[tuple[str, str, str], ...]:
    """What the sheet says is not sent: code, 中文, English; the never-asked kinds come last."""
    others = tuple((each.code, each.zh, each.en) for each in FIELDS if each.code not in codes)
    return others + NEVER_ASKED


_PURPOSE_ZH = {
    Purpose.CREDIT_DECISION: "由该机构审核您的本次贷款申请并作出授信决定",
    Purpose.ONWARD_TRANSFER: "由该机构继续处理您的本次贷款申请",
}
_PURPOSE_EN = {
    Purpose.CREDIT_DECISION: "for this institution to examine and decide on this loan application",
    Purpose.ONWARD_TRANSFER: "for this institution to go on with this loan application",
}


def _zh(facts: SheetFacts) -> str:
    codes = frozenset(each.code for each in facts.fields)
    unit = "个月" if facts.term_unit == "month" else "天"
    lines = [
        "个人信息单独同意书",
        f"接收方:{facts.recipient}",
        f"联系方式:{facts.contact};投诉电话:{facts.complaint_phone}",
        f"处理目的:{_PURPOSE_ZH[facts.purpose]}"
        f"({facts.product},{facts.amount} 元,{facts.term} {unit})",
        f"处理方式:{_method_zh(facts)}",
        f"保存期限:接收方自收到之日起保存 {facts.retention_days} 天;法律另有规定的从其规定",
        f"本同意自您确认起 {facts.grant_days} 天后自动失效,您可随时撤回",
        "提供的个人信息:",
        *(_line_zh(each) for each in facts.fields),
        "不会提供:" + "、".join(zh for _, zh, _ in not_sent(codes)),
        "同意与不同意同样方便;不同意不影响您浏览和比较其他产品。撤回不影响撤回前已进行的处理。",
    ]
    return "\n".join(lines) + "\n"


def _method_zh(facts: SheetFacts) -> str:
    if facts.route is Route.LENDER_PAGE:
        return "您将前往接收方自己的页面填写,平台不传递任何个人信息"
    if facts.route is Route.VIA_CREDIT_AGENCY:
        return f"加密后由受托方{facts.carrier}转交;受托方无法解密,不接收任何字段;仅接收方能够打开"
    return "加密后直接发送给接收方,仅接收方能够打开"


def _line_zh(line: FieldLine) -> str:
    known = FIELD_BY_CODE[line.code]
    if known.sensitivity is Sensitivity.SENSITIVE:
        kind, impact = "敏感个人信息", ";泄露可能导致您的财产受损或身份被冒用,需您单独勾选同意"
    else:
        kind, impact = "一般个人信息", ""
    reason = line.reason or "网络借贷的必要信息"
    choice = "" if known.necessary else ";可不提供,提供需您单独勾选"
    return f"- {known.zh}({kind}):{reason}{impact}{choice}"


def _en(facts: SheetFacts) -> str:
    codes = frozenset(each.code for each in facts.fields)
    unit = "months" if facts.term_unit == "month" else "days"
    lines = [
        "Separate consent to provide personal information",
        f"Recipient: {facts.recipient}",
        f"Contact: {facts.contact}; complaints: {facts.complaint_phone}",
        f"Purpose: {_PURPOSE_EN[facts.purpose]} "
        f"({facts.product}, CNY {facts.amount}, {facts.term} {unit})",
        f"Method: {_method_en(facts)}",
        f"Retention: {facts.retention_days} days from receipt, unless a law says otherwise",
        f"This consent ends by itself after {facts.grant_days} days; you may withdraw at any time",
        "Personal information provided:",
        *(_line_en(each) for each in facts.fields),
        "Not provided: " + ", ".join(en for _, _, en in not_sent(codes)),
        "Agreeing and refusing are equally easy; refusing does not keep you from browsing and "
        "comparing.  Withdrawal leaves what was done before it lawful.",
    ]
    return "\n".join(lines) + "\n"


def _method_en(facts: SheetFacts) -> str:
    if facts.route is Route.LENDER_PAGE:
        return "you go to the recipient's own page; the platform passes no personal information"
    if facts.route is Route.VIA_CREDIT_AGENCY:
        return (
            f"sealed and carried by {facts.carrier}, which cannot open it and receives no field; "
            "only the recipient can open it"
        )
    return "sealed and sent straight to the recipient; only the recipient can open it"


def _line_en(line: FieldLine) -> str:
    known = FIELD_BY_CODE[line.code]
    if known.sensitivity is Sensitivity.SENSITIVE:
        kind = "sensitive"
        impact = "; a leak may cost you money or your identity, so you agree to it separately"
    else:
        kind, impact = "general", ""
    reason = line.reason or "necessary for online lending"
    choice = "" if known.necessary else "; you may leave it out, and tick it to provide it"
    return f"- {known.en} ({kind}): {reason}{impact}{choice}"


_COMPOSERS: dict[Locale, Callable[[SheetFacts], str]] = {"zh-hans": _zh, "en": _en}
