"""End an attribution: strangers' rows dropped, result, names and answers written, all or nothing.

The list as it stays is a new sealed file; the row changes to it in the transaction that writes the
result, and the old file goes after.  Killed at any point, one of the two files belongs to nobody,
opens no more or never did, and is swept.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mingdai.accounts.bulk_ticketing import close_bulk
from mingdai.accounts.models import Staff
from mingdai.cases.attributing import Judged
from mingdai.cases.deleting import delete_list, label_of, path_of
from mingdai.cases.models import Answer, Attribution, FoundList
from mingdai.cases.queueing import mine
from mingdai.cases.spelling import digest_of
from mingdai.gate.models import BulkRead
from mingdai.partners.models import Partner
from mingdai.vault.stowing import fresh_salt, stow

TO_ANSWER = timedelta(days=10)
"""How long a named recipient has before anybody outside is told; platform policy."""


def finish(row: Attribution, read: BulkRead, judged: Judged, *, at: datetime) -> bool:
    """Write it all; False where the row is not ours any more, and then nothing changed."""
    stowed, salt = secrets.token_hex(16), fresh_salt()
    stow(judged.kept(), path_of(stowed), salt=salt, label=label_of(stowed))
    result = {**head_of(row, read, judged.record), **judged.record}
    old = row.found_list.stowed
    with transaction.atomic():
        done = mine(row).update(
            state=Attribution.State.DONE,
            said="",
            ended_at=at,
            result=result,
            result_digest=digest_of(result),
        )
        if done:
            _thin(row.found_list, stowed, salt, judged.kept_rows, at)
            close_bulk(row.ticket, at=at)
            _ask_for_answers(row, result, at)
    path_of(old if done else stowed).unlink(missing_ok=True)
    return bool(done)


def head_of(row: Attribution, read: BulkRead, record: Mapping[str, object]) -> dict[str, object]:
    """The header: case, file, entry, and what recipients are called."""
    prob = record["prob"]
    names = names_of(list(prob) if isinstance(prob, dict) else [])
    found = row.found_list
    return {
        "case": found.case.number,
        "file": f"list.{found.suffix}",
        "names": {recipient: each["name"] for recipient, each in names.items()},
        "header": {
            "attribution": str(row.pk),
            "list_sha256": found.digest,
            "received_at": found.received_at.isoformat(),
            "found_at": found.found_at.isoformat(),
            "entry": bytes(read.entry.entry_id).hex(),
            "people_compared": read.count,
            "record_set_root": bytes(read.root).hex(),
            "fields_read": list(read.fields),
            "read_at": read.disclosed_at.isoformat(),
            "recipients": names,
        },
    }


def names_of(recipients: list[str]) -> dict[str, dict[str, str]]:
    """What each recipient is: a partner by its legal names, an employee by log-in and role."""
    partners = Partner.objects.in_bulk([each for each in recipients if ":" not in each])
    people = {f"staff:{each.pk}": each for each in Staff.objects.filter(pk__in=_ids(recipients))}
    found = {}
    for each in recipients:
        firm, person = partners.get(each), people.get(each)
        if firm is not None:
            found[each] = {"kind": "partner", "name": firm.legal_name, "en": firm.legal_name_en}
        elif person is not None:
            found[each] = {"kind": "staff", "name": person.login, "role": person.role}
        else:
            found[each] = {"kind": each.partition(":")[0], "name": each}
    return found


def _ids(recipients: list[str]) -> list[UUID]:
    return [UUID(each.removeprefix("staff:")) for each in recipients if each.startswith("staff:")]


def _thin(found: FoundList, stowed: str, salt: bytes, rows: int, at: datetime) -> None:
    FoundList.objects.filter(pk=found.pk).update(stowed=stowed, salt=salt, thinned_at=at)
    found.refresh_from_db()
    if not rows:
        delete_list(found, at=at)


def _ask_for_answers(row: Attribution, result: Mapping[str, object], at: datetime) -> None:
    named = result["accuse"]
    for recipient in named if isinstance(named, list) else []:
        Answer.objects.create(
            attribution=row,
            recipient_id=recipient,
            partner=Partner.objects.filter(pk=recipient).first(),
            due_at=at + TO_ANSWER,
        )
