"""有人联系我: say who called, wrote or sent a text and what they knew; see at once who ever had it.

What was typed is answered and not stored; of the caller a masked form and a keyed hash are kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mingdai.gate.aliasing import address, disclosure_of
from mingdai.trace.contacting import (
    CHANNELS,
    Answer,
    Contact,
    Holder,
    report,
    same_caller,
    who_had,
)
from mingdai.web.sightings import partner_name
from mingdai.web.visiting import BorrowerRequest, needs_borrower
from mingdai.words import FIELDS, RecipientKind

LONGEST = 120
"""Characters of a number or an address."""

CHANNEL_NAMES: dict[str, Promise] = {
    "call": gettext_lazy("电话"),
    "text": gettext_lazy("短信"),
    "email": gettext_lazy("邮件"),
}
SETTLING: dict[str, Promise] = {
    "alias_found": gettext_lazy("这个地址只给过一家，见上面：这是最强的线索。"),
    "alias_address": gettext_lazy("看邮件的“收件人”，把专属地址填上来：一个地址只给过一家。"),
    "nobody_here": gettext_lazy(
        "这些资料没有从这里提供给任何机构：更可能来自别处。保留录音或截图，可向公安机关或监管部门投诉。"
    ),
    "phone_alias": gettext_lazy(
        "号码是同一个给了大家的，只凭号码分不出是谁。以后用专属号码（隐私号）的机构可以分出来。"
    ),
    "list": gettext_lazy("如果找到对方手里的名单，可以逐行比对每一份副本的写法。"),
    "decoy": gettext_lazy("只放在一处的诱饵记录如果也被联系，就能定位到那一处。"),
}


@require_http_methods(["GET", "POST"])
@needs_borrower
def show_contact(request: BorrowerRequest) -> HttpResponse:
    """The question, and after it the answer on the same page."""
    now = timezone.now()
    if request.method != "POST":
        return render(request, "contact.html", _form({}, "", now))
    contact = _read(request, now)
    if contact is None:
        typed = {key: request.POST.get(key, "") for key in ("channel", "when", "caller", "to")}
        page = _form(typed, _("请选择怎么联系您的，并检查时间。"), now)
        return render(request, "contact.html", page, status=422)
    answer = who_had(request.borrower, contact)
    report(request.borrower, contact, answer, at=now)
    return render(request, "contact_answer.html", _shown(contact, answer))


def _form(typed: dict[str, str], problem: str, now: datetime) -> dict[str, object]:
    return {
        "tab": "path",
        "channels": list(CHANNEL_NAMES.items()),
        "fields": [each.code for each in FIELDS if each.code not in {"mobile", "email"}],
        "typed": {"channel": "call", "when": f"{localtime(now):%Y-%m-%dT%H:%M}", **typed},
        "problem": problem,
        "longest": LONGEST,
    }


def _read(request: BorrowerRequest, now: datetime) -> Contact | None:
    """What was asked; None where it cannot be answered."""
    channel = request.POST.get("channel", "")
    at = _moment(request.POST.get("when", ""), now)
    known = frozenset(request.POST.getlist("known"))
    if channel not in CHANNELS or at is None or not known <= {each.code for each in FIELDS}:
        return None
    return Contact(
        channel=channel,
        happened_at=at,
        caller=request.POST.get("caller", "").strip()[:LONGEST],
        to_address=request.POST.get("to", "").strip()[:LONGEST],
        known=known,
    )


def _moment(text: str, now: datetime) -> datetime | None:
    """The local time that was typed; now for nothing, None for nonsense and the future."""
    if not text.strip():
        return now
    try:
        found = parse_datetime(text.strip())
        at = None if found is None else make_aware(found) if found.tzinfo is None else found
    except (ValueError, OverflowError):
        return None
    return at if at is not None and at <= now + timedelta(minutes=1) else None


def _shown(contact: Contact, answer: Answer) -> dict[str, object]:
    given = disclosure_of(answer.alias) if answer.alias else None
    return {
        "tab": "path",
        "asked": answer.asked,
        "channel": CHANNEL_NAMES[contact.channel],
        "at": contact.happened_at,
        "holders": [_line(each) for each in answer.holders],
        "alias": address(answer.alias) if answer.alias else "",
        "alias_lender": partner_name(answer.alias.partner) if answer.alias else "",
        "given": given,
        "others": max(0, same_caller(contact.caller) - 1),
        "settling": [SETTLING[code] for code in answer.settling],
    }


def _line(holder: Holder) -> dict[str, object]:
    names = {
        RecipientKind.STAFF: _("平台工作人员"),
        RecipientKind.REGULATOR: _("监管部门"),
    }
    is_partner = holder.kind is RecipientKind.PARTNER
    partner = holder.disclosure.partner
    return {
        "name": partner_name(partner) if is_partner else names.get(holder.kind, holder.id),
        "holder": holder,
        "held": list(holder.held),
        "url": reverse("reader", args=[holder.disclosure.pk]),
    }
