"""写法: which spellings a partner's parser takes, why the others are off, and switching one off.

Trials run from the command line (`mingdai partner conformance`), since they talk to the partner's
test system; here a compliance officer sees the outcome and may switch a kind off at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingdai.gate.marking_spellings import KINDS
from mingdai.partners.conforming import switch_off
from mingdai.partners.models import Partner
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff

LABELS: dict[str, tuple[Promise, str, str]] = {
    "name.space": (gettext_lazy("两字姓名中间空一格"), "李禾", "李　禾"),
    "name.dot": (gettext_lazy("姓名间隔号"), "阿依·禾木", "阿依•禾木"),
    "id_valid_until.dot": (gettext_lazy("日期分隔"), "2036-01-31", "2036.01.31"),
    "address.order": (gettext_lazy("小区名的位置"), "12号(青禾苑)3栋", "12号3栋(青禾苑)"),
    "address.building": (gettext_lazy("楼栋单元"), "3栋2单元401室", "3-2-401"),
    "address.number": (gettext_lazy("门牌号"), "和平路12号", "和平路№12"),
    "address.province": (gettext_lazy("省后空格"), "云岭省明川市", "云岭省 明川市"),
    "address.city": (gettext_lazy("市后空格"), "明川市东湖区", "明川市 东湖区"),
    "address.district": (gettext_lazy("区县后空格"), "东湖区和平路", "东湖区 和平路"),
    "address.bracket": (gettext_lazy("地址括号全角"), "(青禾苑)", "（青禾苑）"),
    "address.width": (gettext_lazy("地址数字全角"), "12号", "１２号"),
    "employer.company": (gettext_lazy("公司后缀"), "有限公司", "有限责任公司"),
    "employer.bracket": (gettext_lazy("单位括号全角"), "(明川)", "（明川）"),
    "employer.width": (gettext_lazy("单位字母数字全角"), "A1店", "Ａ１店"),
    "monthly_income.comma": (gettext_lazy("收入千分位"), "5,000", "5000"),
    "monthly_income.dash": (gettext_lazy("收入区间号"), "5,000–8,000", "5,000-8,000"),
    "amount.cents": (gettext_lazy("金额角分"), "8000.00", "8000"),
    "amount.comma": (gettext_lazy("金额千分位"), "8000.00", "8,000.00"),
    "send.block": (gettext_lazy("发送时间"), "12:00:01", "12:00:11"),
}
"""Each kind's name and its two forms, for a made-up value."""


@dataclass(frozen=True, slots=True)
class SpellingRow:
    """One kind as the partner's page shows it; `tried_at` is None where it never was."""

    kind: str
    label: str
    plain: str
    other: str
    on: bool
    why: str
    tried_at: datetime | None


def spelling_rows(partner: Partner) -> list[SpellingRow]:
    """Every kind, tried or not, in the order of writing."""
    rows = []
    for kind in KINDS:
        state = partner.spellings.get(kind, {})
        label, plain, other = LABELS[kind]
        at = datetime.fromisoformat(state["at"]) if "at" in state else None
        on = bool(state.get("on"))
        rows.append(SpellingRow(kind, str(label), plain, other, on, state.get("why", ""), at))
    return rows


@require_POST
@needs_staff(Power.GOVERN)
def switch_spelling(request: StaffRequest, partner_id: str, kind: str) -> HttpResponse:
    """Switch one kind off, because the partner asked or something broke."""
    partner = get_object_or_404(Partner, pk=partner_id)
    switch_off(
        partner,
        kind,
        reason=f"{kind}: off by hand",
        actor=actor_of(request.staff),
        at=timezone.now(),
    )
    messages.success(request, _("已停用，下一次提供起不再这样写。"))
    return redirect("console-partner", partner.pk)
