"""What the API shows of rows: ids, codes, amounts and times, never a person's field."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from mingdai.api.admitting import VERSION
from mingdai.errors import Refused
from mingdai.loans.following import status_of
from mingdai.loans.models import Application
from mingdai.partners.models import Partner


def describe_me(partner: Partner, *, at: datetime) -> dict[str, object]:
    """The partner, with the ids of its sealing keys in force."""
    keys = partner.sealing_keys.filter(not_before__lte=at)
    current = keys.filter(Q(not_after=None) | Q(not_after__gt=at)).order_by("-not_before")
    return {
        "partner_id": partner.pk,
        "legal_name": partner.legal_name,
        "kind": partner.kind,
        "status": partner.status,
        "sealing_keys": list(current.values_list("kid", flat=True)),
        "version": VERSION,
    }


def describe_application(row: Application) -> dict[str, object]:
    """An application as its lender sees it.  Raises Refused where nobody agreed to it yet."""
    grant = row.grant
    if grant is None:
        raise Refused(code="application.not_granted", reason=f"application {row.pk} is a draft")
    return {
        "application_id": row.pk,
        "disclosure_id": row.disclosure_id,
        "status": status_of(row),
        "product_id": row.product_id,
        "amount": f"{row.amount_fen // 100}.{row.amount_fen % 100:02d}",
        "term": row.term,
        "term_unit": row.term_unit,
        "route": row.route,
        "grant": {
            "grant_id": grant.pk,
            "fields": list(grant.fields),
            "granted_at": grant.granted_at,
            "expires_at": grant.expires_at,
            "withdrawn_at": grant.withdrawn_at,
        },
        "updated_at": row.updated_at,
    }
