import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.canonical import encode_json
from mingdai_proofs.envelopes import (
    SUITE,
    Envelope,
    Manifest,
    Payload,
    manifest_statement,
    seal_info,
    verify_manifest,
)
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.openings import Opening
from tests.proofs.worlds import written

WORLD, ENTRIES = written(3)
MANIFEST = Manifest(
    application_id="a1",
    disclosure_id="d1",
    platform="log.example/proofs",
    recipient="yunting-cf",
    recipient_key_id="k1",
    product_id="p1",
    product_version="1",
    amount="5000.00",
    term=12,
    term_unit="month",
    purpose="credit_decision",
    route="via_credit_agency",
    carrier="xinheng",
    fields=("name", "mobile"),
    grant_id="g1",
    expires_at="2026-12-23T00:00:00Z",
    callback="/api/events",
    sent_at="2026-11-23T00:00:00Z",
)
ENVELOPE = Envelope(MANIFEST.encode(), b"s" * 64, b"sealed")
PAYLOAD = Payload((Opening("name", "示例甲", b"k" * 32),), {"key": "x", "facts": {"a": 1}})


def test_a_manifest_is_read_as_it_was_written():
    assert Manifest.parse(MANIFEST.encode()) == MANIFEST
    assert json.loads(MANIFEST.encode())["format"] == "mingdai-manifest/1"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "mingdai-manifest/2"}, "manifest.format"),
        ({"more": "x"}, "manifest.malformed"),
        ({"term": "12"}, "manifest.malformed"),
        ({"amount": 5000}, "manifest.malformed"),
        ({"fields": "name"}, "manifest.malformed"),
        ({"fields": ["name", "name"]}, "manifest.malformed"),
        ({"fields": ["contacts"]}, "manifest.malformed"),
        ({"fields": [["name"]]}, "manifest.malformed"),
        ({"fields": [{}]}, "manifest.malformed"),
    ],
)
def test_what_is_not_a_manifest_is_refused(change, code):
    data = encode_json({**json.loads(MANIFEST.encode()), **change})

    with pytest.raises(Flawed) as caught:
        Manifest.parse(data)

    assert caught.value.flaw.code == code


def test_only_the_platforms_key_signs_a_manifest():
    key = Ed25519PrivateKey.from_private_bytes(b"m" * 32)
    public = key.public_key().public_bytes_raw()
    signature = key.sign(manifest_statement(MANIFEST.encode()))

    assert verify_manifest(MANIFEST.encode(), signature, public) is None
    for data, mark, who in (
        (MANIFEST.encode() + b" ", signature, public),
        (MANIFEST.encode(), bytes(64), public),
        (MANIFEST.encode(), b"", public),
        (MANIFEST.encode(), signature, b"short"),
    ):
        assert verify_manifest(data, mark, who).code == "manifest.signature"


def test_the_sealing_is_bound_to_manifest_and_leaf():
    info = seal_info(b"manifest", b"l" * 32)

    digest = hashlib.sha256(b"manifest").digest()
    assert info == b"\x00\x0emingdai-seal/1\x00\x20" + digest + b"\x00\x20" + b"l" * 32


def test_an_envelope_is_read_with_and_without_its_receipt():
    joined = ENVELOPE.with_receipt(WORLD.receipt(1, ENTRIES[1]))

    assert Envelope.parse(ENVELOPE.encode()) == ENVELOPE
    assert Envelope.parse(joined.encode()) == joined
    assert json.loads(joined.encode())["suite"] == SUITE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "x"}, "envelope.format"),
        ({"suite": "none"}, "envelope.format"),
        ({"sealed": 1}, "envelope.malformed"),
        ({"sealed": "?"}, "envelope.malformed"),
        ({"more": ""}, "envelope.malformed"),
        ({"receipt": {}}, "receipt.malformed"),
        ({"receipt": ""}, "receipt.malformed"),
    ],
)
def test_what_is_not_an_envelope_is_refused(change, code):
    data = encode_json({**json.loads(ENVELOPE.encode()), **change})

    with pytest.raises(Flawed) as caught:
        Envelope.parse(data)

    assert caught.value.flaw.code == code


def test_an_envelope_too_large_is_not_parsed():
    with pytest.raises(Flawed, match="at most"):
        Envelope.parse(b" " * 4_000_001)


def test_a_payload_is_read_as_it_was_written():
    assert Payload.parse(PAYLOAD.encode()) == PAYLOAD
    assert PAYLOAD.fields == {"name": "示例甲"}


@pytest.mark.parametrize(
    "change",
    [
        {"fields": {"name": "示例乙"}},
        {"fields": {}},
        {"fields": ""},
        {"openings": {}},
        {"openings": [{}]},
        {"opening_of_detail": []},
        {"more": ""},
    ],
)
def test_what_is_not_a_payload_is_refused(change):
    data = encode_json({**json.loads(PAYLOAD.encode()), **change})

    with pytest.raises(Flawed, match=r"payload\.malformed|openings\.malformed"):
        Payload.parse(data)


@given(st.binary(max_size=100))
def test_arbitrary_bytes_raise_nothing_else(data):
    for reader in (Envelope.parse, Manifest.parse, Payload.parse):
        with pytest.raises(Flawed):
            reader(data)
