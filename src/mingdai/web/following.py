"""我的申请: each application, where it stands, what comes next, what differs from the quote."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingdai.loans.following import Step, status_of, timeline
from mingdai.loans.intaking import FORCED
from mingdai.loans.models import Application
from mingdai.web.applying import name_of, own_application
from mingdai.web.sentences import sentence
from mingdai.web.showing import pct, yuan
from mingdai.web.visiting import BorrowerRequest, needs_borrower

Status = Application.Status

TONES: dict[str, str] = {
    Status.APPROVED: "tag-good",
    Status.DISBURSED: "tag-good",
    Status.REJECTED: "tag-bad",
    Status.REFUSED: "tag-bad",
    Status.FAILED: "tag-bad",
    Status.WITHDRAWN: "",
    Status.DECLINED: "",
    Status.CLOSED: "",
}
MOVING = frozenset({Status.CONSENTED, Status.SENT, Status.RECEIVED, Status.APPROVED})
"""States in which the page asks again by itself."""

WORSE = frozenset({"delivery_failed", "refused", "rejected"})


@require_safe
@needs_borrower
def show_applications(request: BorrowerRequest) -> HttpResponse:
    """All of them, newest first."""
    rows = (
        Application.objects.filter(borrower=request.borrower)
        .select_related("product", "partner", "grant", "disclosure")
        .order_by("-created_at")
    )
    context = {"tab": "applications", "applications": [_summary(each) for each in rows]}
    return render(request, "applications.html", context)


@require_safe
@needs_borrower
def show_application(request: BorrowerRequest, application_id: UUID) -> HttpResponse:
    """One application: its timeline, what the lender decided, and where the data is."""
    application = own_application(request, application_id)
    steps = timeline(application)
    status = status_of(application)
    reader = application.disclosure_id
    context = {
        "tab": "applications",
        "application": application,
        "product_name": name_of(application),
        "status": status,
        "tone": TONES.get(status, "tag-blue"),
        "next_step": next_step(status),
        "draft_url": _draft_url(application) if status == Status.DRAFT else "",
        "steps": [_shown(step) for step in steps],
        "forced_loan": any(FORCED in step.flags for step in steps),
        "drift": drift_lines(application),
        "plan": application.plan.order_by("number"),
        "is_moving": status in MOVING,
        "reader_url": reverse("reader", args=[reader]) if reader else "",
    }
    return render(request, "application.html", context)


def next_step(status: str) -> str:
    """What happens or is to be done next, "" where nothing is."""
    return {
        Status.DRAFT: _("接着填完；在您同意之前，资料不会发出。"),
        Status.CONSENTED: _("条目进入公开账本的检查点之后，自动发给机构，一般几秒钟。"),
        Status.SENT: _("等机构审核。机构可能会按它登记的电话联系您。"),
        Status.RECEIVED: _("等机构审核。机构可能会按它登记的电话联系您。"),
        Status.NEED_DOCUMENTS: _("机构需要补充材料，请直接与机构联系；平台不代收材料。"),
        Status.APPROVED: _(
            "看清最终条件，再到机构那里决定是否用款。没有您确认就放款，会记为强制放款。"
        ),
        Status.DISBURSED: _("按还款计划还款；和约定不一样时，可拨打机构投诉电话或 12378。"),
        Status.REFUSED: _("没有资料发出，这次同意已经结束。原因写在进度里；您可以重新选择产品。"),
        Status.FAILED: _("没有送达。您可以撤回同意，或重新选择产品。"),
        Status.REJECTED: _("您可以撤回同意，要求机构删除资料；也可以比较其他产品。"),
    }.get(Status(status), "")


def drift_lines(application: Application) -> list[dict[str, str]]:
    """Quoted and actual side by side, where the borrower is worse off; otherwise nothing."""
    if not application.drift.get("worse"):
        return []
    quoted, actual = application.quoted, application.actual
    lines = (
        (_("真实年化（单利）"), "simple_bps", pct),
        (_("还款总额"), "total_repaid_fen", yuan),
        (_("实际到手"), "net_received_fen", yuan),
    )
    return [
        {"label": label, "quoted": look(quoted.get(name)), "actual": look(actual.get(name))}
        for label, name, look in lines
    ]


def _summary(application: Application) -> dict[str, object]:
    status = status_of(application)
    url = reverse("application", args=[application.pk])
    return {
        "application": application,
        "name": name_of(application),
        "status": status,
        "tone": TONES.get(status, "tag-blue"),
        "next_step": next_step(status),
        "url": _draft_url(application) if status == Status.DRAFT else url,
    }


def _draft_url(application: Application) -> str:
    step = "consent" if application.cost_confirmed_at else "cost"
    return reverse(step, args=[application.pk])


def _shown(step: Step) -> dict[str, object]:
    refused = [flag for flag in step.flags if flag != "drift.worse"]
    bad = bool(refused) or step.code in WORSE
    return {
        "code": step.code,
        "at": step.at,
        "tone": "bad" if bad else "done",
        "detail": sentence(refused[0]) if refused else "",
        "entry_hex": step.entry_id.hex() if step.entry_id else "",
    }
