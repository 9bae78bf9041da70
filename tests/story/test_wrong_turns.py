"""Every wrong turn of the story, against the running processes, with the code that refuses it."""

from __future__ import annotations

import base64
import json
import re

import pytest

from mingdai_demo.seeding import CATALOGUE
from tests.story.marketplace import wait_until
from tests.story.visitor import LENDER, Visitor, problem_in
from tests.vault.people import id_number

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("story")]


@pytest.fixture(scope="module")
def agreed(marketplace) -> str:
    """An application its lender has, with a grant that stands."""
    with Visitor(marketplace) as visitor:
        application = visitor.applies("19900000021")
        wait_until(lambda: visitor.status(application) == "disbursed")
        return application


@pytest.fixture
def insider(marketplace):
    def tries(turn: str, application: str) -> str:
        code, said = marketplace.run("-m", "tests.story.insider", turn, application)
        assert code == 0, said
        return said.splitlines()[-1]

    return tries


def test_a_person_under_18_is_refused_and_nothing_is_kept(visitor):
    visitor.logs_in("19900000022")

    answer = visitor.fills_in(status=403, id_number=id_number("20200307"))

    assert problem_in(answer) == "borrower.under_18"
    assert visitor.sees("/account/").count("/account/fields/") == 0
    assert not re.search(r"/applications/[0-9a-f-]{36}/", visitor.sees("/applications/"))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ('contacts = ["核实联系人", "To check"]', "listing.never_asked"),
        ('address = ["", ""]', "listing.over_asking"),
        ('mood = ["想看看", "To see"]', "listing.unknown_field"),
    ],
)
def test_a_product_that_asks_for_more_is_refused_its_listing(marketplace, tmp_path, asked, code):
    text = (CATALOGUE / "yunting.toml").read_text()
    greedy = text.replace("[product.fields]\n", f"[product.fields]\n{asked}\n", 1)

    assert listing_codes(marketplace, tmp_path, greedy) == {code}


def test_a_field_the_product_did_not_register_is_refused_on_the_sheet(visitor):
    visitor.logs_in("19900000023")
    application = visitor.drafts(mobile="19900000023")
    sheet = visitor.reads_cost(application)

    answer = visitor.agrees(application, sheet, extra=["address"], status=422)

    assert "data-agree" in answer.text
    assert visitor.status(application) == "draft"


def test_a_field_beyond_the_grant_is_refused_by_the_gate(insider, agreed):
    assert insider("more fields", agreed) == "consent.other_fields"


def test_a_lender_whose_licence_ended_gets_nothing(marketplace, visitor, insider, agreed):
    visitor.logs_in("19900000024")
    application = visitor.drafts(mobile="19900000024")
    sheet = visitor.reads_cost(application)
    insider("licence ends", application)
    try:
        visitor.agrees(application, sheet)
        refused = insider("again", agreed)
    finally:
        insider("licence renewed", application)

    assert refused == "recipient.unlicensed"
    assert visitor.status(application) == "refused"
    taken = [each["application_id"] for each in marketplace.received(LENDER)]
    assert application not in taken


def test_a_direct_route_to_a_bank_is_refused_by_the_gate(insider, agreed):
    assert insider("straight to a bank", agreed) == "route.direct_to_bank"


def test_another_route_than_was_agreed_to_is_refused(insider, agreed):
    assert insider("other route", agreed) == "consent.other_route"


def test_a_banks_product_with_a_direct_route_is_refused_its_listing(marketplace, tmp_path):
    text = (CATALOGUE / "baifu.toml").read_text()
    direct = text.replace('route = "via_credit_agency"', 'route = "direct"')

    assert listing_codes(marketplace, tmp_path, direct) == {"listing.direct_route"}


def listing_codes(marketplace, tmp_path, catalogue: str) -> set[str]:
    """Why `mingdai market check` refuses this lender's file."""
    file = tmp_path / "lender.toml"
    file.write_text(catalogue)
    words = ("-m", "mingdai.cli", "market", "check", str(file), "--json")
    code, said = marketplace.run(*words)
    assert code != 0
    found = json.loads(said)
    if "error" in found:
        return {found["error"]["code"]}
    return {each["code"] for row in found["products"] for each in row["refusals"]}


def test_an_application_that_is_not_in_the_ledger_is_refused_by_the_lender(insider, agreed):
    assert insider("no receipt", agreed) == "422 receipt.missing"
    assert re.fullmatch(r"422 (seal|entry|manifest)\.\w+", insider("unlogged", agreed))


def test_a_forged_receipt_verifies_nowhere(marketplace, visitor, tmp_path):
    visitor.applies("19900000025")
    receipt = visitor.http.get(visitor.waits_for_receipt()).json()
    policy = tmp_path / "policy"
    policy.write_text(visitor.sees("/receipts/policy"))
    entry = bytearray(base64.b64decode(receipt["entry"]))
    entry[-1] ^= 1
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps({**receipt, "entry": base64.b64encode(entry).decode()}))

    words = ("-m", "mingdai_proofs", "verify", "receipt", str(forged), "--policy", str(policy))
    code, said = marketplace.run(*words)

    assert code == 1
    assert re.search(r"(receipt|proof|inclusion|entry)\.\w+", said), said


def test_after_withdrawal_the_gate_refuses_and_the_lender_gets_nothing_more(
    marketplace, visitor, insider
):
    application = visitor.applies("19900000026")
    wait_until(lambda: visitor.status(application) == "disbursed")
    reader = visitor.sees(visitor.reader_url())
    visitor.sends(re.search(r'href="(/path/grants/[0-9a-f-]{36}/withdraw/)"', reader)[1])

    assert insider("again", application) == "consent.withdrawn"
    rows = [e for e in marketplace.received(LENDER) if e["application_id"] == application]
    assert len(rows) == 1
