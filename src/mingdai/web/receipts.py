"""Hand out proofs: a receipt to anyone who knows its entry's id, openings to their borrower only.

A receipt holds no value and no key.  The openings file holds the borrower's values as sent; making
it is an own view with its own entry, so it is asked for by a POST.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mingdai.accounts.entering import session_key_of
from mingdai.gate.exporting import openings_file, receipt_file
from mingdai.gate.models import Disclosure
from mingdai.ledger.keys import policy_text
from mingdai.ledger.models import LedgerEntry
from mingdai.web.visiting import BorrowerRequest, needs_borrower


@require_safe
@never_cache
def send_receipt(request: HttpRequest, entry_id: str) -> HttpResponse:
    """The receipt of one entry (`mingdai-receipt/1`); `?download=1` makes it a file."""
    entry = get_object_or_404(LedgerEntry, entry_id=_id(entry_id))
    answer = HttpResponse(receipt_file(entry).encode(), content_type="application/json")
    if "download" in request.GET:
        name = f"mingdai-receipt-{entry_id[:12]}.json"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@never_cache
def send_policy(request: HttpRequest) -> HttpResponse:
    """The log's trust policy, in the form of C2SP tlog-policy."""
    return HttpResponse(policy_text(), content_type="text/plain; charset=utf-8")


@require_POST
@needs_borrower
def send_openings(request: BorrowerRequest, entry_id: str) -> HttpResponse:
    """The borrower's openings of one disclosure to a partner."""
    disclosure = get_object_or_404(
        Disclosure.objects.select_related("entry"),
        borrower=request.borrower,
        partner__isnull=False,
        entry__entry_id=_id(entry_id),
    )
    file = openings_file(disclosure, session_key=session_key_of(request.session), at=timezone.now())
    answer = HttpResponse(file.encode(), content_type="application/json")
    name = f"mingdai-openings-contains-your-data-{entry_id[:12]}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _id(text: str) -> bytes:
    try:
        found = bytes.fromhex(text)
    except ValueError as problem:
        raise Http404 from problem
    if len(found) != 16:
        raise Http404
    return found
