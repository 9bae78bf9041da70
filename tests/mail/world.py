"""A borrower whose lender got an alias, and letters judged without a door."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass

from mingdai.accounts.models import Borrower
from mingdai.gate.aliasing import Holder, address, mint
from mingdai.gate.decoying import Placement, register
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Alias, Disclosure
from mingdai.mail.addressing import Target, find_target
from mingdai.mail.authenticating import Envelope
from mingdai.mail.judging import Checks, judge_due
from mingdai.mail.queueing import Arrival, store
from mingdai.partners.models import Partner
from mingdai.trace.expecting import register_sender
from mingdai.trace.models import Letter
from mingdai.words import ActorId, RecipientKind
from tests.conftest import NOON
from tests.gate.world import NECESSARY, give_grant, handover_of, make_lender, make_person
from tests.mail.post import HERE, envelope, resolver

FIELDS = NECESSARY | {"email"}
SYSTEM = ActorId("system")
MAILBOX = "jia@mailbox.example"


@dataclass
class Post:
    """One alias of one borrower, given to one lender."""

    borrower: Borrower
    lender: Partner
    alias: Alias
    disclosure: Disclosure

    @property
    def address(self) -> str:
        return address(self.alias)

    def arrive(self, raw: bytes, *, mail_from: str, ip: str = HERE, to: str = "", at=NOON) -> None:
        """The message is in the queue, as the door leaves it."""
        put(raw, to or self.address, envelope(mail_from, ip), at=at)

    def judged(self, raw: bytes, *, mail_from: str, ip: str = HERE, at=NOON) -> Letter:
        """The letter after judging."""
        self.arrive(raw, mail_from=mail_from, ip=ip, at=at)
        [letter] = judge_due(Checks(resolver()), at=at)
        return Letter.objects.select_related("sighting", "alias").get(pk=letter.pk)


def put(raw: bytes, to: str, sent: Envelope, *, at=NOON) -> None:
    target = find_target(to)
    assert target is not None
    store([arrival(target, raw, to, sent)], at=at)


def arrival(target: Target, raw: bytes, to: str, sent: Envelope) -> Arrival:
    described = {"ip": sent.ip, "helo": sent.helo, "mail_from": sent.mail_from, "rcpt_to": to}
    return Arrival(target, described, raw)


def make_post(*, email: str = MAILBOX, mobile: str = "19900000001", lender: Partner | None = None):
    """A disclosure on its way, its alias, and the lender's registered domain."""
    borrower = make_person(FIELDS, email=email, mobile=mobile)
    lender = lender or make_lender()
    given = give_grant(borrower, lender, fields=FIELDS)
    disclosure = disclose_to_partner(handover_of(given), at=NOON)
    Disclosure.objects.filter(pk=disclosure.pk).update(attempts=1, sent_at=NOON)
    register_sender(lender.pk, "heyan.example", actor=SYSTEM, at=NOON)
    alias = Alias.objects.get(borrower=borrower, partner=lender)
    return Post(borrower, lender, alias, disclosure)


def make_decoy(lender: Partner) -> Alias:
    """An alias of a made-up borrower, placed with this lender."""
    borrower = make_person(FIELDS, mobile="19900000099")
    holder = Holder(RecipientKind.PARTNER, lender.pk, lender.pk)
    application = uuid.uuid4()
    register(
        Placement(
            str(borrower.pk), "partner", lender.pk, str(application), SYSTEM, NOON.isoformat()
        )
    )
    return mint(borrower.pk, holder, application_id=application, at=NOON, rng=secrets.token_bytes)
