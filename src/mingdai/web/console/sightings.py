"""线索: what was seen of copies elsewhere, for those who follow it up; never a value of a field."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mingdai.accounts.models import Staff
from mingdai.gate.aliasing import disclosure_of
from mingdai.ledger.proving import covered_size
from mingdai.partners.models import Partner
from mingdai.trace.expecting import senders_of
from mingdai.trace.grading import covers
from mingdai.trace.models import ExpectedSender, Letter, Sighting
from mingdai.web.console.admitting import Power, StaffRequest, needs_staff
from mingdai.web.console.sighting_filtering import (
    GRADES,
    filter_in,
    standing_of,
    turn,
    visible,
)
from mingdai.web.console.sighting_telling import (
    MEANS,
    MEANS_NOT,
    RELATIONS,
    SENDER_STATES,
    STANDINGS,
    grade_tone,
    grade_word,
    history,
)
from mingdai.web.sightings import ANSWER_NAMES
from mingdai.words import RecipientKind

MOST_SENDERS = 20
"""Proposed senders on the list's page; what is beyond is reached by deciding these."""

RESULTS = (("SPF", "spf"), ("DKIM", "dkim"), ("ARC", "arc"), ("DMARC", "dmarc"))


@require_safe
@needs_staff(Power.SIGHTINGS)
def show_sightings(request: StaffRequest) -> HttpResponse:
    """Proposed senders that wait, and the list by filter and page."""
    wanted = filter_in(request.GET)
    page = turn(wanted, request.staff, request.GET)
    waiting = ExpectedSender.objects.filter(state=ExpectedSender.State.PROPOSED)
    senders = waiting.select_related("partner").order_by("proposed_at", "pk")[:MOST_SENDERS]
    context = {
        "tab": "sightings",
        "wanted": wanted,
        "page": page,
        "rows": [_row(each) for each in page.rows],
        "covered": covered_size(),
        "partners": Partner.objects.filter(kind="lender").order_by("pk"),
        "grades": [(each.value, grade_word(each)) for each in GRADES],
        "standings": [(code, name) for code, (name, _tone) in STANDINGS.items()],
        "senders": [(each, RELATIONS.get(each.relation, each.relation)) for each in senders],
    }
    return render(request, "console/sightings/list.html", context)


@require_safe
@needs_staff(Power.SIGHTINGS)
def show_sighting(request: StaffRequest, sighting_id: UUID) -> HttpResponse:
    """One sighting: its grade, the evidence, the partner's answer, what happened."""
    row = get_object_or_404(visible(request.staff), pk=sighting_id)
    given = disclosure_of(row.alias)
    letter = row.letters.select_related("raw").order_by("received_at", "pk").first()
    senders = _senders_about(row)
    context = {
        "tab": "sightings",
        **_row(row),
        "given": given,
        "decoyed": _decoyed(row),
        "results": _results(letter),
        "letter": letter,
        "means": MEANS.get(row.grade, ()),
        "means_not": MEANS_NOT.get(row.grade, ()),
        "is_covered": row.entry.index is not None and row.entry.index < covered_size(),
        "answer": ANSWER_NAMES.get(row.answer, ""),
        "proposed": [each for each in senders if each.state == ExpectedSender.State.PROPOSED],
        "senders": [(each, *SENDER_STATES[each.state]) for each in senders],
        "elsewhere": written_to(row.authenticated_as),
        "steps": history(
            row, given=given, answers=row.answers.order_by("at", "pk"), senders=senders
        ),
    }
    return render(request, "console/sightings/one.html", context)


def written_to(domain: str) -> list[tuple[Partner | None, int]]:
    """How many aliases of each partner a domain provably wrote to, most first; one query or two."""
    if not domain:
        return []
    rows = Sighting.objects.filter(authenticated_as=domain).values("partner_id")
    counted = rows.annotate(aliases=Count("alias", distinct=True))
    ordered = list(counted.order_by("-aliases", "partner_id"))
    partners = Partner.objects.in_bulk({each["partner_id"] for each in ordered} - {None})
    return [(partners.get(each["partner_id"] or ""), each["aliases"]) for each in ordered]


def _row(row: Sighting) -> dict[str, object]:
    name, tone = STANDINGS[standing_of(row)]
    return {
        "row": row,
        "grade": grade_word(row.grade),
        "tone": grade_tone(row.grade),
        "standing": name,
        "standing_tone": tone,
    }


def _results(letter: Letter | None) -> list[tuple[str, str]]:
    """The checks of the first letter, in the standards' words."""
    if letter is None:
        return []
    return [(name, str(letter.verdict.get(key) or "none")) for name, key in RESULTS]


def _senders_about(row: Sighting) -> list[ExpectedSender]:
    """The partner's senders that cover the domain that wrote."""
    if not row.partner_id or not row.authenticated_as:
        return []
    known = senders_of(row.partner_id).filter(channel=row.channel)
    return [each for each in known if covers([each.domain], row.authenticated_as)]


def _decoyed(row: Sighting) -> str:
    """The log-in of the employee whose queue alone held the decoy, "" for any other sighting."""
    if row.alias.recipient_kind != RecipientKind.STAFF:
        return ""
    try:
        who = UUID(row.alias.recipient_id.removeprefix("staff:"))
    except ValueError:
        return row.alias.recipient_id
    return Staff.objects.filter(pk=who).values_list("login", flat=True).first() or ""
