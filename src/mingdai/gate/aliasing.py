"""专属联系方式: a contact of its own for one recipient and one application.

The local part is drawn at random from syllables that can be read out on the phone, and says nothing
about the borrower; no address is given out twice.  What arrives at it is the mail door's business.
After its end an alias is quarantined: it still takes mail, as evidence, and nothing is passed on.
A virtual number is an alias of the channel `phone`; nothing here places calls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from mingdai.gate.marking import ALIAS_BITS
from mingdai.gate.models import Alias, Disclosure
from mingdai.words import RecipientKind

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aeio"
"""A syllable is one of each: 16 × 4 are 6 bits.  Left out: what is misread or misheard."""

SYLLABLE_BITS = 6
SYLLABLES = ceil(ALIAS_BITS / SYLLABLE_BITS)
GROUP = 3
"""Syllables between hyphens; the last group takes the rest."""

QUARANTINE = timedelta(days=3 * 366)
"""How long a contact that ended is kept from any other use: as long as the record of providing."""

FIELD_OF = {Alias.Channel.EMAIL: "email", Alias.Channel.PHONE: "mobile"}
"""Which field an alias of the channel stands in for."""

_MAY_HAVE_LEFT = Q(sent_at__isnull=False) | Q(attempts__gt=0) | Q(state=Disclosure.State.READ)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who an alias is for; `partner_id` is None for an employee's decoy."""

    kind: RecipientKind
    id: str
    partner_id: str | None


def reserve(
    borrower_id: UUID,
    *,
    partner_id: str,
    application_id: UUID,
    at: datetime,
    rng: Callable[[int], bytes],
) -> Alias:
    """The e-mail alias of this borrower for this partner and application, minted at first."""
    holder = Holder(RecipientKind.PARTNER, partner_id, partner_id)
    return mint(borrower_id, holder, application_id=application_id, at=at, rng=rng)


def mint(
    borrower_id: UUID,
    holder: Holder,
    *,
    application_id: UUID,
    at: datetime,
    rng: Callable[[int], bytes],
) -> Alias:
    """The same for any recipient."""
    alias, _ = Alias.objects.get_or_create(
        borrower_id=borrower_id,
        recipient_id=holder.id,
        application_id=application_id,
        channel=Alias.Channel.EMAIL,
        defaults={
            "local_part": pronounceable(rng),
            "domain": settings.MINGDAI_ALIAS_DOMAIN,
            "recipient_kind": holder.kind,
            "partner_id": holder.partner_id,
            "minted_at": at,
        },
    )
    return alias


def bind_number(
    borrower_id: UUID,
    holder: Holder,
    *,
    number: str,
    carrier: str,
    application_id: UUID,
    at: datetime,
) -> Alias | None:
    """Record that a carrier bound a virtual number to this borrower and recipient (AXB).

    None where the number is still bound for, or quarantined from, somebody: ask for another.
    """
    taken = Alias.objects.filter(channel=Alias.Channel.PHONE, local_part=number).filter(
        Q(quarantined_until=None) | Q(quarantined_until__gt=at)
    )
    if taken.exists():
        return None
    return Alias.objects.create(
        channel=Alias.Channel.PHONE,
        local_part=number,
        domain=carrier,
        borrower_id=borrower_id,
        recipient_kind=holder.kind,
        recipient_id=holder.id,
        partner_id=holder.partner_id,
        application_id=application_id,
        minted_at=at,
    )


def pronounceable(rng: Callable[[int], bytes]) -> str:
    """A local part of `ALIAS_BITS` random bits, such as `bakido-tenifa-sopamizo`."""
    drawn = int.from_bytes(rng(ceil(SYLLABLES * SYLLABLE_BITS / 8)), "big")
    sounds = []
    for _ in range(SYLLABLES):
        drawn, six = divmod(drawn, 1 << SYLLABLE_BITS)
        sounds.append(CONSONANTS[six // len(VOWELS)] + VOWELS[six % len(VOWELS)])
    groups = ["".join(sounds[i : i + GROUP]) for i in range(0, SYLLABLES, GROUP)]
    if len(groups[-1]) < 2 * GROUP:
        groups[-2:] = ["".join(groups[-2:])]
    return "-".join(groups)


def find_alias(address: str) -> Alias | None:
    """The e-mail alias with this address, however it is spelt in case; None for any other.

    A borrower who was erased has none any more: nothing may be kept of them.
    """
    return _with_address(address).select_related("borrower", "partner").first()


def find_alias_ids(address: str) -> tuple[int, UUID] | None:
    """The same as the ids of alias and borrower, which is all the mail door needs."""
    return _with_address(address).values_list("pk", "borrower_id").first()


def _with_address(address: str) -> QuerySet[Alias]:
    local_part, _, domain = address.strip().lower().rpartition("@")
    return Alias.objects.filter(
        channel=Alias.Channel.EMAIL,
        local_part=local_part,
        domain=domain,
        borrower__erased_at=None,
    )


def find_number(number: str, *, at: datetime) -> Alias | None:
    """The alias that a virtual number was bound for at `at`, quarantine included."""
    rows = Alias.objects.select_related("borrower", "partner").filter(
        channel=Alias.Channel.PHONE, local_part=number, minted_at__lte=at
    )
    return rows.order_by("-minted_at").first()


def address(alias: Alias) -> str:
    """The whole address; of a virtual number the number."""
    if alias.channel == Alias.Channel.PHONE:
        return alias.local_part
    return f"{alias.local_part}@{alias.domain}"


def handed_over(quoted: object) -> QuerySet[Disclosure]:
    """Disclosures that left us, or may have, with a field among those handed over.

    `quoted` is the field's code in double quotes, as it stands in the list, or an expression for
    it.  An alias is minted before the borrower agrees, who may leave the field out.
    """
    rows = Disclosure.objects.alias(codes=Cast("fields", TextField()))
    return rows.filter(_MAY_HAVE_LEFT, Q(codes__contains=quoted)).order_by("disclosed_at", "pk")


def disclosure_of(alias: Alias) -> Disclosure | None:
    """The disclosure that gave this alias out, or may have; None where it never left.

    An employee reads on a ticket, not on an application.
    """
    rows = handed_over(f'"{FIELD_OF[Alias.Channel(alias.channel)]}"').filter(
        Q(application_id=alias.application_id) | Q(recipient_kind=RecipientKind.STAFF),
        borrower_id=alias.borrower_id,
        recipient_id=alias.recipient_id,
    )
    return rows.select_related("entry").first()


def end_aliases(borrower_id: UUID, *, application_id: UUID, at: datetime) -> int:
    """Stop the aliases of one application: quarantined, and never given out again."""
    return Alias.objects.filter(
        borrower_id=borrower_id, application_id=application_id, ended_at=None
    ).update(ended_at=at, quarantined_until=at + QUARANTINE)
