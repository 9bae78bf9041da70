"""How values look on a page: money, rates, names of the closed lists, icons.

A template library (loaded as a builtin), so that no template formats money by itself.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django import template
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mingdai.market.schedules import Span
from mingdai.web.sentences import sentence
from mingdai.words import FIELD_BY_CODE, NEVER_ASKED, Sensitivity

register = template.Library()

NAMES: dict[str, dict[str, Promise | str]] = {
    "licence": {
        "bank": _("商业银行"),
        "consumer_finance": _("消费金融公司"),
        "small_loan": _("小额贷款公司"),
        "trust": _("信托公司"),
        "guarantee": _("融资担保公司"),
        "credit_reporting": _("征信机构"),
        "none": _("无牌照"),
    },
    "purpose": {
        "credit_decision": _("审核这一笔借款申请"),
        "onward_transfer": _("转交给另一家机构"),
        "own_view": _("本人查看"),
        "case_handling": _("处理投诉或工单"),
        "relay": _("把来信转寄给本人"),
        "supervision": _("监管检查"),
    },
    "basis": {
        "consent": _("本人单独同意"),
        "right_of_access": _("本人查阅权"),
        "statutory_duty": _("法定职责"),
    },
    "route": {
        "lender_page": _("跳到机构自己的页面，平台不传资料"),
        "via_credit_agency": _("经持牌征信机构传递"),
        "direct": _("平台直接传给机构"),
        "inside": _("平台内部"),
    },
    "method": {
        "equal_instalment": _("等额本息"),
        "equal_principal": _("等额本金"),
        "interest_first": _("先息后本"),
        "lump_sum": _("到期一次还本付息"),
    },
    "fee": {
        "interest": _("利息"),
        "service": _("服务费"),
        "guarantee": _("担保费"),
        "insurance": _("保险费"),
        "membership": _("会员费"),
    },
    "timing": {
        "deducted": _("放款时扣下"),
        "upfront": _("放款当天付"),
        "per_period": _("每期随还款付"),
        "at_end": _("最后一期付"),
    },
    "status": {
        "draft": _("还没提交"),
        "consented": _("已同意，等待发送"),
        "sent": _("已发送，等待对方签收"),
        "received": _("机构已收到，正在审核"),
        "need_documents": _("机构需要补充材料"),
        "approved": _("机构已批准"),
        "rejected": _("机构没有批准"),
        "disbursed": _("已放款"),
        "closed": _("已结清"),
        "withdrawn": _("您已撤回同意"),
        "declined": _("您没有同意发送"),
        "refused": _("规则拒绝发送，没有资料发出"),
        "failed": _("没有送达"),
    },
    "step": {
        "started": _("开始申请"),
        "cost_confirmed": _("确认看过综合融资成本明示表"),
        "declined": _("没有同意发送"),
        "consented": _("单独同意发给这一家"),
        "withdrawn": _("撤回同意"),
        "refused": _("规则拒绝发送，没有资料发出"),
        "disclosed": _("密封，写入公开账本，等待发送"),
        "delivered": _("送达，对方没有签收"),
        "countersigned": _("送达，对方签收"),
        "delivery_failed": _("没有送达"),
        "received": _("机构已收到"),
        "need_documents": _("机构需要补充材料"),
        "approved": _("机构批准"),
        "rejected": _("机构没有批准"),
        "disbursed": _("机构放款"),
        "repayment_plan": _("机构发来还款计划"),
        "closed": _("结清"),
    },
    "delivery": {
        "read": _("已查看"),
        "queued": _("等待发送"),
        "sent": _("已发送"),
        "countersigned": _("对方已签收"),
        "dead": _("没有送达"),
        "cancelled": _("已取消，没有发出"),
    },
    "flag": {
        "over_24": _("年化超过 24%"),
        "over_36": _("年化超过 36%"),
        "net_below_nominal": _("到手少于合同金额"),
        "under_90_days": _("短于 90 天"),
        "short_and_over_36": _("超短期高息"),
    },
}
"""What the closed lists' codes are called."""


@register.filter
def yuan(fen: int | None) -> str:
    """Money in fen as `¥10,482.72`; whole yuan without decimals."""
    if fen is None:
        return "—"
    whole, rest = divmod(abs(fen), 100)
    text = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    return f"{'-' if fen < 0 else ''}¥{text}"


@register.filter
def thousands(yuan_count: int) -> str:
    """Whole yuan with separators: `10,000`."""
    return f"{yuan_count:,}"


@register.filter
def pct(bps: int | None) -> str:
    """A rate in hundredths of a percent as `8.80%`."""
    return "—" if bps is None else f"{Decimal(bps) / 100:,.2f}%"


@register.simple_tag
def called(kind: str, code: str) -> str:
    """The name of `code` in the closed list `kind`; an unknown code stands for itself."""
    return str(NAMES[kind].get(str(code), code))


@register.filter
def field_name(code: str) -> str:
    """A field code's name in the page's language."""
    known = FIELD_BY_CODE.get(code)
    if known is None:
        return code
    return known.en if get_language() == "en" else known.zh


@register.filter
def is_sensitive(code: str) -> bool:
    """Whether the field is sensitive personal information (敏感)."""
    known = FIELD_BY_CODE.get(code)
    return known is not None and known.sensitivity is Sensitivity.SENSITIVE


@register.filter
def field_names(codes: list[str]) -> str:
    """Several field names in one phrase."""
    return (", " if get_language() == "en" else "、").join(field_name(each) for each in codes)


@register.simple_tag
def never_asked() -> str:
    """The kinds no product may ask for, in one phrase."""
    english = get_language() == "en"
    names = [en.lower() if english else zh for _code, zh, en in NEVER_ASKED]
    return (", " if english else "、").join(names)


@register.simple_tag
def in_term(term: int, unit: str) -> str:
    """`12 个月`, `14 天`."""
    if unit == "day":
        return gettext("%(count)s 天") % {"count": term}
    return gettext("%(count)s 个月") % {"count": term}


@register.simple_tag
def span_of(span: Span) -> str:
    """A length as `12 个月` or `30 天`."""
    return in_term(span.months, "month") if span.months else in_term(span.days, "day")


@register.filter
def both(pair: dict[str, str]) -> str:
    """The half of a `{"zh": …, "en": …}` pair for the page's language."""
    return pair["en" if get_language() == "en" and pair["en"] else "zh"]


@register.filter
def firm(partner: object) -> str:
    """A partner's legal name in the page's language (the Chinese one where no other is known)."""
    english = getattr(partner, "legal_name_en", "")
    return english if english and get_language() == "en" else getattr(partner, "legal_name", "")


@register.filter
def short_firm(partner: object) -> str:
    """A partner's short Chinese name; in English its legal name, as it has no short one."""
    return firm(partner) if get_language() == "en" else getattr(partner, "short_name", "")


@register.filter
def spaced(value: str) -> str:
    """A masked value with its run of asterisks shortened, so that it fits a phone."""
    runs = [(mark, "".join(run)) for mark, run in groupby(value)]
    return "".join("****" if mark == "*" and len(run) > 4 else run for mark, run in runs)


@register.filter
def told(code: str) -> str:
    """The sentence of a stable code."""
    return sentence(code)


@register.filter
def iso(at: datetime | date | None) -> str:
    """A time as ISO 8601 for `<time datetime>`."""
    return at.isoformat() if at else ""


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """A picture of the sprite; it says nothing to a screen reader."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("img/icons.svg"),
        name,
    )
