import base64

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mingdai.partners.adapters.answers import Verdict, post, read_answer, signed

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()


@pytest.mark.parametrize(
    ("status", "verdict", "problem"),
    [
        (200, Verdict.TAKEN, ""),
        (202, Verdict.TAKEN, ""),
        (409, Verdict.TAKEN, ""),
        (400, Verdict.NEVER, "http.400"),
        (422, Verdict.NEVER, "http.422"),
        (408, Verdict.LATER, "http.408"),
        (429, Verdict.LATER, "http.429"),
        (500, Verdict.LATER, "http.500"),
        (503, Verdict.LATER, "http.503"),
        (302, Verdict.LATER, "http.302"),
    ],
)
def test_a_status_says_taken_later_or_never(status, verdict, problem):
    answer = read_answer(httpx.Response(status, json={}), signature_key="countersignature")

    assert (answer.verdict, answer.problem) == (verdict, problem)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"countersignature": 7}', b'{"countersignature": "*"}', b"x" * 70_000]
)
def test_an_answer_without_a_readable_signature_has_none(body):
    answer = read_answer(httpx.Response(202, content=body), signature_key="countersignature")

    assert answer.signature is None


def test_a_partner_that_does_not_answer_is_tried_later():
    with httpx.Client(timeout=0.5) as client:
        answer = post(client, "http://127.0.0.1:9/x", b"{}", key="k", signature_key="s")

    assert (answer.verdict, answer.problem) == (Verdict.LATER, "http.unreachable")


def test_a_signature_holds_for_its_message_and_key_only():
    signature = KEY.sign(b"message")

    assert signed(PUBLIC, b"message", signature)
    assert not signed(PUBLIC, b"messagf", signature)
    assert not signed(PUBLIC, b"message", signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not signed(PUBLIC, b"message", None)
    assert not signed("", b"message", signature)
    assert not signed("not base64", b"message", signature)
