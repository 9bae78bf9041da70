"""我的: what is kept of me, a copy of it, a correction, and the way out.

Masked previews need no disclosure; a copy in clear is an own view and leaves its entry.
"""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingdai.accounts.entering import leave, session_key_of
from mingdai.errors import Invalid
from mingdai.gate.disclosing import own_view
from mingdai.gate.listing import path_of
from mingdai.gate.recalling import erase_borrower
from mingdai.vault.keeping import keep, previews
from mingdai.web.filling import INPUTS, answers, questions
from mingdai.web.path import as_reader
from mingdai.web.visiting import BorrowerRequest, needs_borrower


@require_safe
@needs_borrower
def show_account(request: BorrowerRequest) -> HttpResponse:
    """Masked fields, rights, log-out."""
    kept = previews(request.borrower)
    ordered = [(code, kept[code]) for code in INPUTS if code in kept]
    return render(request, "account.html", {"tab": "account", "previews": ordered})


@require_POST
@needs_borrower
def show_copy(request: BorrowerRequest) -> HttpResponse:
    """The readable copy, made for printing."""
    now = timezone.now()
    values = _values(request)
    readers = [as_reader(row, at=now) for row in path_of(request.borrower)]
    context = {"tab": "account", "values": values.items(), "readers": readers, "at": now}
    return render(request, "copy.html", context)


@require_POST
@needs_borrower
def send_copy(request: BorrowerRequest) -> HttpResponse:
    """The same as JSON, for another service to read (PIPL Art. 45)."""
    values = _values(request)
    document = {
        "format": "mingdai-copy/1",
        "note": "contains your data",
        "made_at": timezone.now().isoformat(),
        "fields": values,
        "disclosures": [
            {
                "recipient": row.name or row.recipient_kind,
                "fields": list(row.fields),
                "purpose": row.purpose,
                "route": row.route,
                "at": row.disclosed_at.isoformat(),
                "state": row.state,
                "entry": row.entry_id.hex(),
            }
            for row in path_of(request.borrower)
        ],
    }
    body = json.dumps(document, ensure_ascii=False, indent=2)
    answer = HttpResponse(body, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="mingdai-copy-contains-your-data.json"'
    return answer


@require_http_methods(["GET", "POST"])
@needs_borrower
def correct_field(request: BorrowerRequest, code: str) -> HttpResponse:
    """Replace one field that is kept; the mobile number is the log-in and stays."""
    kept = previews(request.borrower)
    if code not in kept or code == "mobile":
        raise Http404
    problems: dict[str, str] = {}
    typed = answers(request.POST, [code]) if request.method == "POST" else {}
    if request.method == "POST" and code in typed:
        try:
            keep(request.borrower, code, typed[code], at=timezone.now())
        except Invalid as problem:
            problems = {code: problem.code}
        else:
            messages.success(request, _("已更正。"))
            return redirect("account")
    [question] = questions({code: ""}, kept, typed=typed, problems=problems)
    status = 422 if problems else 200
    return render(request, "correct.html", {"tab": "account", "q": question}, status=status)


@require_http_methods(["GET", "POST"])
@needs_borrower
def delete_account(request: BorrowerRequest) -> HttpResponse:
    """Erase: the keys go at once, consents end, recipients are told."""
    if request.method != "POST":
        return render(request, "delete.html", {"tab": "account"})
    if request.POST.get("sure") != "yes":
        return render(request, "delete.html", {"tab": "account", "problem": True}, status=422)
    erase_borrower(request.borrower, at=timezone.now())
    leave(request.session)
    return HttpResponseRedirect("/account/deleted/")


@require_safe
def show_deleted(request: BorrowerRequest) -> HttpResponse:
    """What is left after an erasure: nothing of the person."""
    return render(request, "deleted.html")


def _values(request: BorrowerRequest) -> dict[str, str]:
    """Everything kept, in clear, through the gate."""
    codes = [code for code in INPUTS if code in previews(request.borrower)]
    if not codes:
        return {}
    key = session_key_of(request.session)
    values = own_view(request.borrower.pk, codes=codes, session_key=key, at=timezone.now())
    return {code: values[code] for code in codes}
