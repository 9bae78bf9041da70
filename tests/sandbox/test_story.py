"""The sandbox's lenders and bureau against the real gate and loans, over real HTTP."""

import base64
import secrets
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from mingdai.api import admitting
from mingdai.gate.delivering import deliver_due
from mingdai.gate.models import Disclosure, Notice
from mingdai.gate.recalling import withdraw_grant
from mingdai.gate.sealing import manifest_public_key
from mingdai.ledger.keys import policy_text
from mingdai.loans.intaking import take
from mingdai.loans.models import Application
from mingdai.loans.vouching import issue_secret, verify_event
from mingdai.partners.admitting import issue_key
from mingdai.partners.models import Partner
from mingdai.words import ActorId
from mingdai_client import api as client
from mingdai_proofs.webhooks import sign_webhook
from mingdai_sandbox.configuring import parse_config
from mingdai_sandbox.serving import TownServer, build_town
from tests.gate.world import NECESSARY, SEED, kinds, make_person, publish
from tests.loans.world import CHOICE, PRODUCT, SUBMITTED, answers_to, draft, open_shop, submit

LENDER = str(PRODUCT.lender.id)
DAY = timedelta(days=1)


@pytest.fixture
def person(db, data_folder):
    return make_person(NECESSARY | {"email"})


def lender_secrets(seed: str) -> dict:
    return {
        "id": LENDER,
        "legal_name": "示例",
        "opening_keys": [{"kid": "key-1", "seed": seed}],
        "signing_seed": seed,
        "api_key": "mk_a_b",
        "webhook_secret": "filled in by the platform",
    }


@pytest.fixture
def town(person, tmp_path):
    seed = base64.b64encode(SEED).decode()
    platform = {
        "url": "http://127.0.0.1:9",
        "policy": policy_text(),
        "manifest_key": base64.b64encode(manifest_public_key()).decode(),
    }
    config = parse_config(
        {
            "platform": platform,
            "lenders": [lender_secrets(seed)],
            "bureau": {"id": "puyuan-cb", "legal_name": "示例"},
            "folder": str(tmp_path / "sandbox"),
            "pace_s": 1,
        },
        default_folder=tmp_path,
    )
    stop = threading.Event()
    with TownServer(build_town(config, port=1), port=0, stop=stop) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        relays = {"relays": {LENDER: f"{url}/lenders/{LENDER}"}}
        bureau = replace(config, bureau=replace(config.bureau, **relays))
        server.town = replace(build_town(bureau, port=server.server_port), clock=lambda: SUBMITTED)
        once = {"protocol_version": "HTTP/1.0"}  # the gate keeps connections for the process's life
        server.RequestHandlerClass = type("Once", (server.RequestHandlerClass,), once)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        open_shop(url)
        yield server.town
        stop.set()
        server.shutdown()
        thread.join()


def send(person, yuan: int) -> Application:
    application = draft(person, replace(CHOICE, amount_fen=yuan * 100))
    submit(application, answers_to(application), at=SUBMITTED)
    publish()
    deliver_due(at=SUBMITTED)
    return Application.objects.get(pk=application.pk)


def call_back(town) -> list[tuple[str, str]]:
    """Everything in the lender's outbox, signed, verified and taken in: kind and refusal."""
    partner = Partner.objects.get(pk=LENDER)
    secret = issue_secret(partner, at=SUBMITTED, rng=lambda count: bytes(range(count))).encode()
    outbox, at, said = town.outboxes[LENDER], SUBMITTED + timedelta(minutes=1), []
    while due := outbox.next_due(at.timestamp()):
        header = sign_webhook(
            secret, event_id=due[0].event_id, at_s=int(at.timestamp()), body=due[0].body
        )
        event = verify_event(partner, header=header, body=due[0].body, at=at)
        said.append((event.kind, take(event, at=at).refused))
        outbox.finish(due[0].seq, at_s=0, answer="http.200")
    return said


def test_an_application_through_the_bureau_is_countersigned_and_paid_out_as_quoted(person, town):
    application = send(person, 10_000)

    said = call_back(town)

    application.refresh_from_db()
    assert Disclosure.objects.get().state == "countersigned"
    assert said == [
        ("received", ""),
        ("approved", ""),
        ("disbursed", ""),
        ("repayment_plan", ""),
    ]
    assert (application.status, application.drift["worse"]) == ("disbursed", 0)
    assert town.bureau.list_relayed()[0]["status"] == 202


@pytest.mark.parametrize("yuan", [10_006, 10_008])
def test_worse_terms_and_a_short_payout_show_as_drift(person, town, yuan):
    application = send(person, yuan)

    call_back(town)

    application.refresh_from_db()
    assert application.drift["worse"] == 1


def test_a_payout_nobody_asked_for_is_a_forced_loan(person, town):
    application = send(person, 10_007)

    said = call_back(town)

    application.refresh_from_db()
    assert ("disbursed", "loan.forced") in said
    assert "FORCED_LOAN" in kinds()
    assert application.status == "received"


def test_a_withdrawal_reaches_the_lender_and_is_acknowledged(person, town):
    application = send(person, 10_000)
    disclosure = str(Disclosure.objects.get().pk)

    withdraw_grant(application.grant, at=SUBMITTED + DAY)
    deliver_due(at=SUBMITTED + DAY)

    assert Notice.objects.get().acknowledged_at is not None
    assert town.desks[LENDER].store.values_of(disclosure) == {}


def test_a_lender_that_fails_once_gets_it_at_the_second_delivery(person, town):
    send(person, 10_004)

    deliver_due(at=SUBMITTED + DAY)

    assert Disclosure.objects.get().state == "countersigned"
    assert len(town.desks[LENDER].store.list_received()) == 1


def test_the_client_speaks_the_version_of_the_api_it_meets():
    assert client.VERSION == admitting.VERSION


@pytest.mark.django_db(transaction=True)
def test_the_client_reads_the_real_api(town, person, live_server):
    partner = Partner.objects.get(pk=LENDER)
    key = issue_key(partner, actor=ActorId("system"), at=timezone.now(), rng=secrets.token_bytes)
    application = send(person, 10_000)

    with client.PlatformApi(live_server.url, api_key=key, attempts=1) as api:
        me, status = api.read_me(), api.read_application(application.pk)
        policy = api.read_policy()

    assert (me.partner_id, me.sealing_keys) == (LENDER, ("key-1",))
    assert status.disclosure_id == str(Disclosure.objects.get().pk)
    assert policy == policy_text()
