"""提供记录: every read through the gate, by whom, when, on what basis; never a value of a field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingdai.accounts.models import Staff
from mingdai.gate.models import Disclosure, Notice
from mingdai.ledger.proving import covered_size
from mingdai.partners.models import Partner
from mingdai.web.console.admitting import Power, StaffRequest, needs_staff
from mingdai.web.console.filtering import filter_in, turn
from mingdai.web.console.showing import word
from mingdai.words import RecipientKind
from mingdai_proofs.entries import EntryKind


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a disclosure; `entry` is its entry's id, None for none."""

    at: datetime
    text: str
    tone: str = "done"
    entry: bytes | None = None


@require_safe
@needs_staff(Power.SEE)
def show_disclosures(request: StaffRequest) -> HttpResponse:
    """The list, by filter and page."""
    wanted = filter_in(request.GET)
    context = {
        "tab": "disclosures",
        "wanted": wanted,
        "page": turn(wanted, request.GET),
        "covered": covered_size(),
        "partners": Partner.objects.filter(kind="lender").order_by("pk"),
        "kinds": [(each.value, word("reader", each)) for each in RecipientKind],
        "states": [(each, word("delivery", each)) for each in Disclosure.State.values],
    }
    return render(request, "console/disclosures.html", context)


@require_safe
@needs_staff(Power.SEE)
def show_disclosure(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    """One disclosure: what, why, its proof, its history."""
    row = get_object_or_404(
        Disclosure.objects.select_related(
            "partner", "carrier", "grant", "entry", "outcome_entry", "ticket"
        ),
        pk=disclosure_id,
    )
    notices = list(row.notices.select_related("entry").order_by("queued_at"))
    context = {
        "tab": "disclosures",
        "row": row,
        "is_covered": row.entry.index is not None and row.entry.index < covered_size(),
        "steps": history(row, notices),
        "reader": _reader(request, row),
    }
    return render(request, "console/disclosure.html", context)


def history(row: Disclosure, notices: list[Notice]) -> list[Step]:
    """What happened to the disclosure, oldest first."""
    steps = []
    if row.grant:
        granted = bytes(row.grant.entry_id)
        steps.append(Step(row.grant.granted_at, _("借款人单独同意"), entry=granted))
        if row.grant.withdrawn_at:
            ended = row.grant.ended_entry_id
            entry = bytes(ended) if ended else None
            steps.append(Step(row.grant.withdrawn_at, _("借款人撤回同意"), "bad", entry))
    steps.append(Step(row.disclosed_at, _first(row), entry=bytes(row.entry.entry_id)))
    if row.outcome_entry:
        steps.append(_outcome(row))
    for each in notices:
        steps.extend(_noticed(each))
    return sorted(steps, key=lambda each: each.at)


def _first(row: Disclosure) -> str:
    if row.recipient_kind == RecipientKind.PARTNER:
        return _("规则全部通过，密封，写入账本")
    return _("规则全部通过，写入账本后查看")


def _outcome(row: Disclosure) -> Step:
    said = {
        EntryKind.COUNTERSIGNED: (_("送达，对方签收"), "done"),
        EntryKind.DELIVERED: (_("送达，对方没有签收"), "now"),
        EntryKind.DELIVERY_FAILED: (_("停止发送：没有送达"), "bad"),
    }
    entry = row.outcome_entry
    if entry is None:
        raise ValueError("the disclosure has no outcome")
    text, tone = said.get(EntryKind(entry.kind), (_("有了结果"), "now"))
    return Step(entry.created_at, text, tone, bytes(entry.entry_id))


def _noticed(notice: Notice) -> list[Step]:
    steps = [Step(notice.queued_at, _("要求对方删除"), "now", bytes(notice.entry.entry_id))]
    if notice.sent_at:
        steps.append(Step(notice.sent_at, _("删除通知已送达"), "now"))
    if notice.acknowledged_at:
        steps.append(Step(notice.acknowledged_at, _("对方签名确认已删除")))
    return steps


def _reader(request: StaffRequest, row: Disclosure) -> str:
    """The log-in of the employee who read, for those who may follow it up; else ""."""
    if row.recipient_kind != RecipientKind.STAFF or Power.FOLLOW not in request.powers:
        return ""
    try:
        who = UUID(row.recipient_id.removeprefix("staff:"))
    except ValueError:
        return ""
    return Staff.objects.filter(pk=who).values_list("login", flat=True).first() or ""
