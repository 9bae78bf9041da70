"""Try on a partner's test system which spellings its parser takes, and switch them accordingly.

For each kind a made-up person's application is written in the second form, recorded like any
disclosure, and sent to the test system; one in plain spelling goes first and must be taken.  What
the system refuses is switched off for the partner, what it takes is on.  Afterwards every trial is
withdrawn, the test system is told to delete it, and the made-up people are erased.
Not promised: that the production system is as lenient as the test system; a lender may ask at any
time to have a kind switched off by hand.
"""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingdai.accounts.models import Borrower
from mingdai.consent.granting import GrantRequest, grant
from mingdai.consent.wording import keep_wording
from mingdai.errors import Refused, Unavailable
from mingdai.gate.delivering import tell_at, try_at
from mingdai.gate.disclosing import disclose_or_record
from mingdai.gate.inventing import invent, settle_in
from mingdai.gate.marking import places_of
from mingdai.gate.marking_spellings import SPELLINGS
from mingdai.gate.models import Disclosure, Notice
from mingdai.gate.proposing import Handover
from mingdai.gate.recalling import erase_borrower, withdraw_grant
from mingdai.ledger.proving import is_covered
from mingdai.ledger.sequencing import sequence_and_publish
from mingdai.partners.conforming import Trial, keep_trials
from mingdai.partners.models import Partner
from mingdai.words import ActorId, PartnerKind, Purpose, Reason, Route

Clock = Callable[[], datetime]

WAIT_S = 30.0
"""Seconds to wait until the trials are provable; another process may be the one that sequences."""

AMOUNT = "18000.00"
REASON = "核对接口能否读懂同一内容的不同写法（虚构资料）"
PEOPLE: tuple[Mapping[str, str], ...] = (
    {
        "name": "李禾",
        "address": "云岭省明川市东湖区和平路12号(青禾苑)3栋2单元401室",
        "employer": "明川示例(东湖)科技1店有限公司",
    },
    {"name": "阿依·禾木", "address": "云岭省明川市东湖区和平路12号", "employer": "明川示例厂"},
)
"""Two people whose values have every kind of place between them."""

COMMON: Mapping[str, str] = {
    "id_valid_until": "2040-01-31",
    "bank_card": "6200000000000000000",
    "monthly_income": "5,000–8,000 元",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and for whom a run goes; `clock` is asked for each step's time."""

    partner: Partner
    endpoint: str
    actor: ActorId
    clock: Clock


def conform(setting: Setting) -> list[Trial]:
    """Try every kind; the outcomes, which are kept.

    A kind whose trial got no verdict (a time-out, a 5xx) stays as it was.  Raises Refused
    `conformance.plain_refused` where the test system does not take the plain application.
    """
    people = [_settle(each, setting.clock()) for each in PEOPLE]
    try:
        rows = _record_all(setting, people)
        _wait_for(rows.values(), setting.clock)
        trials = _send_all(setting, rows)
    finally:
        for each in people:
            _clear(each, setting)
    keep_trials(setting.partner, trials, actor=setting.actor, at=setting.clock())
    return trials


def _settle(values: Mapping[str, str], at: datetime) -> Borrower:
    """A made-up person with these values and otherwise any."""
    for _ in range(100):
        made = {**invent(secrets.token_bytes), **COMMON, **values}
        found = settle_in(made, made, at=at)
        if found is not None:
            return found
    raise Unavailable(code="conformance.no_number", reason="every made-up number is taken")


def _record_all(setting: Setting, people: list[Borrower]) -> dict[str, Disclosure]:
    """Kind -> the disclosure that tries it; "" is the plain one, which is first."""
    rows = {"": _record(setting, people[0], frozenset())}
    for each in SPELLINGS:
        for values, person in zip(PEOPLE, people, strict=True):
            text = {**COMMON, **values, "amount": AMOUNT}[each.field]
            if each.kind not in rows and places_of(each.field, text, [each.kind]):
                rows[each.kind] = _record(setting, person, frozenset({each.kind}))
    return rows


def _record(setting: Setting, person: Borrower, kinds: frozenset[str]) -> Disclosure:
    at = setting.clock()
    with transaction.atomic():
        request = _request(setting.partner, person, at)
        outcome = disclose_or_record(_handover(request, kinds, grant(request, at=at).pk), at=at)
    if isinstance(outcome, Reason):
        raise Refused.because(outcome)
    return outcome


def _request(partner: Partner, person: Borrower, at: datetime) -> GrantRequest:
    bureau = Partner.objects.filter(
        kind=PartnerKind.CREDIT_BUREAU, status=Partner.Status.ACTIVE
    ).first()
    route = Route.DIRECT if bureau is None else Route.VIA_CREDIT_AGENCY
    codes = frozenset({*COMMON, *PEOPLE[0], "mobile", "id_number"})
    fields = codes - {"monthly_income"} if bureau is None else codes
    return GrantRequest(
        borrower=person,
        recipient=partner,
        carrier=bureau,
        application_id=uuid.uuid4(),
        product_id="conformance",
        purpose=Purpose.CREDIT_DECISION,
        route=route,
        fields=fields,
        sensitive_agreed=fields & {"id_number", "bank_card", "monthly_income"},
        wording=keep_wording(REASON, kind="consent_sheet", locale="zh-hans", at=at),
    )


def _handover(request: GrantRequest, kinds: frozenset[str], grant_id: uuid.UUID) -> Handover:
    return Handover(
        borrower_id=request.borrower.pk,
        partner_id=request.recipient.pk,
        carrier_id=request.carrier.pk if request.carrier else None,
        grant_id=grant_id,
        application_id=request.application_id,
        product_id=request.product_id,
        product_version="1",
        amount=AMOUNT,
        term=12,
        term_unit="month",
        route=request.route,
        fields=request.fields,
        registered=dict.fromkeys(request.fields, REASON),
        trial=kinds,
    )


def _wait_for(rows: Iterable[Disclosure], clock: Clock) -> None:
    """Until a checkpoint covers every trial, which is when it may leave."""
    waiting, until = [each.pk for each in rows], time.monotonic() + WAIT_S
    while waiting:
        sequence_and_publish(holder="conformance", at=clock())
        fresh = Disclosure.objects.select_related("entry").filter(pk__in=waiting)
        waiting = [each.pk for each in fresh if not is_covered(each.entry)]
        if waiting and time.monotonic() > until:
            raise Unavailable(
                code="ledger.not_covered", reason=f"{len(waiting)} trials are not provable yet"
            )
        if waiting:
            time.sleep(0.05)


def _send_all(setting: Setting, rows: Mapping[str, Disclosure]) -> list[Trial]:
    trials = []
    for kind, row in rows.items():
        answer = try_at(_fresh(row), setting.endpoint, at=setting.clock())
        if kind:
            trials.append(Trial(kind, answer.verdict == "taken", answer.problem or "taken"))
        elif answer.verdict != "taken":
            raise Refused(
                code="conformance.plain_refused",
                reason=f"the test system answered {answer.problem} to a plain application",
                remedy="check its address, and that it trusts this platform's log and key",
            )
    return [each for each in trials if each.on or each.why.startswith("http.4")]


def _fresh(row: Disclosure) -> Disclosure:
    related = ("grant", "partner", "carrier", "entry", "envelope")
    return Disclosure.objects.select_related(*related).get(pk=row.pk)


def _clear(person: Borrower, setting: Setting) -> None:
    """Withdraw and erase; the test system, not the partner's production, is told to delete."""
    at = setting.clock()
    with transaction.atomic():
        notices = [
            notice
            for each in person.grants.filter(withdrawn_at=None)
            for notice in withdraw_grant(each, at=at).notices
        ]
        erase_borrower(person, at=at)
        told = Notice.objects.filter(disclosure__borrower=person)
        told.update(next_attempt_at=None)
    for each in told.select_related("disclosure", "partner", "entry").filter(
        pk__in=[notice.pk for notice in notices]
    ):
        tell_at(each, setting.endpoint, at=at)
