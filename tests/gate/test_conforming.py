"""Against the sandbox's lender over HTTP, which verifies, opens and parses what it is sent."""

import base64
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.utils import timezone

from mingdai.accounts.models import Borrower
from mingdai.errors import Refused
from mingdai.gate.conforming import Setting, conform
from mingdai.gate.delivering import deliver_due
from mingdai.gate.marking_spellings import SPELLINGS
from mingdai.gate.models import Disclosure, Notice
from mingdai.gate.sealing import manifest_public_key
from mingdai.ledger.keys import policy_text
from mingdai.ledger.models import LedgerEntry
from mingdai.partners.conforming import kinds_taken
from mingdai.partners.models import Partner, PartnerChange
from mingdai.words import ActorId
from mingdai_proofs.entries import EntryKind
from mingdai_sandbox.configuring import parse_config
from mingdai_sandbox.serving import TownServer, build_town
from tests.gate.world import SEED, make_bureau, make_lender, publish

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = ActorId("staff:1")
KINDS = {each.kind for each in SPELLINGS}


@dataclass
class System:
    """A lender's test system: where it answers, and what it took in."""

    url: str
    store: object


@contextmanager
def lender_system(tmp_path, strict=None, manifest_key=None):
    seed = base64.b64encode(SEED).decode()
    raw = {
        "platform": {
            "url": "http://127.0.0.1:9",
            "policy": policy_text(),
            "manifest_key": base64.b64encode(manifest_key or manifest_public_key()).decode(),
        },
        "lenders": [
            {
                "id": "heyan-ml",
                "legal_name": "禾岩示例小额贷款有限公司",
                "opening_keys": [{"kid": "key-1", "seed": seed}],
                "signing_seed": seed,
                "api_key": "mk_test",
                "webhook_secret": "a webhook secret of these tests",
                "strict": strict or {},
            }
        ],
        "bureau": {"id": "puyuan-cb", "legal_name": "朴远示例征信有限公司"},
    }
    town = build_town(parse_config(raw, default_folder=tmp_path / "sandbox"), port=0)
    with TownServer(town, port=0, stop=threading.Event()) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/lenders/heyan-ml"
        yield System(url, town.desks["heyan-ml"].store)
        server.shutdown()
        thread.join()


@pytest.fixture
def partner(data_folder) -> Partner:
    publish(timezone.now())
    make_bureau()
    return make_lender()


def run(partner: Partner, url: str):
    return conform(Setting(partner, url, ACTOR, timezone.now))


def test_a_lenient_parser_gets_every_kind_but_the_one_no_amount_may_have(partner, tmp_path):
    with lender_system(tmp_path) as system:
        trials = run(partner, system.url)

    assert {each.kind for each in trials} == KINDS
    assert kinds_taken(Partner.objects.get(pk=partner.pk)) == KINDS - {"amount.comma"}


def test_what_a_strict_parser_refuses_is_switched_off_and_says_why(partner, tmp_path):
    strict = {
        "id_valid_until": r"\d{4}-\d{2}-\d{2}|长期",
        "address": r"[^０-９]*",
        "name": r"\S+",
    }
    with lender_system(tmp_path, strict) as system:
        run(partner, system.url)

    stored = Partner.objects.get(pk=partner.pk)
    refused = {"id_valid_until.dot", "address.width", "name.space", "amount.comma"}
    assert kinds_taken(stored) == KINDS - refused
    assert {stored.spellings[each]["why"] for each in refused} == {"http.422"}
    assert PartnerChange.objects.get(act="spellings").actor == ACTOR


def test_a_later_run_switches_off_what_the_parser_no_longer_takes(partner, tmp_path):
    with lender_system(tmp_path / "one") as system:
        run(partner, system.url)
    with lender_system(tmp_path / "two", {"address": r"[^ ]*"}) as system:
        run(partner, system.url)

    taken = kinds_taken(Partner.objects.get(pk=partner.pk))
    assert not {"address.province", "address.city", "address.district"} & taken
    assert "address.width" in taken


def test_everything_is_recorded_then_withdrawn_deleted_and_erased(partner, tmp_path):
    with lender_system(tmp_path) as system:
        run(partner, system.url)
        kept = [system.store.values_of(each.disclosure_id) for each in system.store.list_received()]

    kinds = list(LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds.count(EntryKind.DISCLOSED) == len(KINDS) + 1
    assert len(kept) == len(KINDS)
    assert not any(kept)
    assert not Borrower.objects.filter(erased_at=None).exists()
    assert Notice.objects.exclude(acknowledged_at=None).count() == len(kept)


def test_the_partners_production_gets_nothing(partner, tmp_path):
    with lender_system(tmp_path) as system:
        run(partner, system.url)

    tried = deliver_due(at=timezone.now())

    assert tried == 0
    assert not Disclosure.objects.exclude(next_attempt_at=None).exists()
    assert not Notice.objects.exclude(next_attempt_at=None).exists()


def test_a_system_that_does_not_trust_us_changes_nothing(partner, tmp_path):
    with (
        lender_system(tmp_path, manifest_key=bytes(32)) as system,
        pytest.raises(Refused) as caught,
    ):
        run(partner, system.url)

    assert caught.value.code == "conformance.plain_refused"
    assert Partner.objects.get(pk=partner.pk).spellings == {}
    assert not Borrower.objects.filter(erased_at=None).exists()


def test_no_trial_tells_a_value_of_a_real_person(partner, tmp_path):
    with lender_system(tmp_path) as system:
        run(partner, system.url)
    codes = {code for row in Disclosure.objects.all() for code in row.fields}

    assert {"id_number", "bank_card", "address"} <= codes
    assert re.fullmatch(r"heyan-ml", Disclosure.objects.first().recipient_id)
