"""Ask for an attribution, approve it as the second person.

Asking fixes what the columns are taken for; exactly the fields they need are read, and no others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from mingdai.accounts.bulk_ticketing import BulkRequest, approve_bulk, ask_for_bulk
from mingdai.accounts.models import Staff
from mingdai.cases.columns import fields_of, mapping_of
from mingdai.cases.models import Attribution, FoundList
from mingdai.cases.opening import require_open
from mingdai.errors import Invalid, Refused

OPEN = (Attribution.State.WAITING, Attribution.State.QUEUED, Attribution.State.RUNNING)


def ask(
    row: FoundList, chosen: Mapping[int, Sequence[str]], *, staff: Staff, at: datetime
) -> Attribution:
    """Ask for the attribution of a list whose columns are taken for `chosen` (from 0).

    Raises Refused `case.closed`, `list.deleted`, `list.unread`, `list.thinned` or `list.asked`,
    Invalid `list.columns`, `list.no_columns` or `list.no_key`, and what asking for a bulk ticket
    raises.
    """
    require_open(row.case)
    mapping = mapping_of(chosen)
    emails = any(each["emails"] for each in row.understood.get("columns", []))
    _require_key(mapping, has_emails=emails)
    with transaction.atomic():
        fresh = FoundList.objects.select_for_update(of=("self",)).get(pk=row.pk)
        _require_ready(fresh)
        request = BulkRequest(row.case_id, fields_of(mapping), row.case.number)
        ticket = ask_for_bulk(staff, request, at=at)
        return Attribution.objects.create(
            found_list=fresh, ticket=ticket, mapping=mapping, asked_at=at
        )


def approve(attribution: Attribution, *, staff: Staff, at: datetime) -> None:
    """Approve it as the second person; it goes into the queue.

    Raises Refused `bulk.same_person`, `ticket.closed`, `ticket.no_assignee` or `case.closed`.
    """
    require_open(attribution.found_list.case)
    with transaction.atomic():
        approve_bulk(attribution.ticket, staff, at=at)
        Attribution.objects.filter(pk=attribution.pk, state=Attribution.State.WAITING).update(
            state=Attribution.State.QUEUED
        )
    attribution.refresh_from_db()


def _require_key(mapping: Mapping[str, Sequence[int]], *, has_emails: bool) -> None:
    """Something has to single a person out: a number, a name with more, or an alias."""
    if not mapping and not has_emails:
        raise Invalid(code="list.no_columns", reason="no column is compared", field="columns")
    more = mapping.keys() & {"city", "address", "amount"}
    if not (mapping.keys() & {"mobile", "id_no"} or ("name" in mapping and more) or has_emails):
        raise Invalid(code="list.no_key", reason="no column singles people out", field="columns")


def _require_ready(row: FoundList) -> None:
    code = ""
    if row.state == FoundList.State.DELETED:
        code = "list.deleted"
    elif row.state != FoundList.State.READ:
        code = "list.unread"
    elif row.thinned_at is not None:
        code = "list.thinned"
    elif row.attributions.filter(state__in=OPEN).exists():
        code = "list.asked"
    if code:
        raise Refused(
            code=code,
            reason=f"found list {row.pk} cannot be attributed now",
            remedy="see the case; a list whose strangers were dropped is received anew",
        )
