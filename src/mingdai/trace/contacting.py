"""有人联系我: who ever had what a caller knew, since when, on which consent.

Two queries, whatever the number of disclosures.  Overlap ranks and accuses nobody: whoever had the
facts may have passed them on, and the platform and the borrower's own devices always had them.
What somebody said is never stored, of the caller a keyed hash and a masked form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mingdai.accounts.models import Borrower
from mingdai.errors import Invalid
from mingdai.gate.aliasing import find_alias
from mingdai.gate.models import Alias, Disclosure
from mingdai.trace.models import ContactReport
from mingdai.trace.parsing import domain_of
from mingdai.vault.keeping import mobile_index
from mingdai.words import FIELDS, RecipientKind

CHANNELS = {"call": "mobile", "text": "mobile", "email": "email"}
"""A channel and the field that is needed to use it."""

LEFT = Q(sent_at__isnull=False) | Q(attempts__gt=0) | Q(state=Disclosure.State.READ)


@dataclass(frozen=True, slots=True)
class Contact:
    """What the borrower says: by which channel, when, who it was, what they knew (field codes).

    `to_address` is the e-mail address it came to, "" where unknown; `caller` a number or address.
    """

    channel: str
    happened_at: datetime
    caller: str
    to_address: str
    known: frozenset[str]

    @property
    def fields(self) -> frozenset[str]:
        """What whoever got in touch must have had: the way to reach, and what they knew."""
        return self.known | {CHANNELS[self.channel]}


@dataclass(frozen=True, slots=True)
class Holder:
    """One recipient that had some of it before: `held` of what was asked, since `since`.

    `disclosure` is its first read that held any of it; `withdrawn_at` the end of that consent.
    """

    kind: RecipientKind
    id: str
    disclosure: Disclosure
    held: tuple[str, ...]
    had_all: bool
    since: datetime
    withdrawn_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Who had it, most first; the alias it came to, None where that says nothing.

    `settling` are codes of what would settle it.
    """

    asked: tuple[str, ...]
    holders: tuple[Holder, ...]
    alias: Alias | None
    settling: tuple[str, ...]


def who_had(borrower: Borrower, contact: Contact) -> Answer:
    """The answer, from disclosures that may have left before it happened.

    Raises Invalid `contact.channel` or `contact.fields` for what is not of the closed lists.
    """
    if contact.channel not in CHANNELS:
        raise Invalid(code="contact.channel", reason="not a channel", field="channel")
    asked = tuple(each.code for each in FIELDS if each.code in contact.fields)
    if len(asked) != len(contact.fields):
        raise Invalid(code="contact.fields", reason="not a field of the catalogue", field="known")
    rows = (
        Disclosure.objects.filter(LEFT, borrower=borrower, disclosed_at__lte=contact.happened_at)
        .exclude(recipient_kind=RecipientKind.BORROWER)
        .select_related("partner", "grant")
        .order_by("disclosed_at", "pk")
    )
    holders = _group(rows, asked)
    alias = _alias_of(borrower, contact.to_address)
    return Answer(asked, holders, alias, _settling(contact, alias, holders))


def report(borrower: Borrower, contact: Contact, answer: Answer, *, at: datetime) -> ContactReport:
    """Keep that it happened; nothing of what was said."""
    return ContactReport.objects.create(
        borrower=borrower,
        channel=contact.channel,
        alias=answer.alias,
        caller=_digest(contact.caller),
        caller_preview=mask_caller(contact.caller),
        fields=list(answer.asked),
        happened_at=contact.happened_at,
        reported_at=at,
    )


def mask_caller(caller: str) -> str:
    """A caller without what identifies a person: a domain, or first and last digits."""
    if "@" in caller:
        domain = domain_of(caller)
        return f"…@{domain}" if domain else ""
    digits = re.sub(r"\D", "", caller)
    if len(digits) < 7:
        return digits
    return f"{digits[:3]}…{digits[-2:]}"


def _group(rows: Iterable[Disclosure], asked: tuple[str, ...]) -> tuple[Holder, ...]:
    """One holder for each recipient, those that had most first, then those that had it longest."""
    found: dict[tuple[str, str], tuple[Disclosure, set[str], Disclosure]] = {}
    for row in rows:
        held = set(row.fields) & set(asked)
        if not held:
            continue
        key = (row.recipient_kind, row.recipient_id)
        first, known, _ = found.get(key, (row, set(), row))
        found[key] = (first, known | held, row)
    holders = [_holder(*each, asked) for each in found.values()]
    return tuple(sorted(holders, key=lambda each: (-len(each.held), each.since, each.id)))


def _holder(first: Disclosure, held: set[str], last: Disclosure, asked: tuple[str, ...]) -> Holder:
    grant = last.grant
    return Holder(
        kind=RecipientKind(first.recipient_kind),
        id=first.recipient_id,
        disclosure=first,
        held=tuple(code for code in asked if code in held),
        had_all=held == set(asked),
        since=first.disclosed_at,
        withdrawn_at=grant.withdrawn_at if grant else None,
        expires_at=grant.expires_at if grant else None,
    )


def _alias_of(borrower: Borrower, address: str) -> Alias | None:
    alias = find_alias(address) if "@" in address else None
    return alias if alias is not None and alias.borrower_id == borrower.pk else None


def _settling(
    contact: Contact, alias: Alias | None, holders: tuple[Holder, ...]
) -> tuple[str, ...]:
    """What would settle it, by code, the nearest first."""
    codes = []
    if alias is not None:
        codes.append("alias_found")
    elif contact.channel == "email":
        codes.append("alias_address")
    if not holders:
        codes.append("nobody_here")
    if contact.channel != "email":
        codes.append("phone_alias")
    return (*codes, "list", "decoy")


def _digest(caller: str) -> bytes | None:
    try:
        return mobile_index(caller)
    except Invalid:
        return None


def same_caller(caller: str) -> int:
    """How many borrowers have reported this mobile number; 0 for what is no mobile number."""
    digest = _digest(caller)
    if digest is None:
        return 0
    rows = ContactReport.objects.filter(caller=digest)
    return rows.values("borrower_id").distinct().count()
