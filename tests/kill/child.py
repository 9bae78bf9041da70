"""A process of its own that works on a demo world, stopped where the test says: PLACE WORDS….

`watch` puts the stop at PLACE in force; the other words act as the doors do, with the door's clock.
"""

from __future__ import annotations

import json
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from mingdai.accounts.models import Borrower  # noqa: E402
from mingdai.cli.main import main as mingdai  # noqa: E402
from mingdai.cli.worker import duties  # noqa: E402
from mingdai.consent.models import Grant  # noqa: E402
from mingdai.gate.models import Disclosure, Notice  # noqa: E402
from mingdai.gate.recalling import withdraw_grant  # noqa: E402
from mingdai.ledger.models import LedgerEntry, SequencerLease  # noqa: E402
from mingdai.ledger.placing import is_all_covered  # noqa: E402
from mingdai.ledger.proving import covered_size  # noqa: E402
from mingdai.ledger.sequencing import sequence_and_publish  # noqa: E402
from mingdai.loans.agreeing import Answers  # noqa: E402
from mingdai.loans.applying import Choice, confirm_cost, show_cost, start, submit  # noqa: E402
from mingdai.loans.asking import consent_sheet  # noqa: E402
from mingdai.loans.models import Application  # noqa: E402
from mingdai.market.schedules import Repayment, Span  # noqa: E402
from mingdai.vault.keeping import keep, mobile_index  # noqa: E402
from mingdai_demo.seeding import Addresses, seed  # noqa: E402
from mingdai_proofs.entries import EntryKind  # noqa: E402
from mingdai_proofs.merkle import leaf_hash  # noqa: E402
from tests.kill.stopping import stop_at  # noqa: E402
from tests.vault.people import VALUES  # noqa: E402

PATIENCE_S = 50.0
NECESSARY = ("name", "mobile", "id_number", "id_valid_until", "bank_card")


def make_world(platform: str, sandbox: str) -> None:
    """The demo's lenders, bureau and products; tables first."""
    call_command("migrate", verbosity=0)
    seed(Addresses(platform=platform, sandbox=sandbox), at=timezone.now())


def make_draft(yuan: int) -> None:
    """One person, one application whose cost table was read and confirmed."""
    at = timezone.now()
    index = mobile_index(VALUES["mobile"])
    borrower, _ = Borrower.objects.get_or_create(mobile_index=index, defaults={"created_at": at})
    for code in NECESSARY:
        keep(borrower, code, VALUES[code], at=at)
    choice = Choice("yunting-qingxiang", yuan * 100, Span(months=12), Repayment.EQUAL_INSTALMENT)
    application = start(borrower, choice, at=at)
    show_cost(application, at=at)
    confirm_cost(application, at=timezone.now())


def agree(yuan: int) -> None:
    """The borrower ticks everything necessary; nothing to do where that was done before."""
    application = Application.objects.get(amount_fen=yuan * 100)
    if application.status == Application.Status.DRAFT:
        sheet = consent_sheet(application, locale="zh-hans")
        ticked = sheet.sensitive - sheet.optional
        answers = Answers(sheet.wording_id, "zh-hans", sensitive=ticked)
        submit(application, answers, at=timezone.now())


def publish() -> None:
    """Until every entry is provable; nothing is sent."""
    _until(lambda: is_all_covered(covered_size()), _sequence)


def rest() -> None:
    """Until this process's lease has run out, so that the next one places at once."""
    lease = SequencerLease.objects.filter
    _until(lambda: not lease(until__gt=timezone.now()).exists(), lambda: None)


def settle() -> None:
    """The worker's duties until nothing is left to do."""
    work = duties(timezone.now())
    _until(_is_quiet, lambda: [each.run(timezone.now()) for each in work])


def tell() -> None:
    """One JSON line of everything that is in the database: ids, kinds and states, no values."""
    sys.stdout.write(json.dumps({"entries": _entries(), **_rows()}) + "\n")
    sys.stdout.flush()


def _sequence() -> None:
    sequence_and_publish(holder="child", at=timezone.now())


def _is_quiet() -> bool:
    waiting = Disclosure.objects.filter(state=Disclosure.State.QUEUED)
    unanswered = Notice.objects.filter(acknowledged_at=None)
    return not waiting.exists() and not unanswered.exists() and is_all_covered(covered_size())


def _until(condition, act) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("it never came to rest")
        act()
        time.sleep(0.01)


def _entries() -> list[dict[str, object]]:
    return [
        {
            "id": bytes(each.entry_id).hex(),
            "kind": EntryKind(each.kind).name,
            "index": each.index,
            "leaf": leaf_hash(bytes(each.data)).hex(),
        }
        for each in LedgerEntry.objects.order_by("pk")
    ]


def _rows() -> dict[str, object]:
    """Which rows name which entries, by the kind the entry must have."""
    applications = list(Application.objects.all())
    named = [("COST_CONFIRMED", each.cost_entry_id) for each in applications]
    for grant in Grant.objects.all():
        named += [("GRANTED", grant.entry_id), ("WITHDRAWN", grant.ended_entry_id)]
        named += [("TERMINATED", grant.terminated_entry_id)]
    disclosures = Disclosure.objects.select_related("entry", "outcome_entry")
    for row in disclosures:
        named.append(("DISCLOSED", row.entry.entry_id))
        if row.outcome_entry is not None:
            named.append(("COUNTERSIGNED", row.outcome_entry.entry_id))
    named += [
        ("NOTICE_ACCEPTED", each.accepted_entry.entry_id)
        for each in Notice.objects.select_related("accepted_entry")
        if each.accepted_entry is not None
    ]
    return {
        "named": sorted([kind, bytes(key).hex()] for kind, key in named if key is not None),
        "applications": {each.amount_fen // 100: each.status for each in applications},
        "disclosures": {str(each.pk): each.state for each in disclosures},
        "withdrawn": Grant.objects.filter(withdrawn_at__isnull=False).count(),
        "notices": Notice.objects.count(),
        "acknowledged": Notice.objects.filter(acknowledged_at__isnull=False).count(),
    }


def main(place: str, words: list[str]) -> None:
    while words:
        match words.pop(0):
            case "seed":
                make_world(words.pop(0), words.pop(0))
            case "draft":
                make_draft(int(words.pop(0)))
            case "watch":
                stop_at(place)
            case "submit":
                agree(int(words.pop(0)))
            case "publish":
                publish()
            case "rest":
                rest()
            case "resume":
                mingdai(["gate", "resume"])
            case "worker":
                mingdai(["worker", "--pause-ms", "10"])
            case "settle":
                settle()
            case "withdraw":
                withdraw_grant(Grant.objects.get(), at=timezone.now())
            case "tell":
                tell()
            case other:
                sys.exit(f"unknown word {other}")


main(sys.argv[1], sys.argv[2:])
