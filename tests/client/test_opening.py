import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mingdai_client.errors import ClientRefused
from mingdai_client.keying import opening_key, sealing_key_id, sealing_public
from mingdai_client.opening import SUITE, Recipient, Trust, open_application
from mingdai_client.practising import MADE_UP, Practice, PracticePlatform, tamper
from mingdai_proofs.entries import FILLER_BYTES, EntryKind, decode_entry, encode_entry
from mingdai_proofs.envelopes import Payload, seal_info
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.notes import KeyKind, Verifier
from mingdai_proofs.receipts import Receipt

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
SEED = b"\x21" * 32
PUBLIC = sealing_public(SEED)
KID = sealing_key_id(PUBLIC)
QUOTED = {"payments": [{"due_on": "2026-04-30", "principal_fen": 1_000_000, "interest_fen": 9_900}]}
MINE = Recipient("yunting-cf", {KID: opening_key(SEED)})
PRACTICE = Practice("yunting-cf", KID, PUBLIC, quoted=QUOTED)


@pytest.fixture
def platform():
    return PracticePlatform(b"\x31" * 32, rng=secrets.token_bytes)


@pytest.fixture
def trust(platform):
    return Trust.parse(policy=platform.policy, manifest_key=platform.manifest_key)


def refusal(envelope, trust, recipient=MINE, at=NOON) -> str:
    with pytest.raises(ClientRefused) as refused:
        open_application(envelope.encode(), recipient=recipient, trust=trust, at=at)
    text = str(refused.value) + repr(refused.value.__cause__)
    assert not [code for code, value in MADE_UP.items() if value in text]
    return refused.value.code


def test_an_application_opens_to_exactly_the_values_sent(platform, trust):
    platform.log(platform.seal(PRACTICE, at=NOON)[2])
    manifest, envelope = platform.send(PRACTICE, at=NOON)

    opened = open_application(envelope.encode(), recipient=MINE, trust=trust, at=NOON)

    assert opened.fields == MADE_UP
    assert opened.manifest == manifest
    assert opened.leaf_hash == leaf_hash(envelope.receipt.entry)
    assert opened.detail["quoted"] == QUOTED


def test_the_manifest_key_may_be_given_as_a_vkey(platform, trust):
    vkey = Verifier("manifest.example", KeyKind.ED25519, trust.manifest_key).vkey

    assert Trust.parse(policy=platform.policy, manifest_key=vkey) == trust


def test_an_opened_application_prints_no_value(platform, trust):
    envelope = platform.send(PRACTICE, at=NOON)[1]

    opened = open_application(envelope.encode(), recipient=MINE, trust=trust, at=NOON)

    assert not [code for code, value in MADE_UP.items() if value in repr(opened)]


def test_without_a_receipt_there_is_no_plain_text(platform, trust):
    assert refusal(platform.seal(PRACTICE, at=NOON)[1], trust) == "receipt.missing"


def test_an_entry_that_is_not_in_the_log_opens_nothing(platform, trust):
    _, envelope, entry = platform.seal(PRACTICE, at=NOON)
    other = platform.log(platform.seal(PRACTICE, at=NOON)[2])

    unlogged = envelope.with_receipt(Receipt(entry, other.proof, other.policy))

    assert refusal(unlogged, trust) == "receipt.not_covered"


def test_a_log_the_lender_does_not_trust_covers_nothing(platform, trust):
    _, envelope, entry = platform.seal(PRACTICE, at=NOON)
    stranger = PracticePlatform(b"\x32" * 32, rng=secrets.token_bytes)

    assert refusal(envelope.with_receipt(stranger.log(entry)), trust) == "receipt.not_covered"


def test_a_manifest_signed_by_another_key_is_refused(platform):
    envelope = platform.send(PRACTICE, at=NOON)[1]
    stranger = PracticePlatform(b"\x32" * 32, rng=secrets.token_bytes)
    mixed = Trust.parse(policy=platform.policy, manifest_key=stranger.manifest_key)

    assert refusal(envelope, mixed) == "manifest.signature"


def test_a_changed_manifest_is_refused(platform, trust):
    manifest, envelope = platform.send(PRACTICE, at=NOON)

    changed = replace(envelope, manifest=replace(manifest, amount="99999.00").encode())

    assert refusal(changed, trust) == "manifest.signature"


def test_the_receipt_of_another_application_does_not_open_this_one(platform, trust):
    one, another = platform.send(PRACTICE, at=NOON)[1], platform.send(PRACTICE, at=NOON)[1]

    assert refusal(one.with_receipt(another.receipt), trust) == "seal.other_leaf"


def test_changed_sealed_bytes_do_not_open(platform, trust):
    assert refusal(tamper(platform.send(PRACTICE, at=NOON)[1]), trust) == "seal.other_leaf"


def test_an_application_to_another_lender_is_refused_even_with_our_key(platform, trust):
    envelope = platform.send(replace(PRACTICE, recipient="another-sl"), at=NOON)[1]

    assert refusal(envelope, trust) == "entry.other_recipient"


def test_another_lender_cannot_open_ours(platform, trust):
    envelope = platform.send(PRACTICE, at=NOON)[1]
    thief = Recipient("yunting-cf", {KID: opening_key(b"\x22" * 32)})

    assert refusal(envelope, trust, recipient=thief) == "seal.other_leaf"


def test_a_key_id_the_lender_does_not_have_is_named(platform, trust):
    envelope = platform.send(PRACTICE, at=NOON)[1]

    assert refusal(envelope, trust, recipient=Recipient("yunting-cf", {})) == "key.unknown"


def test_an_application_whose_consent_ended_is_refused(platform, trust):
    envelope = platform.send(PRACTICE, at=NOON)[1]

    assert refusal(envelope, trust, at=NOON + timedelta(days=31)) == "manifest.expired"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": EntryKind.OWN_VIEW}, "entry.other_kind"),
        ({"recipient": "another-sl"}, "entry.other_recipient"),
        ({"purpose": "onward_transfer"}, "entry.other_purpose"),
        ({"route": "lender_page"}, "entry.other_purpose"),
    ],
)
def test_an_entry_that_says_something_else_than_the_manifest_is_refused(
    platform, trust, change, code
):
    _, envelope, entry = platform.seal(PRACTICE, at=NOON)
    other = encode_entry(replace(decode_entry(entry), **change), bytes(FILLER_BYTES))

    assert refusal(envelope.with_receipt(platform.log(other)), trust) == code


def test_an_entry_with_fewer_fields_than_the_manifest_is_refused(platform, trust):
    _, envelope, data = platform.seal(PRACTICE, at=NOON)
    entry = decode_entry(data)
    fewer = replace(entry, fields=entry.fields[:-1], commitments=entry.commitments[:-1])
    receipt = platform.log(encode_entry(fewer, bytes(FILLER_BYTES)))

    assert refusal(envelope.with_receipt(receipt), trust) == "entry.other_fields"


@pytest.mark.parametrize("what", ["value", "missing", "detail", "detail_shape"])
def test_sealed_values_that_the_entry_did_not_commit_to_are_refused(platform, trust, what):
    manifest, envelope, entry = platform.seal(PRACTICE, at=NOON)
    payload = Payload.parse(_plain(envelope, entry))
    first, *rest = payload.openings
    changed, code = {
        "value": (replace(payload, openings=(replace(first, value="示例乙"), *rest)), "commitment"),
        "missing": (replace(payload, openings=tuple(rest)), "commitment"),
        "detail": (
            replace(payload, opening_of_detail={**payload.opening_of_detail, "detail": {}}),
            "detail",
        ),
        "detail_shape": (replace(payload, opening_of_detail={"detail": "x"}), "detail"),
    }[what]
    forged = platform.seal_to(PRACTICE, manifest, entry=entry, payload=changed)

    assert refusal(forged.with_receipt(platform.log(entry)), trust) == f"opening.{code}"


def test_an_entry_that_committed_to_another_manifest_is_refused(platform, trust):
    manifest, envelope, entry = platform.seal(PRACTICE, at=NOON)
    payload = Payload.parse(_plain(envelope, entry))
    other = replace(manifest, amount="20000.00")
    resealed = platform.seal_to(PRACTICE, other, entry=entry, payload=payload)

    assert refusal(resealed.with_receipt(platform.log(entry)), trust) == "manifest.other_entry"


def _plain(envelope, entry) -> bytes:

    info = seal_info(envelope.manifest, leaf_hash(entry))
    return SUITE.decrypt(envelope.sealed, opening_key(SEED), info)


@pytest.mark.parametrize("wire", [b"", b"{}", b"[]", b"\xff", b'{"format":"mingdai-envelope/1"}'])
def test_what_is_no_envelope_is_refused_with_a_code(wire, trust):
    with pytest.raises(ClientRefused, match=r"envelope\.malformed"):
        open_application(wire, recipient=MINE, trust=trust, at=NOON)


def test_no_changed_byte_of_an_envelope_is_accepted(platform, trust):
    wire = platform.send(PRACTICE, at=NOON)[1].encode()
    accepted = []
    for position in range(0, len(wire), 7):
        changed = wire[:position] + bytes([wire[position] ^ 1]) + wire[position + 1 :]
        try:
            open_application(changed, recipient=MINE, trust=trust, at=NOON)
        except ClientRefused:
            continue
        accepted.append(position)

    assert accepted == []
