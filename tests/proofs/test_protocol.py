"""docs/protocol.md and its schema say what the package does."""

import json
import re
from pathlib import Path

import pytest

from mingdai_proofs.entries import (
    BASIS_CODES,
    FIELD_CODES,
    PURPOSE_CODES,
    ROUTE_CODES,
    EntryKind,
)
from mingdai_proofs.openings import OpeningsFile, verify_openings
from mingdai_proofs.policies import Policy
from mingdai_proofs.receipts import Receipt, verify_receipt

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests/vectors/mingdai"
PROTOCOL = (ROOT / "docs/protocol.md").read_text()
SCHEMA = json.loads((ROOT / "docs/schemas/receipt.json").read_text())


def test_a_receipt_kept_since_version_1_still_verifies():
    policy = Policy.parse((VECTORS / "policy").read_text())
    receipt = Receipt.parse((VECTORS / "receipt.json").read_bytes())
    openings = OpeningsFile.parse((VECTORS / "openings.json").read_bytes())

    assert verify_receipt(receipt, policy) is None
    assert verify_openings(openings, policy) is None
    assert openings.receipt == receipt


def test_a_receipt_is_what_its_schema_says():
    receipt = json.loads((VECTORS / "receipt.json").read_bytes())

    assert set(receipt) == set(SCHEMA["required"]) == set(SCHEMA["properties"])
    assert receipt["format"] == SCHEMA["properties"]["format"]["const"]
    for name in ("entry", "proof", "policy"):
        assert re.search(SCHEMA["properties"][name]["pattern"], receipt[name])


@pytest.mark.parametrize("codes", [FIELD_CODES, PURPOSE_CODES, BASIS_CODES, ROUTE_CODES])
def test_the_catalogues_are_documented_in_their_order(codes):
    assert ", ".join(codes) in PROTOCOL


def test_the_kinds_are_documented_with_their_numbers():
    listed = " ".join(PROTOCOL.split())

    assert ", ".join(f"{kind.value} {kind.name.lower()}" for kind in EntryKind) in listed


def test_every_flaw_code_is_documented():
    code = re.compile(r'"([a-z]+\.[a-z_]+)"')
    used = set()
    for path in (ROOT / "src/mingdai_proofs").glob("*.py"):
        used |= set(code.findall(path.read_text()))
    used -= {each for each in used if each.startswith("policy.")}

    assert used <= set(re.findall(r"`([a-z]+\.[a-z_]+)`", PROTOCOL))
