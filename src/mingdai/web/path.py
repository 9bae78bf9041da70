"""资料去向: who has my data, which fields, when, on which consent, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mingdai.accounts.models import Ticket
from mingdai.consent.models import Grant
from mingdai.gate.including import bulk_reads_of, inclusion_file
from mingdai.gate.listing import NoticeRow, PathRow, ProofStatus, path_of
from mingdai.gate.recalling import withdraw_grant
from mingdai.web.mapping import Stop, draw_map
from mingdai.web.showing import NAMES
from mingdai.web.visiting import BorrowerRequest, needs_borrower
from mingdai.words import RecipientKind

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@require_safe
@needs_borrower
def show_path(request: BorrowerRequest) -> HttpResponse:
    """The map and the list."""
    now = timezone.now()
    rows = path_of(request.borrower)
    readers = [as_reader(row, at=now) for row in rows]
    context = {
        "tab": "path",
        "readers": readers,
        "map": draw_map(_stops(rows, now)),
        "bulk_reads": bulk_reads_of(request.borrower),
    }
    return render(request, "path.html", context)


@require_safe
@needs_borrower
def send_record(request: BorrowerRequest, read_id: UUID) -> HttpResponse:
    """The borrower's own record in a bulk read, with what proves it (docs/protocol.md)."""
    answer = JsonResponse(inclusion_file(read_id, request.borrower))
    answer["Content-Disposition"] = 'attachment; filename="mingdai-bulk-record.json"'
    return answer


@require_safe
@needs_borrower
def show_reader(request: BorrowerRequest, disclosure_id: UUID) -> HttpResponse:
    """One reader: everything about this disclosure, its proof, and the way back."""
    rows = [row for row in path_of(request.borrower) if row.disclosure_id == disclosure_id]
    if not rows:
        raise Http404
    context = {
        "tab": "path",
        "r": as_reader(rows[0], at=timezone.now()),
        "ticket_reason": _ticket_reason(rows[0]),
        "witness_text": witness_text(),
    }
    return render(request, "reader.html", context)


@require_http_methods(["GET", "POST"])
@needs_borrower
def withdraw_consent(request: BorrowerRequest, grant_id: UUID) -> HttpResponse:
    """The second tap: say what it does, then do it."""
    grant = get_object_or_404(
        Grant.objects.select_related("recipient"), pk=grant_id, borrower=request.borrower
    )
    if request.method != "POST":
        return render(request, "withdraw.html", {"tab": "path", "grant": grant})
    ended = withdraw_grant(grant, at=timezone.now())
    messages.success(request, _withdrawn(cancelled=ended.cancelled, told=len(ended.notices)))
    return HttpResponseRedirect(_after(grant))


def as_reader(row: PathRow, *, at: datetime) -> dict[str, object]:
    """What the templates show of one row; no value is in it."""
    state, tone = _state(row, at)
    return {
        "row": row,
        "name": reader_name(row),
        "carrier": carrier_name(row),
        "fields": list(row.fields),
        "at": row.disclosed_at,
        "state": state,
        "tone": tone,
        "basis": _basis(row),
        "is_proven": row.proof is ProofStatus.PROVABLE,
        "is_partner": row.recipient_kind == RecipientKind.PARTNER,
        "entry_hex": row.entry_id.hex(),
        "ended_hex": row.terminated_entry_id.hex() if row.terminated_entry_id else "",
        "notices": [_notice(each, at) for each in row.notices],
        "can_withdraw": row.can_withdraw,
        "url": reverse("reader", args=[row.disclosure_id]),
    }


def reader_name(row: PathRow) -> str:
    """Who read: a legal name, or what a reader inside is called."""
    if row.recipient_kind == RecipientKind.PARTNER:
        return row.name_en if row.name_en and get_language() == "en" else row.name
    names = {
        RecipientKind.BORROWER: _("本人查看"),
        RecipientKind.STAFF: _("平台工作人员"),
        RecipientKind.REGULATOR: _("监管部门"),
    }
    return names[RecipientKind(row.recipient_kind)]


def carrier_name(row: PathRow) -> str:
    """Who relayed the sealed bytes, in the page's language; "" for nobody."""
    return row.carrier_en if row.carrier_en and get_language() == "en" else row.carrier


def witness_text() -> str:
    """Who witnesses the log, said honestly: one on this machine proves nothing by itself."""
    if not settings.MINGDAI_WITNESSES:
        return _("这个账本没有见证方：只有平台自己的签名，不构成独立证明。")
    if all(urlsplit(url).hostname in LOOPBACK for _name, _key, url in settings.MINGDAI_WITNESSES):
        return _("见证方由平台自己运行：不构成独立证明。")
    return _("账本由外部见证方副署：平台改写历史，他们会发现。")


def _state(row: PathRow, at: datetime) -> tuple[str, str]:
    if row.withdrawn_at:
        if row.state == "cancelled":
            return _("已撤回，没有发出"), ""
        return _("已撤回"), ""
    if row.expires_at and row.expires_at <= at and row.state != "cancelled":
        return _("同意已到期"), ""
    tones = {"countersigned": "tag-good", "read": "tag-blue", "dead": "tag-bad"}
    return str(NAMES["delivery"][row.state]), tones.get(row.state, "tag-warn")


def _basis(row: PathRow) -> str:
    if row.grant_id:
        return "consent"
    is_own = row.recipient_kind == RecipientKind.BORROWER
    return "right_of_access" if is_own else "statutory_duty"


def _stops(rows: Iterable[PathRow], at: datetime) -> list[Stop]:
    """One stop for each recipient and carrier; live if any of its rows still is."""
    found: dict[tuple[str, str], Stop] = {}
    for row in rows:
        is_ended = bool(row.withdrawn_at) or row.state in {"cancelled", "dead"}
        is_live = not is_ended and not (row.expires_at and row.expires_at <= at)
        name = reader_name(row)
        carrier = carrier_name(row)
        known = found.get((name, carrier))
        found[name, carrier] = Stop(
            name=name,
            carrier=carrier,
            count=max(len(row.fields), known.count if known else 0),
            is_live=is_live or (known.is_live if known else False),
        )
    return list(found.values())


def _notice(notice: NoticeRow, at: datetime) -> str:
    if notice.acknowledged_at:
        return _("%(at)s 对方签名确认已删除") % {"at": _short(notice.acknowledged_at)}
    if notice.due_at <= at:
        return _("已超过期限 %(at)s，对方还没有确认删除") % {"at": _short(notice.due_at)}
    if notice.sent_at:
        return _("已通知对方删除，%(at)s 前应确认") % {"at": _short(notice.due_at)}
    return _("删除通知正在发送，%(at)s 前应确认") % {"at": _short(notice.due_at)}


def _short(at: datetime) -> str:
    return date_format(localtime(at), "Y-m-d H:i")


def _ticket_reason(row: PathRow) -> str:
    if row.ticket_id is None:
        return ""
    return Ticket.objects.values_list("reason", flat=True).get(pk=row.ticket_id)


def _withdrawn(*, cancelled: int, told: int) -> str:
    said = [_("已撤回同意，不会再发送。终止凭证稍后可以下载。")]
    if cancelled:
        said.append(_("还没发出的已取消。"))
    if told:
        said.append(_("已向对方发出删除通知。"))
    return "".join(said) if get_language() != "en" else " ".join(said)


def _after(grant: Grant) -> str:
    read = grant.disclosures.order_by("-disclosed_at").first()
    return reverse("reader", args=[read.pk]) if read else reverse("path")
