"""线索: this address was only ever given to one lender, and somebody else wrote to it.

The page never says who leaked: the copy was the one given to a lender, and the platform's own
database, mail door and staff, and the borrower's own devices, held it too.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingdai.gate.aliasing import address, disclosure_of
from mingdai.ledger.proving import is_covered
from mingdai.partners.models import Partner
from mingdai.trace.letters import letters_of, sightings_of
from mingdai.trace.models import Grade, Sighting
from mingdai.web.visiting import BorrowerRequest, needs_borrower

GRADES: dict[str, tuple[Promise, str]] = {
    "expected": (gettext_lazy("是这家机构发的"), "tag-good"),
    "authenticated_other": (gettext_lazy("别人发的，发件人属实"), "tag-bad"),
    "unauthenticated": (gettext_lazy("无法证实发件人，可能是冒充"), "tag-bad"),
    "unbound": (gettext_lazy("地址已停用，仍有人写信"), "tag-warn"),
    "decoy": (gettext_lazy("诱饵地址收到的信"), "tag-bad"),
}
"""What a grade is called, and the class that colours it."""

ANSWER_NAMES: dict[str, Promise] = {
    "our_service": gettext_lazy("是本机构委托的服务商发的"),
    "our_affiliate": gettext_lazy("是本机构的关联公司发的"),
    "not_ours": gettext_lazy("与本机构无关"),
    "investigating": gettext_lazy("正在调查"),
}


@require_safe
@needs_borrower
def show_sighting(request: BorrowerRequest, sighting_id: UUID) -> HttpResponse:
    """One sighting: what is known, the proof, who else held the address, what would settle it."""
    found = sightings_of(request.borrower).filter(pk=sighting_id).first()
    if found is None:
        raise Http404
    letters = letters_of(request.borrower).filter(sighting=found)[:20]
    context = {
        "tab": "path",
        "s": as_sighting(found),
        "letters": letters,
        "given": disclosure_of(found.alias),
        "entry_hex": bytes(found.entry.entry_id).hex(),
        "is_proven": is_covered(found.entry),
    }
    return render(request, "sighting.html", context)


def as_sighting(sighting: Sighting) -> dict[str, object]:
    """What the pages show of one sighting."""
    return {
        "row": sighting,
        "address": address(sighting.alias),
        "lender": partner_name(sighting.partner),
        "grade": grade_name(sighting.grade),
        "tone": grade_tone(sighting.grade),
        "headline": _headline(sighting),
        "sentence": _sentence(sighting),
        "answer": str(ANSWER_NAMES.get(sighting.answer, "")),
        "url": reverse("sighting", args=[sighting.pk]),
    }


def grade_name(grade: str) -> str:
    """What a grade is called."""
    return str(GRADES[grade][0]) if grade in GRADES else grade


def grade_tone(grade: str) -> str:
    """The class that colours a grade."""
    return GRADES[grade][1] if grade in GRADES else ""


def partner_name(partner: Partner | None) -> str:
    """A partner's legal name in the page's language; of an employee's decoy, what it is."""
    if partner is None:
        return _("平台内部")
    english = get_language() == "en" and partner.legal_name_en
    return partner.legal_name_en if english else partner.legal_name


def _headline(sighting: Sighting) -> str:
    """What happened, in one line, and no more than is known."""
    names = {"lender": partner_name(sighting.partner)}
    if sighting.grade == Grade.UNBOUND:
        return _("留给%(lender)s的地址已停用或从没发出，却收到了信") % names
    if sighting.authenticated_as:
        return _("只给过%(lender)s的地址，收到了别人的信") % names
    return _("只给过%(lender)s的地址，收到了无法证实的信") % names


def _sentence(sighting: Sighting) -> str:
    """Who wrote, as far as it is proven."""
    names = {"who": sighting.authenticated_as, "claimed": sighting.sender_domain or _("（没有写）")}
    if sighting.authenticated_as:
        return _("证实由 %(who)s 发出。") % names
    return _("自称来自 %(claimed)s，没有任何证明。") % names
