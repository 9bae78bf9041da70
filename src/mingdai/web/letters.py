"""来信: what arrived at the borrower's aliases, one letter to read, and the relay switch.

A letter is shown as text alone: no picture is fetched, no link can be followed by mistake.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingdai.accounts.entering import session_key_of
from mingdai.consent.relaying import TEXT, is_on, setting_of, switch_off, switch_on
from mingdai.consent.wording import Locale, keep_wording
from mingdai.errors import Refused
from mingdai.gate.aliasing import address
from mingdai.gate.letters import read_own_letter
from mingdai.trace.letters import letter_of, letters_of, sightings_of, unpack
from mingdai.trace.models import Letter
from mingdai.trace.parsing import Head, Reading, read_text
from mingdai.vault.keeping import previews
from mingdai.web.sightings import as_sighting, grade_name, grade_tone, partner_name
from mingdai.web.visiting import BorrowerRequest, needs_borrower

SHOWN = 50

STATES: dict[str, Promise] = {
    "held": gettext_lazy("在这里看"),
    "relaying": gettext_lazy("正在转寄"),
    "relayed": gettext_lazy("已转寄"),
    "bounced": gettext_lazy("邮箱拒收，在这里看"),
}


@require_safe
@needs_borrower
def show_letters(request: BorrowerRequest) -> HttpResponse:
    """Sightings first, then every letter; the relay switch."""
    now = timezone.now()
    setting = setting_of(request.borrower.pk)
    page = Paginator(letters_of(request.borrower), SHOWN).get_page(request.GET.get("page"))
    context = {
        "tab": "path",
        "sightings": [as_sighting(each) for each in sightings_of(request.borrower)[:SHOWN]],
        "letters": [_line(each) for each in page],
        "page": page,
        "setting": setting,
        "is_on": is_on(setting, at=now),
        "mailbox": previews(request.borrower).get("email", ""),
        "wording": TEXT[_locale()],
    }
    return render(request, "letters.html", context)


@require_safe
@needs_borrower
def show_letter(request: BorrowerRequest, letter_id: UUID) -> HttpResponse:
    """One letter: who provably sent it on top, its text below."""
    letter = letter_of(request.borrower, letter_id)
    if letter is None:
        raise Http404
    head = _head(request, letter)
    reading = _reading(request, letter)
    if letter.read_at is None and reading is not None:
        Letter.objects.filter(pk=letter.pk).update(read_at=timezone.now())
    context = {
        "tab": "path",
        "letter": letter,
        "line": _line(letter),
        "head": head,
        "reading": reading,
        "sighting": as_sighting(letter.sighting) if letter.sighting else None,
        "vouched": letter.verdict.get("authenticated", ""),
    }
    return render(request, "letter.html", context)


@require_POST
@needs_borrower
def switch_relay(request: BorrowerRequest) -> HttpResponse:
    """On with the text that was shown, or off."""
    now = timezone.now()
    if request.POST.get("relay") != "on":
        switch_off(request.borrower, at=now)
        messages.success(request, _("转寄已关闭。信件在这里看。"))
    elif "email" not in previews(request.borrower):
        messages.error(request, _("还没有保存您的邮箱，先在“我的”里填写。"))
    else:
        locale = _locale()
        wording = keep_wording(TEXT[locale], kind="relay", locale=locale, at=now)
        switch_on(request.borrower, wording=wording, at=now)
        messages.success(request, _("转寄已打开。"))
    return redirect("letters")


def _line(letter: Letter) -> dict[str, object]:
    """What a list shows of one letter; nothing of its content."""
    return {
        "letter": letter,
        "domain": letter.sender_domain,
        "lender": partner_name(letter.alias.partner),
        "address": address(letter.alias),
        "grade": grade_name(letter.grade),
        "tone": grade_tone(letter.grade),
        "state": STATES.get(letter.state, letter.state),
    }


def _head(request: BorrowerRequest, letter: Letter) -> Head:
    """Subject and sender while they are kept, read as the text is, under the same entry."""
    data = _own(request, letter, letter.head_id) if letter.head_id else None
    return Head() if data is None else Head.decode(data)


def _reading(request: BorrowerRequest, letter: Letter) -> Reading | None:
    """The text; None once the letter was passed on or has ended."""
    data = _own(request, letter, letter.raw_id)
    return None if data is None else read_text(unpack(data)[1])


def _own(request: BorrowerRequest, letter: Letter, blob_id: UUID) -> bytes | None:
    """What is filed, an own view with its entry; None where it has come to its end."""
    try:
        return read_own_letter(
            request.borrower.pk,
            letter_id=letter.pk,
            blob_id=blob_id,
            session_key=session_key_of(request.session),
            at=timezone.now(),
        )
    except Refused as refused:
        if refused.code != "vault.blob_gone":
            raise
        return None


def _locale() -> Locale:
    return "en" if get_language() == "en" else "zh-hans"
