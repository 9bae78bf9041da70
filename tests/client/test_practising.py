import base64
import secrets
from datetime import UTC, datetime

from mingdai_client.keying import sealing_key_id, sealing_public
from mingdai_client.practising import Practice, PracticePlatform, tamper
from mingdai_proofs.envelopes import verify_manifest
from mingdai_proofs.notices import Notice
from mingdai_proofs.policies import Policy
from mingdai_proofs.receipts import verify_receipt

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
PUBLIC = sealing_public(b"\x21" * 32)
PRACTICE = Practice("yunting-cf", sealing_key_id(PUBLIC), PUBLIC)


def platform(seed: bytes = b"\x31" * 32) -> PracticePlatform:
    return PracticePlatform(seed, rng=secrets.token_bytes)


def test_the_same_seed_is_the_same_platform():
    assert platform().policy == platform().policy
    assert platform().manifest_key == platform().manifest_key
    assert platform(b"\x32" * 32).policy != platform().policy


def test_every_receipt_verifies_under_its_policy():
    practice = platform()
    policy = Policy.parse(practice.policy)

    flaws = [verify_receipt(practice.send(PRACTICE, at=NOON)[1].receipt, policy) for _ in range(20)]

    assert flaws == [None] * 20


def test_what_is_sealed_but_not_logged_has_no_receipt():
    assert platform().seal(PRACTICE, at=NOON)[1].receipt is None


def test_tampering_changes_the_sealed_bytes_and_leaves_the_manifest_valid():
    practice = platform()
    envelope = practice.send(PRACTICE, at=NOON)[1]
    changed = tamper(envelope)

    key = base64.b64decode(practice.manifest_key)
    assert changed.sealed != envelope.sealed
    assert verify_manifest(changed.manifest, changed.manifest_signature, key) is None


def test_a_notice_is_signed_by_the_manifest_key():
    practice = platform()
    manifest, _ = practice.send(PRACTICE, at=NOON)

    notice, wire = practice.notify(manifest)

    assert Notice.open(wire, base64.b64decode(practice.manifest_key)) == notice
