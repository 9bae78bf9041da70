import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mingdai_proofs.canonical import encode_json
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.notices import Notice

KEY = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
NOTICE = Notice(
    notice_id="n-1", kind="withdrawn", disclosure_id="d-1", application_id="a-1", entry="AA=="
)


def signed(notice: Notice) -> bytes:
    return notice.encode(KEY.sign(notice.statement()))


def code_of(data: bytes, public: bytes = PUBLIC) -> str:
    with pytest.raises(Flawed) as flawed:
        Notice.open(data, public)
    return flawed.value.flaw.code


def test_a_signed_notice_is_read_as_it_was_written():
    assert Notice.open(signed(NOTICE), PUBLIC) == NOTICE


def test_a_notice_of_another_key_is_refused():
    other = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)

    assert code_of(signed(NOTICE), other.public_key().public_bytes_raw()) == "notice.signature"


@pytest.mark.parametrize("name", ["notice_id", "kind", "disclosure_id", "application_id", "entry"])
def test_a_notice_changed_in_any_member_is_refused(name):
    value = json.loads(signed(NOTICE)) | {name: "erased"}

    assert code_of(encode_json(value)) == "notice.signature"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b" " * 10_001,
        encode_json({**json.loads(signed(NOTICE)), "more": "x"}),
        encode_json({**json.loads(signed(NOTICE)), "signature": "no base64"}),
    ],
    ids=["empty", "nothing", "list", "too long", "another member", "no signature"],
)
def test_what_is_no_notice_is_refused(data):
    assert code_of(data) in {"notice.malformed", "notice.signature"}


@pytest.mark.parametrize("change", [{"kind": "other"}, {"notice_id": ""}, {"disclosure_id": ""}])
def test_a_signed_notice_must_still_make_sense(change):
    assert code_of(signed(replace(NOTICE, **change))) == "notice.malformed"


def test_no_changed_byte_is_accepted():
    wire, accepted = signed(NOTICE), []
    for position in range(len(wire)):
        try:
            Notice.open(
                wire[:position] + bytes([wire[position] ^ 1]) + wire[position + 1 :], PUBLIC
            )
        except Flawed:
            continue
        accepted.append(position)

    assert accepted == []
