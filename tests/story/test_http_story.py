"""The whole story over HTTP against running processes: compare, apply, check, take back."""

from __future__ import annotations

import json
import re
import signal
import time

import pytest

from tests.story.marketplace import Marketplace, wait_until
from tests.story.visitor import LENDER, PRODUCT, Visitor, application_in, receipt_in

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("story")]

NECESSARY = ["name", "mobile", "id_number", "id_valid_until", "bank_card"]


def compares(visitor: Visitor) -> None:
    offers = visitor.sees("/?amount=10000&term=12m")
    assert len(set(re.findall(r'data-offer="([\w-]+)"', offers))) >= 6
    assert f'data-offer="{PRODUCT}"' in visitor.sees(f"/offers/{PRODUCT}/?amount=10000&term=12m")
    form = visitor.http.get(f"/apply/{PRODUCT}/?amount=10000&term=12m")
    assert form.url.path == "/login/"


def applies(visitor: Visitor) -> str:
    visitor.logs_in("19900000001")
    cost = visitor.fills_in()
    application = application_in(str(cost.url))
    assert cost.url.path.endswith("/cost/")
    visitor.sends(cost.url.path, status=422)  # before the reading time is over
    time.sleep(2.1)
    sheet = visitor.sends(cost.url.path)
    assert sheet.url.path.endswith("/consent/")
    assert " checked" not in sheet.text
    visitor.agrees(application, sheet.text)
    return application


def lender_has(marketplace: Marketplace, application: str) -> dict:
    rows = [each for each in marketplace.received(LENDER) if each["application_id"] == application]
    return rows[0] if rows else {}


def proves(visitor: Visitor, receipt_url: str, tmp_path) -> None:
    """The receipt, checked offline with the policy got beforehand."""
    receipt, policy = tmp_path / "receipt.json", tmp_path / "policy"
    receipt.write_bytes(visitor.http.get(receipt_url).content)
    policy.write_text(visitor.sees("/receipts/policy"))
    words = ("-m", "mingdai_proofs", "verify", "receipt", str(receipt), "--policy", str(policy))
    code, said = visitor.marketplace.run(*words)
    assert code == 0, said


def opens(visitor: Visitor, receipt_url: str, tmp_path) -> None:
    """The openings: the borrower's own values against the entry's commitments."""
    file, policy = tmp_path / "openings.json", tmp_path / "policy"
    answer = visitor.sends(f"/receipts/{receipt_url.split('/')[2]}/openings/")
    file.write_bytes(answer.content)
    words = ("-m", "mingdai_proofs", "verify", "openings", str(file), "--policy", str(policy))
    code, said = visitor.marketplace.run(*words)
    assert code == 0, said
    found = {each["code"] for each in json.loads(answer.content)["openings"]}
    assert found == set(NECESSARY)


def withdraws(visitor: Visitor, reader: str) -> str:
    """In two taps; the termination receipt's address."""
    withdraw = re.search(r'href="(/path/grants/[0-9a-f-]{36}/withdraw/)"', visitor.sees(reader))[1]
    visitor.sees(withdraw)
    visitor.sends(withdraw)
    page = visitor.sees(reader)
    assert "/withdraw/" not in page
    found = re.findall(r'href="(/receipts/[0-9a-f]{32}/\?download=1)"', page)
    return next(each for each in found if each != receipt_in(page))


def test_a_borrower_compares_applies_is_paid_checks_and_takes_it_back(
    marketplace, visitor, tmp_path
):
    compares(visitor)
    application = applies(visitor)

    wait_until(lambda: lender_has(marketplace, application))
    wait_until(lambda: visitor.status(application) == "disbursed")
    got = lender_has(marketplace, application)
    assert sorted(got["codes"]) == sorted(NECESSARY)
    assert {each["answer"][:6] for each in got["events"] if each["answer"]} == {"http.2"}
    receipt_url = visitor.waits_for_receipt()
    proves(visitor, receipt_url, tmp_path)
    opens(visitor, receipt_url, tmp_path)

    reader = next(
        f"/path/{each}/"
        for each in re.findall(r'data-disclosure="([0-9a-f-]{36})"', visitor.sees("/path/"))
        if "/withdraw/" in visitor.sees(f"/path/{each}/")
    )
    termination = withdraws(visitor, reader)
    wait_until(lambda: visitor.http.get(termination).status_code == 200)
    proves(visitor, termination, tmp_path)
    wait_until(lambda: lender_has(marketplace, application)["deleted_at"])
    assert lender_has(marketplace, application)["values_kept"] == 0
    assert "对方签名确认已删除" in visitor.sees(reader)


def test_anybody_can_verify_the_running_log(marketplace, visitor):
    code, vkey = marketplace.run("-m", "mingdai.cli", "ledger", "vkey")
    assert code == 0
    words = ("-m", "mingdai_proofs", "verify", "ledger", f"{marketplace.url}/log/")
    code, said = marketplace.run(*words, "--vkey", vkey.strip())

    assert code == 0, said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP], ids=["ctrl-c", "hang-up"])
def test_stopping_leaves_no_process_and_the_next_start_goes_on(marketplace, visitor, number):
    visitor.applies(f"1990000004{number:d}")
    receipt_url = visitor.waits_for_receipt()
    receipt = visitor.http.get(receipt_url).json()
    assert len(marketplace.processes()) >= 5

    assert marketplace.stop(number) == 0
    assert marketplace.processes() == []
    said = marketplace.start()

    assert marketplace.url in said
    assert visitor.http.get(receipt_url).json()["entry"] == receipt["entry"]
    code, vkey = marketplace.run("-m", "mingdai.cli", "ledger", "vkey")
    assert (code, vkey.strip() in receipt["policy"]) == (0, True)
