import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.flaws import Flaw
from mingdai_proofs.webhooks import sign_webhook, verify_webhook

SECRET, OLD = b"s" * 32, b"o" * 32
AT_S, BODY = 1_795_000_000, '{"event":"已批准"}'.encode()
HEADER = sign_webhook(SECRET, event_id="evt_1", at_s=AT_S, body=BODY)


def judged(header=HEADER, *, secrets=(SECRET,), body=BODY, now_s=AT_S):
    return verify_webhook(secrets, header=header, body=body, now_s=now_s)


def test_the_header_is_the_documented_one():
    mac = hmac.new(SECRET, b"1795000000.evt_1." + BODY, hashlib.sha256).hexdigest()

    assert f"t=1795000000,id=evt_1,v1={mac}" == HEADER


@pytest.mark.parametrize("now_s", [AT_S - 300, AT_S, AT_S + 300])
def test_a_signed_body_gives_its_event(now_s):
    assert judged(now_s=now_s) == "evt_1"


def test_either_secret_will_do_while_they_are_changed():
    assert judged(secrets=(OLD, SECRET)) == "evt_1"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"now_s": AT_S + 301}, "webhook.stale"),
        ({"now_s": AT_S - 301}, "webhook.stale"),
        ({"body": BODY + b" "}, "webhook.signature"),
        ({"secrets": (OLD,)}, "webhook.signature"),
        ({"secrets": ()}, "webhook.no_secret"),
        ({"secrets": (b"",)}, "webhook.no_secret"),
        ({"header": HEADER.replace("evt_1", "evt_2")}, "webhook.signature"),
        ({"header": HEADER.replace("1795000000", "1795000001")}, "webhook.signature"),
        ({"header": HEADER.replace("t=1", "t=01")}, "webhook.malformed"),
        ({"header": HEADER.upper()}, "webhook.malformed"),
        ({"header": HEADER + ",v1=00"}, "webhook.malformed"),
        ({"header": HEADER + "\n"}, "webhook.malformed"),
        ({"header": ""}, "webhook.malformed"),
        ({"header": HEADER.replace("1795000000", "9" * 19)}, "webhook.malformed"),
        ({"header": HEADER.replace("1795000000", "１")}, "webhook.malformed"),
    ],
)
def test_anything_else_is_refused_with_its_reason(change, code):
    assert judged(**change).code == code


@given(st.text(max_size=80), st.binary(max_size=20))
def test_arbitrary_headers_raise_nothing(header, body):
    assert isinstance(judged(header, body=body), Flaw)


@pytest.mark.parametrize(
    ("secret", "event_id", "at_s"), [(b"short", "a", 1), (SECRET, "a b", 1), (SECRET, "a", -1)]
)
def test_nothing_is_signed_that_could_not_be_verified(secret, event_id, at_s):
    with pytest.raises(ValueError, match="webhook"):
        sign_webhook(secret, event_id=event_id, at_s=at_s, body=BODY)
