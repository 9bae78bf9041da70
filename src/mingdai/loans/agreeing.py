"""Agree: compare what the borrower ticked with the sheet that was shown, and write the grant.

The wording's hash must be that of the sheet as it is now; a sensitive field needs a tick of its
own, an optional one an opt-in; nothing else of the product gets into the grant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingdai.consent.granting import GrantRequest, grant
from mingdai.consent.models import Grant
from mingdai.consent.wording import Locale, keep_wording
from mingdai.errors import Refused
from mingdai.loans.asking import Sheet, consent_sheet
from mingdai.loans.models import Application


@dataclass(frozen=True, slots=True)
class Answers:
    """What the borrower ticked on the sheet; nothing is ticked beforehand.

    `wording_id` is the hash of the text that was shown in `locale`; `extras` are the optional
    fields opted into; `sensitive` the sensitive fields agreed to one by one.
    """

    wording_id: str
    locale: Locale
    sensitive: frozenset[str]
    extras: frozenset[str] = frozenset()


def check_answers(row: Application, answers: Answers) -> Sheet:
    """The sheet that was agreed to, once the answers fit it.

    Raises Refused `cost.not_confirmed`, `consent.other_wording`, `fields.not_registered`,
    `consent.sensitive_missing` or `fields.missing`.
    """
    if row.cost_confirmed_at is None:
        raise _refused("cost.not_confirmed", row, "have the cost table read and confirmed")
    sheet = consent_sheet(row, locale=answers.locale)
    if answers.wording_id != sheet.wording_id:
        raise _refused("consent.other_wording", row, "show the sheet again as it is now")
    if not answers.extras <= sheet.optional:
        raise _refused("fields.not_registered", row, "offer only what the product registered")
    wanted = sheet.necessary | answers.extras
    if not sheet.sensitive & wanted <= answers.sensitive:
        raise _refused("consent.sensitive_missing", row, "have each sensitive field agreed to")
    given = {each.code for each in sheet.fields if each.preview}
    if not wanted <= given:
        raise _refused("fields.missing", row, "have the missing fields filled in first")
    return sheet


def give(row: Application, sheet: Sheet, answers: Answers, *, at: datetime) -> Grant:
    """The grant of exactly what was ticked, with the text that was shown."""
    fields = sheet.necessary | answers.extras
    return grant(
        GrantRequest(
            borrower=row.borrower,
            recipient=row.partner,
            carrier=row.carrier,
            application_id=row.pk,
            product_id=row.product_id,
            purpose=sheet.purpose,
            route=sheet.route,
            fields=fields,
            sensitive_agreed=answers.sensitive & sheet.sensitive & fields,
            wording=keep_wording(sheet.text, kind="consent_sheet", locale=sheet.locale, at=at),
            cost_table=row.cost_table_id,
        ),
        at=at,
    )


def _refused(code: str, application: Application, remedy: str) -> Refused:
    return Refused(code=code, reason=f"application {application.pk}: {code}", remedy=remedy)
