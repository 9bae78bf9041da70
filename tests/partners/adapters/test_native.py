import base64
import json

from mingdai.partners.adapters.answers import Verdict
from mingdai.partners.adapters.native import NativeAdapter


def test_an_envelope_goes_to_the_lenders_own_address_under_its_key(counter, lender):
    counter.body = json.dumps({"countersignature": base64.b64encode(b"sig").decode()}).encode()

    answer = NativeAdapter().send(b'{"a": 1}', recipient=lender, via=None, key="d-1")

    assert (answer.verdict, answer.signature) == (Verdict.TAKEN, b"sig")
    assert counter.seen == [("/lenders/yunting-cf/applications", "d-1", b'{"a": 1}')]


def test_a_notice_is_acknowledged_under_its_own_name(counter, lender):
    counter.body = json.dumps({"acknowledgement": base64.b64encode(b"ack").decode()}).encode()

    answer = NativeAdapter().notify(b"{}", recipient=lender, via=None, key="n-1")

    assert answer.signature == b"ack"
    assert counter.seen[0][0] == "/lenders/yunting-cf/notices"
