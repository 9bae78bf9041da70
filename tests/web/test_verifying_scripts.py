"""The browser's verifier against the offline one: on every receipt both say the same."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from mingdai_proofs.commitments import commitment_key
from mingdai_proofs.encodings import encode_base64
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.policies import Policy
from mingdai_proofs.receipts import Receipt, verify_receipt
from tests.proofs.mutations import damage
from tests.proofs.worlds import LOG, OTHER_LOG, SUBJECT_KEY, WITNESS, make_entry, written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLASSICAL = Policy.parse(
    f"log {LOG.verifier.vkey}\nwitness w1 {WITNESS.verifier.vkey}\nquorum w1\n"
)
MUTATIONS = 300
VALUES = {"name": "示例甲", "mobile": "19900000003"}

CHECK = """
async ({ receipts, policyText, openings, before }) => {
  if (before) eval(before);
  const { checkReceipt } = await import("/static/js/proofs/receipts.js");
  const found = [];
  for (const receipt of receipts) {
    const steps = [];
    const report = (step, state) => steps.push(`${step}.${state}`);
    const verdict = await checkReceipt({ receipt, policyText, openings }, report);
    found.push([verdict, steps]);
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def log():
    return written(300)


@pytest.fixture
def check(page, live_server):
    page.goto(f"{live_server.url}/static/js/page.js")

    def run(receipts, **given):
        return page.evaluate(CHECK, {"receipts": [each.as_json() for each in receipts], **given})

    return run


def classical(log, index: int) -> Receipt:
    ledger, entries = log
    return replace(ledger.receipt(index, entries[index]), policy=CLASSICAL.text)


def opening_of(code: str, value: str) -> dict[str, str]:
    key = commitment_key(SUBJECT_KEY, make_entry(3).entry_id, code)
    return {"code": code, "value": value, "key": encode_base64(key)}


def test_a_good_receipt_is_verified_step_by_step(log, check):
    [[verdict, steps]] = check([classical(log, 3)])

    assert verdict == "verified"
    assert steps == [
        "entry.good",
        "leaf.good",
        "path.good",
        "root.good",
        "policy.good",
        "signature.good",
        "witness.good",
    ]


def test_every_place_in_a_log_verifies(log, check):
    found = check([classical(log, index) for index in (0, 1, 127, 255, 256, 298, 299)])

    assert {verdict for verdict, _ in found} == {"verified"}


def test_a_cosignature_no_browser_can_check_is_never_called_verified(log, check):
    ledger, entries = log

    [[verdict, steps]] = check([ledger.receipt(3, entries[3])])

    assert verdict == "hashes_only"
    assert "witness.unsure" in steps


def test_a_browser_without_ed25519_checks_hashes_only_and_says_so(log, check):
    broken = (
        "const real = crypto.subtle.importKey.bind(crypto.subtle);"
        "crypto.subtle.importKey = (form, key, kind, ...rest) => kind.name === 'Ed25519'"
        " ? Promise.reject(new Error('not supported')) : real(form, key, kind, ...rest)"
    )

    [[verdict, steps]] = check([classical(log, 3)], before=broken)

    assert verdict == "hashes_only"
    assert {"root.good", "signature.unsure", "witness.unsure"} <= set(steps)


def test_a_receipt_under_another_policy_is_flawed(log, check):
    other = CLASSICAL.text.replace(LOG.verifier.vkey, OTHER_LOG.verifier.vkey)

    [[verdict, _]] = check([classical(log, 3)], policyText=other)

    assert verdict == "flawed"


def test_the_values_of_an_openings_file_are_checked(log, check):
    receipt = classical(log, 3)
    openings = {"receipt": receipt.as_json(), "openings": [opening_of(*p) for p in VALUES.items()]}

    [[verdict, steps]] = check([receipt], openings=openings)

    assert (verdict, steps[-1]) == ("verified", "values.good")


def test_another_value_than_the_one_recorded_is_flawed(log, check):
    receipt = classical(log, 3)
    openings = {"receipt": receipt.as_json(), "openings": [opening_of("name", "示例乙")]}

    [[verdict, steps]] = check([receipt], openings=openings)

    assert (verdict, steps[-1]) == ("flawed", "values.bad")


def test_the_browser_verifies_no_damaged_receipt_that_the_offline_verifier_refuses(log, check):
    dice = random.Random(7)  # noqa: S311 - repeatable damage, not a key
    good = classical(log, 130).encode()
    damaged = []
    while len(damaged) < MUTATIONS:
        try:
            each = Receipt.parse(damage(good, dice)[1])
        except Flawed:
            continue
        if json.loads(each.encode()) != json.loads(good):
            damaged.append(each)
    offline = [verify_receipt(each, CLASSICAL) is None for each in damaged]

    online = [found[0] == "verified" for found in check(damaged, policyText=CLASSICAL.text)]

    assert [pair for pair in zip(online, offline, strict=True) if pair == (True, False)] == []
    assert online.count(False) >= MUTATIONS // 3
