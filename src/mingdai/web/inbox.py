"""The development inbox: codes are shown here instead of being sent.  Not in production."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mingdai.accounts.models import InboxMessage

SHOWN = 20


@require_safe
@never_cache
def show_inbox(request: HttpRequest) -> HttpResponse:
    """The newest codes; the page does not exist where codes are really sent."""
    if settings.MINGDAI_PRODUCTION or settings.MINGDAI_CODE_SENDER != "inbox":
        raise Http404
    lines = InboxMessage.objects.order_by("-sent_at")[:SHOWN]
    return render(request, "inbox.html", {"lines": lines})
