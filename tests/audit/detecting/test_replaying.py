import base64
import gzip
import hashlib

import pytest

from mingdai.audit.detecting.replaying import replay
from mingdai.audit.detecting.requests import Request
from mingdai.errors import Invalid

MOBILE = b"19900012345"
BODIES = {
    "plain": b"m=" + MOBILE,
    "packed": b"d=" + base64.b64encode(gzip.compress(b'{"m":"' + MOBILE + b'"}', mtime=0)),
    "digest": b"h=" + hashlib.sha256(MOBILE).hexdigest().encode(),
    "raw digest": b"h=" + base64.b64encode(hashlib.sha256(MOBILE).digest()),
    "mask": b"m=199****2345",
    "reversed": b"k=" + base64.b64encode(MOBILE)[::-1],
    "first8": b"m=19900012",
    "disguised": " ".join(MOBILE.decode()).encode(),
    "gbk": "n=王小明".encode("gbk"),
}


@pytest.mark.parametrize("name", sorted(BODIES))
def test_every_finding_replays(detector, identity, name):
    request = Request("r1", "https://t.test/p", body=BODIES[name])
    for finding in detector.inspect(request).findings:
        shown = replay(finding.as_json(), request, identity)

        assert shown.holds, shown
        assert len(shown.shown) == len(finding.steps) + 2


def test_a_finding_does_not_hold_on_other_bytes(detector, identity):
    request = Request("r1", "https://t.test/p", body=BODIES["plain"])
    row = detector.inspect(request).findings[0].as_json()

    assert not replay(row, Request("r1", "https://t.test/p", body=b"m=19900054321"), identity).holds


def test_a_finding_of_another_request_is_refused(detector, identity):
    request = Request("r1", "https://t.test/p", body=BODIES["plain"])
    row = detector.inspect(request).findings[0].as_json()

    with pytest.raises(Invalid, match=r"finding\.request"):
        replay(row, Request("r2", "https://t.test/p"), identity)


def test_the_last_step_says_how_the_digest_was_made_and_how_many_values_are_left(
    detector, identity
):
    digest = hashlib.sha256(b"pepper" + MOBILE).hexdigest().encode()
    request = Request("r1", "https://t.test/p", body=b"h=" + digest + b"&p=19900012")
    (finding,) = detector.inspect(request).findings

    verdict = replay(finding.as_json(), request, identity).verdict

    assert "sha256 (salt before) of field mobile" in verdict
    assert "1000 values are left" in verdict
